/// A test that flakes, with what it costs.
package struct FlakyTest: Sendable, Equatable {
  /// The test's stable name.
  package var test: String
  /// The verdict on its newest result.
  package var verdict: Verdict
  /// How often, how much.
  package var statistics: FlakeStatistics
  /// Who owns it; nil when no rule says.
  package var owner: String?

  /// The rate that the verdict stands on; for one that is not called flaky, that of the window.
  package var shownRate: Verdict.Rate { verdict.rate ?? statistics.rate }

  /// A test and its figures.
  package init(test: String, verdict: Verdict, statistics: FlakeStatistics, owner: String? = nil) {
    self.test = test
    self.verdict = verdict
    self.statistics = statistics
    self.owner = owner
  }
}
