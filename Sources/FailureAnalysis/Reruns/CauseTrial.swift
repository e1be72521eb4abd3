package import TriageModel

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

extension TrialCount {
  /// The share that is expected next, drawn towards a half by one run in all.
  var expected: Double { (Double(failures) + 0.5) / (Double(total) + 1) }

  /// What was seen, for `RateEvidence`.
  var pair: (failures: Int, total: Int) { (failures, total) }
}
