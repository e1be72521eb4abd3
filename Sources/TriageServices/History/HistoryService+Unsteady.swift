internal import FailureAnalysis
internal import RunHistory
internal import TriageModel

extension HistoryService {
  /// Tests whose results are in memory at once.
  private static let batch = 1024

  /// Judges each test that failed or was retried in the runs of a filter by its newest result in each stream, until
  /// `body` says no; a test that is flaky in any of them is flaky, and what it costs is counted in those.
  ///
  func judgeUnsteady(
    _ filter: HistoryFilter, _ body: (FlakyTest, TestSeries) -> Bool
  ) throws(HistoryError) {
    let window = filter.ofAllStreams
    let judge = try judge(among: store.runs(of: repository, window))
    var finder = InfraFinder(self, judge.timeline.runs)
    let wanted = try wanted(filter)
    let names = try store.unsteady(in: repository, filter).map(\.test)
    for start in stride(from: 0, to: names.count, by: Self.batch) {
      let part = Array(names[start..<min(start + Self.batch, names.count)])
      for series in try store.series(of: part, in: repository, window) {
        let given = finder.given(series)
        let newest = judge.judgeNewest(series, given: given) { wanted?.contains($0) ?? true }
        let flaky = newest.flaky
        guard var verdict = flaky.first?.verdict ?? newest.verdict else { continue }
        var streams = flaky.map(\.counted)
        if flaky.isEmpty { streams = [judge.ownResults(of: series, given: given)] }
        if newest.parts.count > 1, !flaky.isEmpty {
          let names = flaky.prefix(4).map(\.stream).joined(separator: "; ")
          verdict.why.insert("in \(flaky.count) of \(CountText.of(newest.parts.count, "stream")) (\(names))", at: 0)
        }
        let statistics = FlakeStatistics(streams: streams, in: judge.timeline)
        // One line speaks of one window: what is counted is what was judged.
        if !flaky.isEmpty { verdict.rate = statistics.rate }
        guard body(FlakyTest(test: series.test, verdict: verdict, statistics: statistics), series) else { return }
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
