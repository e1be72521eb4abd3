package import TriageModel

/// How often a test failed of the runs under a condition that tell anything.
package struct TrialCount: Sendable, Equatable {
  /// Runs that failed.
  package var failures = 0
  /// Runs that passed or failed.
  package var total = 0

  /// A count; by default of nothing.
  package init(_ failures: Int = 0, of total: Int = 0) {
    self.failures = failures
    self.total = total
  }

  /// Adds a run.
  package mutating func add(failed: Bool) {
    total += 1
    if failed { failures += 1 }
  }

  /// `9 of 10`
  package var text: String { "\(failures) of \(total)" }

  /// The share with its interval.
  package var rate: Verdict.Rate { Wilson.rate(failures, of: total) }

  /// The share that is expected next, drawn towards a half by one run in all.
  var expected: Double { (Double(failures) + 0.5) / (Double(total) + 1) }

  /// What was seen, for `RateEvidence`.
  var pair: (failures: Int, total: Int) { (failures, total) }

  static func + (left: TrialCount, right: TrialCount) -> TrialCount {
    TrialCount(left.failures + right.failures, of: left.total + right.total)
  }
}

/// One run that a search for the cause of a flake asks for.
package struct CauseTrial: Sendable, Hashable {
  /// Its place among all trials of the search, from 0.
  package let number: Int
  /// What is changed.
  package let condition: RerunCondition
  /// The tests that run before it in the same process, in this order.
  package let before: [String]

  /// A trial.
  package init(number: Int, condition: RerunCondition, before: [String]) {
    self.number = number
    self.condition = condition
    self.before = before
  }
}
