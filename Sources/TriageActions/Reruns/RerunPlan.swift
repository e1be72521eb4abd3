internal import TriageModel

/// What a rerun would run: the processes of one attempt, how often, and what a person should know before.
package struct RerunPlan: Sendable, Equatable {
  /// How it was asked for.
  package var order: RerunOrder
  /// The processes of the first attempt.
  package var invocations: [RerunInvocation] = []
  /// Tests that cannot be run again: each with why.
  package var refused: [(test: RerunTest, why: String)] = []
  /// What a person should know before, a sentence each.
  package var warnings: [String] = []
  /// Commands of the configuration among them, which need trust.
  package var needsTrust = false

  /// The tests.
  package var tests: [RerunTest] { invocations.flatMap { $0.targets.map(\.test) } }

  /// Seconds that it takes at most by what the tests took before; nil where that is not known of any.
  package var seconds: Double? {
    let known = tests.compactMap(\.duration)
    if known.isEmpty { return nil }
    let sum = known.reduce(0, +) * Double(tests.count) / Double(known.count)
    return sum * Double(order.count.most) / Double(max(1, min(order.jobs, order.count.most * invocations.count)))
  }

  /// `2 processes, up to 10 times each`.
  package var headline: String {
    let processes = invocations.count == 1 ? "1 process" : "\(CountText.of(invocations.count)) processes"
    let tests = CountText.of(tests.count, "test")
    let often: String =
      switch order.count {
      case .times(1): "once"
      case .times(let count): "\(count) times"
      case .untilFail(let most): "until it fails, at most \(CountText.of(most, "time"))"
      case .untilKnown(let most): "until it is known, at most \(CountText.of(most, "time"))"
      case .prove(let passes): "until it passed \(passes) times in a row"
      }
    return "\(tests) \(often), \(processes) an attempt, \(order.jobs) at a time"
  }

  package static func == (left: RerunPlan, right: RerunPlan) -> Bool {
    left.order == right.order && left.invocations == right.invocations && left.warnings == right.warnings
      && left.needsTrust == right.needsTrust && left.refused.map(\.test) == right.refused.map(\.test)
      && left.refused.map(\.why) == right.refused.map(\.why)
  }
}
