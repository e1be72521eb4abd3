internal import FailureAnalysis
internal import RunHistory
internal import TriageModel

extension HistoryService {
  /// Tests whose results are in memory at once.
  private static let batch = 1024

  /// Judges each test that failed or was retried in the runs of a filter by its newest result, until `body` says no.
  ///
  /// `assay flaky` and the Flakes screen both stand on this, so that they say the same.
  func judgeUnsteady(
    among runs: [RunRecord], _ filter: HistoryFilter, _ body: (FlakyTest, TestSeries) -> Bool
  ) throws(HistoryError) {
    let judge = VerdictJudge(runs: runs, thresholds: thresholds)
    var finder = InfraFinder(self, runs)
    let names = try store.unsteady(in: repository, filter).map(\.test)
    for start in stride(from: 0, to: names.count, by: Self.batch) {
      let part = Array(names[start..<min(start + Self.batch, names.count)])
      for series in try store.series(of: part, in: repository, filter) {
        guard let run = newest(series, judge) else { continue }
        let given = finder.given(series)
        let test = FlakyTest(
          test: series.test, verdict: judge.judge(series, at: run, given: given),
          statistics: FlakeStatistics(judge.ownResults(of: series, given: given), in: judge.timeline))
        guard body(test, series) else { return }
      }
    }
  }
}

extension FlakyTest {
  /// Whether it comes before another in a list by cost; of one cost by name.
  func isCostlier(than other: FlakyTest) -> Bool {
    (other.statistics.cost, test) < (statistics.cost, other.test)
  }
}
