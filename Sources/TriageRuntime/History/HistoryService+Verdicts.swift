package import FailureAnalysis
package import RunHistory
package import TriageModel

/// A test that flakes, with what it costs.
package struct FlakyTest: Sendable, Equatable {
  /// The test's stable name.
  package var test: String
  /// The verdict on its newest result.
  package var verdict: Verdict
  /// How often, how much.
  package var statistics: FlakeStatistics
}

/// What the history says of a test in a run.
struct TestStanding: Sendable, Equatable {
  /// The verdict.
  var verdict: Verdict
  /// The run in which it broke.
  var since: RunRecord?
}

extension HistoryService {
  /// What is said of a test of a run; nil when the history does not know the run.
  func standing(of test: TestIndex, in run: Run) -> TestStanding? {
    guard let runs = try? store.runs(of: repository),
      let record = runs.first(where: { $0.identity == run.info.identity }),
      let series = try? store.series(of: run.table.id(of: test), in: repository)
    else { return nil }
    let verdict = VerdictJudge(runs: runs).judge(series, at: record.number)
    return TestStanding(verdict: verdict, since: runs.first { $0.number == verdict.range?.firstFailure })
  }

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
