package import TriageModel

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
  }

  /// The conditions, in the order in which they are first tried.
  package let rows: [Row]
  /// Runs at most.
  package let runs: Int
  /// Seconds of all runs, one after the other, should every condition be run as often; nil where they are not known.
  package let seconds: Double?

  /// The cost of a search.
  ///
  /// - Parameters:
  ///   - startup: Seconds that a process takes beside its tests.
  ///   - duration: Seconds of the test; nil where they are not known.
  ///   - others: Seconds of another test, by its id; nil where they are not known.
  package init(
    of search: FlakeCauseSearch, startup: Double, duration: Double?, others: (String) -> Double?
  ) {
    rows = search.arms.map { arm in
      let known = arm.before.compactMap(others)
      // Tests of which nothing is known take what the others take.
      let mean = known.isEmpty ? duration : known.reduce(0, +) / Double(known.count)
      let before = mean.map { $0 * Double(arm.before.count) }
      let seconds = duration.flatMap { own in before.map { startup + own + $0 } }
      return Row(condition: arm.condition, tests: arm.before.count + 1, seconds: seconds)
    }
    runs = search.question.budget
    let known = rows.compactMap(\.seconds)
    seconds = known.count == rows.count ? known.reduce(0, +) / Double(rows.count) * Double(runs) : nil
  }
}
