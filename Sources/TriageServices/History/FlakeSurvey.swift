internal import FailureAnalysis
package import RunHistory
package import TriageModel

/// Finds the unsteady tests of a window, with the grid of what each did in each run.
package struct FlakeSurvey {
  /// Tests that are answered with; what a person cleans up begins at the top.
  package static let mostRows = 500
  /// Runs that are answered with.
  static let mostRuns = 1000

  private let service: HistoryService
  private let owners: OwnerLookup

  /// A survey of a history, with the owners of its tests.
  package init(_ service: HistoryService, _ owners: OwnerLookup) {
    self.service = service
    self.owners = owners
  }

  /// The unsteady tests in the runs of a filter, the costliest first; nil when it stopped because they are no longer
  /// wanted.
  ///
  /// - Parameters:
  ///   - isAll: All tests that failed or were retried, or only those that are called flaky.
  ///   - limit: Tests that are answered with; the table says when there are more.
  package func table(
    of filter: HistoryFilter, isAll: Bool, limit: Int = mostRows, isWanted: () -> Bool = { true }
  ) throws(HistoryError) -> FlakeTable? {
    let all = try service.records(filter)
    let records = Dictionary(all.map { ($0.key, $0) }) { first, _ in first }
    let shown = Array(all.prefix(Self.mostRuns))
    let columns = Dictionary(shown.enumerated().map { ($1.key, $0) }) { first, _ in first }
    var total = FlakeTable.Total()
    total.runs = all.count
    total.streams = Set(all.map(\.stream)).count
    var rows: [FlakeTable.Row] = []
    var isStopped = false
    try service.judgeUnsteady(filter) { test, series in
      isStopped = !isWanted()
      total.add(test)
      if isAll || test.verdict.label == .flaky {
        rows.append(
          FlakeTable.Row(
            flake: test, cells: Self.cells(series, columns),
            firstSeen: test.statistics.firstSeen.flatMap { records[$0] },
            lastSeen: test.statistics.lastSeen.flatMap { records[$0] }))
      }
      return !isStopped
    }
    if isStopped { return nil }
    rows.sort { $0.flake.isCostlier(than: $1.flake) }
    let problem = Self.problem(rows: rows.count, limit: limit, runs: all.count)
    rows.removeLast(max(0, rows.count - limit))
    for place in rows.indices { rows[place].flake.owner = owners.owner(ofTest: rows[place].flake.test) }
    return FlakeTable(runs: shown, rows: rows, total: total, problem: problem)
  }

  /// How a test ended in each column, the worst of its legs.
  private static func cells(_ series: TestSeries, _ columns: [RunKey: Int]) -> [Outcome?] {
    var cells = [Outcome?](repeating: nil, count: columns.count)
    for result in series.results {
      guard let column = columns[result.run] else { continue }
      if let known = cells[column], known.severity <= result.outcome.severity { continue }
      cells[column] = result.outcome
    }
    return cells
  }

  /// What of the window is left out, as a sentence; nil when nothing is.
  private static func problem(rows: Int, limit: Int, runs: Int) -> String? {
    var parts: [String] = []
    if rows > limit { parts.append("the \(CountText.of(limit)) costliest of \(CountText.of(rows)) tests") }
    if runs > mostRuns { parts.append("the newest \(CountText.of(mostRuns)) of \(CountText.of(runs)) runs") }
    return parts.isEmpty ? nil : "shown: " + parts.joined(separator: ", ")
  }
}

extension FlakeTable.Total {
  fileprivate mutating func add(_ test: FlakyTest) {
    unsteady += 1
    guard test.verdict.label == .flaky else { return }
    flaky += 1
    failures += test.statistics.failures
    cost += test.statistics.cost
  }
}

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
