internal import FailureAnalysis
package import RunHistory
package import TriageModel

extension HistoryService {
  /// The verdict on each of some tests of a run, in their order; nil when the history does not know the run.
  package func verdicts(on tests: [String], at identity: RunIdentity) throws(HistoryError) -> [Verdict]? {
    guard let run = try store.run(identity, of: repository) else { return nil }
    let judge = VerdictJudge(runs: try store.runs(of: repository))
    var verdicts = [Verdict](repeating: Verdict(.unknown, why: []), count: tests.count)
    try store.eachSeries(of: tests, in: repository) { verdicts[$0] = judge.judge($1, at: run.number) }
    return verdicts
  }

  /// The verdict on a test's newest result; nil when it has none.
  package func verdict(on series: TestSeries, among runs: [RunRecord]) -> Verdict? {
    let judge = VerdictJudge(runs: runs)
    return newest(series, judge).map { judge.judge(series, at: $0) }
  }

  /// The flaky tests among the runs of a filter, the costliest first.
  package func flaky(_ filter: HistoryFilter) throws(HistoryError) -> [FlakyTest] {
    let judge = VerdictJudge(runs: try store.runs(of: repository, filter))
    let unsteady = try store.unsteady(in: repository, filter).map(\.test)
    var found: [FlakyTest] = []
    for series in try store.series(of: unsteady, in: repository, filter) {
      guard let run = newest(series, judge) else { continue }
      let verdict = judge.judge(series, at: run)
      let statistics = FlakeStatistics(series.results, in: judge.timeline)
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
