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
    let runs = try store.runs(of: repository, filter)
    let judge = VerdictJudge(runs: runs, thresholds: thresholds)
    var finder = InfraFinder(self, runs)
    let unsteady = try store.unsteady(in: repository, filter).map(\.test)
    var found: [FlakyTest] = []
    for series in try store.series(of: unsteady, in: repository, filter) {
      guard let run = newest(series, judge) else { continue }
      let given = finder.given(series)
      let verdict = judge.judge(series, at: run, given: given)
      let statistics = FlakeStatistics(finder.rest(of: series, given), in: judge.timeline)
      guard verdict.label == .flaky else { continue }
      found.append(FlakyTest(test: series.test, verdict: verdict, statistics: statistics))
    }
    return found.sorted { ($1.statistics.cost, $0.test) < ($0.statistics.cost, $1.test) }
  }

  /// The newest run that a test has a result in.
  private func newest(_ series: TestSeries, _ judge: VerdictJudge) -> Int64? {
    series.results.max { left, right in
      (judge.timeline.place(of: left.run) ?? -1) < (judge.timeline.place(of: right.run) ?? -1)
    }?.run
  }
}
