internal import FailureAnalysis
internal import RunHistory
internal import TriageModel

extension HistoryService {
  /// Judges each test that failed or was retried in the runs of a filter by its newest result, until `body` says no.
  ///
  /// `assay flaky` and the Flakes screen both stand on this, so that they say the same.
  func judgeUnsteady(
    among runs: [RunRecord], _ filter: HistoryFilter, _ body: (FlakyTest, TestSeries) -> Bool
  ) throws(HistoryError) {
    let judge = VerdictJudge(runs: runs)
    let names = try store.unsteady(in: repository, filter).map(\.test)
    var isStopped = false
    try store.eachSeries(of: names, in: repository, filter) { _, series in
      guard !isStopped, let run = newest(series, judge) else { return }
      let test = FlakyTest(
        test: series.test, verdict: judge.judge(series, at: run),
        statistics: FlakeStatistics(series.results, in: judge.timeline))
      isStopped = !body(test, series)
    }
  }
}

extension FlakyTest {
  /// Whether it comes before another in a list by cost; of one cost by name.
  func isCostlier(than other: FlakyTest) -> Bool {
    (other.statistics.cost, test) < (statistics.cost, other.test)
  }
}
