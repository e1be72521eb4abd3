/// How often a test failed of the runs under a condition that tell anything.
package struct TrialCount: Sendable, Equatable {
  /// Runs that failed.
  package var failures = 0
  /// Runs that passed or failed.
  package var total = 0
  /// Of the failures, those that said another thing than the one that is asked about.
  package var otherwise = 0

  /// A count; by default of nothing.
  package init(_ failures: Int = 0, of total: Int = 0) {
    self.failures = failures
    self.total = total
  }

  /// Adds a run.
  package mutating func add(failed: Bool, otherwise isOtherwise: Bool = false) {
    total += 1
    if failed { failures += 1 }
    if failed, isOtherwise { otherwise += 1 }
  }

  /// `9 of 10`
  package var text: String { "\(failures) of \(total)" }

  /// Both together.
  package static func + (left: TrialCount, right: TrialCount) -> TrialCount {
    var sum = TrialCount(left.failures + right.failures, of: left.total + right.total)
    sum.otherwise = left.otherwise + right.otherwise
    return sum
  }
}

/// What a search for the cause of a flake costs, before anything is run.
package struct CauseCost: Sendable, Equatable {
  /// One condition that it tries.
  package struct Row: Sendable, Equatable {
    /// The condition.
    package var condition: RerunCondition
    /// Tests that run in each of its processes.
    package var tests: Int
    /// Seconds of one run; nil where the tests' durations are not known.
    package var seconds: Double?

    /// A condition.
    package init(condition: RerunCondition, tests: Int, seconds: Double?) {
      self.condition = condition
      self.tests = tests
      self.seconds = seconds
    }
  }

  /// The conditions, in the order in which they are first tried.
  package let rows: [Row]
  /// Runs at most.
  package let runs: Int

  /// Seconds of all runs, one after the other, should every condition be run as often; nil where they are not known.
  package var seconds: Double? {
    let known = rows.compactMap(\.seconds)
    return known.count == rows.count ? known.reduce(0, +) / Double(max(1, rows.count)) * Double(runs) : nil
  }

  /// A cost.
  package init(rows: [Row], runs: Int) {
    self.rows = rows
    self.runs = runs
  }
}
