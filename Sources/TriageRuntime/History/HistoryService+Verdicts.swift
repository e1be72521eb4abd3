internal import FailureAnalysis
package import RunHistory
package import TriageModel

extension HistoryService {
  /// The verdict on a test's newest result; nil when it has none.
  package func verdict(on series: TestSeries, among runs: [RunRecord]) -> Verdict? {
    let judge = VerdictJudge(runs: runs, thresholds: thresholds)
    var finder = InfraFinder(self, runs)
    return newest(series, judge).map { judge.judge(series, at: $0, given: finder.given(series)) }
  }

  /// The flaky tests among the runs of a filter, the costliest first.
  package func flaky(_ filter: HistoryFilter) throws(HistoryError) -> [FlakyTest] {
    var found: [FlakyTest] = []
    try judgeUnsteady(among: try store.runs(of: repository, filter), filter) { test, _ in
      if test.verdict.label == .flaky { found.append(test) }
      return true
    }
    return found.sorted { $0.isCostlier(than: $1) }
  }

  /// The newest run that a test has a result in.
  func newest(_ series: TestSeries, _ judge: VerdictJudge) -> Int64? {
    series.results.max { left, right in
      (judge.timeline.place(of: left.run) ?? -1) < (judge.timeline.place(of: right.run) ?? -1)
    }?.run
  }
}
