/// What a test's flakiness costs, for the list that is cleaned up from the top.
package struct FlakeStatistics: Sendable, Equatable {
  /// Runs with a failing attempt among the runs counted, with its 95 % interval.
  package var rate: Verdict.Rate
  /// Runs that failed after all their attempts.
  package var failures: Int
  /// Runs that only passed at another attempt: never hidden among the passes.
  package var passedOnRetry: Int
  /// Changes between pass and fail of neighbouring runs, divided by the runs (Buildkite: PFPFF over 5 is 0.4).
  package var transitions: Double
  /// Whether it fails more often than before; nil where nothing was computed.
  package var trend: RateTrend?
  /// Minutes that failing attempts and what was retried after them took.
  package var minutes: Double
  /// `minutes`, and the minutes of people: failures × `triageMinutes`.
  package var cost: Double
  /// The first and the last run with a failing attempt; nil when none failed.
  package var firstSeen: RunKey?
  /// See `firstSeen`.
  package var lastSeen: RunKey?

  /// The figures of a test that never failed in so many runs.
  package init(rate: Verdict.Rate) {
    self.rate = rate
    failures = 0
    passedOnRetry = 0
    transitions = 0
    minutes = 0
    cost = 0
  }
}
