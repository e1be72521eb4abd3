package import TriageModel

extension CauseCost {
  /// The cost of a search.
  ///
  /// - Parameters:
  ///   - startup: Seconds that a process takes beside its tests.
  ///   - duration: Seconds of the test; nil where they are not known.
  ///   - others: Seconds of another test, by its id; nil where they are not known.
  package init(
    of search: FlakeCauseSearch, startup: Double, duration: Double?, others: (String) -> Double?
  ) {
    let rows = search.arms.map { arm in
      let known = arm.before.compactMap(others)
      // Tests of which nothing is known take what the others take.
      let mean = known.isEmpty ? duration : known.reduce(0, +) / Double(known.count)
      let before = mean.map { $0 * Double(arm.before.count) }
      let seconds = duration.flatMap { own in before.map { startup + own + $0 } }
      return Row(condition: arm.condition, tests: arm.before.count + 1, seconds: seconds)
    }
    self.init(rows: rows, runs: search.question.budget)
  }
}
