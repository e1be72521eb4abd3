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
    var finder = InfraFinder(self, runs)
    var given = finder.given(series)
    given.infraRule = infraRules.name(for: test, in: run)
    let verdict = VerdictJudge(runs: runs, thresholds: thresholds).judge(series, at: record.number, given: given)
    return TestStanding(verdict: verdict, since: runs.first { $0.number == verdict.range?.firstFailure })
  }

  /// The verdict on each of some tests of a run, in their order; nil when the history does not know the run.
  package func verdicts(on tests: [TestIndex], of run: Run) throws(HistoryError) -> [Verdict]? {
    guard let record = try store.run(run.info.identity, of: repository) else { return nil }
    let runs = try store.runs(of: repository)
    let judge = VerdictJudge(runs: runs, thresholds: thresholds)
    var finder = InfraFinder(self, runs)
    let series = try store.series(of: tests.map { run.table.id(of: $0) }, in: repository)
    return zip(tests, series).map { test, series in
      var given = finder.given(series)
      given.infraRule = infraRules.name(for: test, in: run)
      return judge.judge(series, at: record.number, given: given)
    }
  }

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
