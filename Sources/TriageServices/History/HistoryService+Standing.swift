internal import FailureAnalysis
package import RunHistory
package import TriageModel

extension HistoryService {
  /// Results that a sparkline shows.
  private static let recentCount = 48
  /// Tests that are judged; of a run with more failures than that, each single one says little.
  static let mostJudged = 20_000
  /// Failures of a run that was not added that are compared with those of other runs.
  private static let mostCompared = 5000

  /// What the history says of one test of a run; nil where it knows no run of the repository, or cannot be read.
  package func standing(of test: TestIndex, in run: Run) -> TestStanding? {
    (try? standings(of: [test], in: run))?[test]
  }

  /// What the history says of some tests of a run; a run that was not added is judged as if it were.
  ///
  /// - Parameter signatures: The run's; without them, those of a run that was not added are made.
  package func standings(
    of tests: [TestIndex], in run: Run, _ signatures: FailureSignatures? = nil
  ) throws(HistoryError) -> [TestIndex: TestStanding] {
    let tests = Array(tests.prefix(Self.mostJudged))
    var standings = try judged(tests, in: run, signatures)
    if let evidence = try RerunEvidence(self, of: run) {
      let signatures = signatures ?? FailureSignatures(of: tests, in: run.table)
      try evidence.lay(over: &standings, of: tests) { signatures.key(of: $0) }
    }
    return standings
  }

  /// What the runs of CI say of some tests of a run.
  private func judged(
    _ tests: [TestIndex], in run: Run, _ signatures: FailureSignatures?
  ) throws(HistoryError) -> [TestIndex: TestStanding] {
    var runs = try store.runs(of: repository)
    if runs.isEmpty { return [:] }
    let known = runs.first { $0.identity == run.info.identity }
    if known == nil { runs.insert(RunRecord(run), at: 0) }
    let added = known == nil ? signatures ?? FailureSignatures(of: tests, in: run.table) : nil
    let judge = try judge(among: runs, with: known == nil ? run : nil, signatures)
    var finder = InfraFinder(self, runs)
    let key = known?.key ?? .unstored
    let records = Dictionary(runs.map { ($0.key, SharedRun($0)) }) { first, _ in first }
    var standings: [TestIndex: TestStanding] = [:]
    try eachSeries(of: tests.map { run.table.id(of: $0) }) { place, series in
      var series = series
      if let added { series.results.append(Self.result(of: tests[place], in: run, added)) }
      var given = finder.given(series)
      given.infraRule = infraRules.name(for: tests[place], in: run)
      let verdict = judge.judge(series, at: key, given: given)
      let own = judge.results(of: series, beside: key)
      var standing = TestStanding(verdict: verdict, recent: Self.recent(own, upTo: key, judge.timeline))
      standing.since = verdict.range.flatMap { records[$0.firstFailure] }
      standing.lastPass = verdict.range?.lastPass.flatMap { records[$0] }
      if let range = verdict.range, range.earliest != range.latest {
        standing.earliest = records[range.earliest]
        standing.latest = records[range.latest]
      }
      if let fixedIn = verdict.fixedIn {
        standing.fixedIn = records[fixedIn]
        standing.lastFailure = Self.lastFailure(own, before: fixedIn, judge.timeline).flatMap { records[$0] }
      }
      standings[tests[place]] = standing
    }
    return standings
  }

  /// The last run before another one in which a test failed.
  private static func lastFailure(_ results: [ResultRecord], before run: RunKey, _ timeline: RunTimeline) -> RunKey? {
    guard let end = timeline.place(of: run) else { return nil }
    let failures = results.filter { $0.outcome.isFailing }.compactMap { timeline.place(of: $0.run) }
    return failures.filter { $0 < end }.max().map { timeline.runs[$0].key }
  }

  /// A judge among runs that knows what failed in each of them.
  ///
  /// - Parameter unknown: The run among them that was not added, if there is one.
  func judge(
    among runs: [RunRecord], with unknown: Run? = nil, _ signatures: FailureSignatures? = nil
  ) throws(HistoryError) -> VerdictJudge {
    let least = min(thresholds.infraFailures, thresholds.smallSuiteTests)
    var failures = try store.failures(in: repository, least: least)
    if let unknown, unknown.table.counts.failing >= least {
      let tests = Array(
        unknown.table.tests(where: \.isFailing).lazy.filter { unknown.table.kind(of: $0).isOfTests }
          .prefix(Self.mostCompared))
      let signatures = signatures ?? FailureSignatures(of: tests, in: unknown.table)
      let keys = try store.keys(of: tests.map { unknown.table.id(of: $0) }, in: repository)
      failures.set(
        zip(tests, keys).map { test, key in
          RunFailures.Failure(
            test: key ?? .unstored(test), leg: unknown.table.leg(of: test), signature: signatures.key(of: test))
        }, of: .unstored, isCut: tests.count == Self.mostCompared)
    }
    return VerdictJudge(
      runs: runs, failures: failures, thresholds: thresholds,
      committed: commitTimes?.times(of: runs.lazy.compactMap(\.commit)) ?? [:])
  }

  /// How many tests were flaky lately that did not fail in a run.
  package func flakyTests(notIn run: Run) throws(HistoryError) -> Int {
    let failing = Set(run.testsOfNote.map { StableName.of(run.table.id(of: $0)) })
    var filter = HistoryFilter(.days(thresholds.flakyDays))
    // Where runs are rare, days would leave too few of them.
    if try store.runs(of: repository, filter).count < thresholds.windowRuns {
      filter = HistoryFilter(.all, limit: thresholds.windowRuns)
    }
    var count = 0
    try judgeUnsteady(filter) { test, _ in
      if test.verdict.label == .flaky, !failing.contains(test.test) { count += 1 }
      return true
    }
    return count
  }

  /// Calls `body` with the place of each of some tests and what it did.
  ///
  /// Rules of the infrastructure ask the store for texts, which cannot be while it is read: then all is read before.
  func eachSeries(
    of tests: [String], _ filter: HistoryFilter = .init(), _ body: (Int, TestSeries) -> Void
  ) throws(HistoryError) {
    if infraRules.isEmpty { return try store.eachSeries(of: tests, in: repository, filter, body) }
    for (place, series) in try store.series(of: tests, in: repository, filter).enumerated() { body(place, series) }
  }

  private static func result(of test: TestIndex, in run: Run, _ signatures: FailureSignatures) -> ResultRecord {
    var result = ResultRecord(
      run: .unstored, outcome: run.table.outcome(of: test), attempts: run.table.attemptOutcomes(of: test),
      duration: run.table.duration(of: test), signature: signatures.key(of: test), leg: run.table.leg(of: test))
    result.isOfItem = !run.table.kind(of: test).isOfTests
    return result
  }

  /// How a test ended lately, oldest first; of several legs the worst counts.
  private static func recent(_ results: [ResultRecord], upTo run: RunKey, _ timeline: RunTimeline) -> [Outcome] {
    guard let last = timeline.place(of: run) else { return [] }
    var worst = [Outcome?](repeating: nil, count: last + 1)
    for result in results {
      guard let place = timeline.place(of: result.run), place <= last else { continue }
      if let known = worst[place], known.severity <= result.outcome.severity { continue }
      worst[place] = result.outcome
    }
    return Array(worst.compactMap(\.self).suffix(recentCount))
  }
}
