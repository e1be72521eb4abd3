import RunHistory
import TestSupport
import Testing
import TriageModel
import TriageServices
import Workspace

/// Items of a run beside those of the runs before it.
@Suite struct ItemJudgeTests {
  private let state: TemporaryFolder
  private var history: HistoryService

  init() throws {
    state = try TemporaryFolder()
    history = try HistoryService(
      nil, directories: Directories(environment: ["XDG_STATE_HOME": state.path]), environment: [:])
  }

  /// A run of some items on a day.
  private func run(_ day: Int, branch: String = "main", _ items: [ReviewItem]) -> Run {
    var builder = TestTableBuilder()
    builder.beginReport(ReportInfo(path: "report.json", folder: "", format: "sarif"))
    for item in items { builder.add(item) }
    builder.endReport()
    var info = RunInfo(identity: RunIdentity(source: "ci", id: "\(branch)-\(day)"))
    info.branch = branch
    info.startedAt = Timestamp(milliseconds: Int64(day) * 86_400_000)
    return Run(info: info, table: builder.table)
  }

  private func item(
    _ kind: String, _ judging: ItemKind.Judging, _ name: String, _ outcome: Outcome = .passed, _ value: Double? = nil,
    _ better: ReviewItem.Measure.Better = .lower
  ) -> ReviewItem {
    var item = ReviewItem(ItemKind(kind, judging: judging), about: "", name, outcome, outcome.isFailing ? "bad" : "")
    item.measure = value.map { ReviewItem.Measure($0, unit: "s", better: better) }
    return item
  }

  private func outcomes(_ run: Run) throws -> [String: Outcome] {
    let run = try #require(try history.completed([run]).first)
    return Dictionary(
      uniqueKeysWithValues: run.table.reviewItems.map { (run.table.name(of: $0), run.table.outcome(of: $0)) })
  }

  @Test func aFindingThatWasThereBeforeIsKnown() throws {
    func finding(_ name: String) -> ReviewItem { item("finding", .whenNew, name, .failed) }
    // Nothing is known yet: all count.
    #expect(try outcomes(run(1, [finding("a")])) == ["a": .failed])
    try history.add(run(1, [finding("a")]))
    #expect(try outcomes(run(2, [finding("a"), finding("b")])) == ["a": .expectedFailure, "b": .failed])
    try history.add(run(2, [finding("a"), finding("b")]))
    // Known stays known; what was gone is new when it comes again.
    try history.add(run(3, [finding("b")]))
    #expect(try outcomes(run(4, [finding("a"), finding("b")])) == ["a": .failed, "b": .expectedFailure])
  }

  @Test func aRequestIsComparedWithItsBase() throws {
    func finding(_ name: String) -> ReviewItem { item("finding", .whenNew, name, .failed) }
    try history.add(run(1, [finding("a")]))
    #expect(
      try outcomes(run(2, branch: "feature", [finding("a"), finding("b")])) == ["a": .expectedFailure, "b": .failed])
  }

  @Test func coverageThatFellNeedsALook() throws {
    func file(_ name: String, _ value: Double) -> ReviewItem {
      item("coverage", .againstBase, name, .passed, value, .higher)
    }
    try history.add(run(1, [file("a.py", 80), file("b.py", 50)]))
    #expect(
      try outcomes(run(2, [file("a.py", 79.5), file("b.py", 50), file("new.py", 0)]))
        == ["a.py": .failed, "b.py": .passed, "new.py": .passed])
  }

  @Test func aBenchmarkInsideTheNoiseIsNoItem() throws {
    func benchmark(_ value: Double) -> ReviewItem { item("benchmark", .againstNoise, "sort", .passed, value) }
    let noise = [1.0, 1.02, 0.98, 1.01, 0.99, 1.0, 1.03]
    for (day, value) in noise.enumerated() {
      // Too few runs say nothing: even a large change is none yet.
      if day == 3 { #expect(try outcomes(run(100, [benchmark(9)])) == ["sort": .passed]) }
      try history.add(run(day + 1, [benchmark(value)]))
    }
    #expect(try outcomes(run(20, [benchmark(1.05)])) == ["sort": .passed])
    #expect(try outcomes(run(20, [benchmark(0.2)])) == ["sort": .passed])
    #expect(try outcomes(run(20, [benchmark(1.6)])) == ["sort": .failed])
    // A change that stays does not become the noise it is measured by.
    for day in 20..<60 { try history.add(run(day, [benchmark(1.6)])) }
    #expect(try outcomes(run(60, [benchmark(1.6)])) == ["sort": .failed])
    #expect(try outcomes(run(60, [benchmark(1.01)])) == ["sort": .passed])
  }

  @Test func aMetricMayFallAsFarAsItsRuleSays() throws {
    var rule = MetricRule(metric: "auc*")
    rule.fall = MetricRule.Change(0.02, isRelative: true)
    var configuration = Configuration()
    configuration.items.metricRules = [rule]
    var judge = history
    judge.apply(configuration)
    try judge.add(run(1, [item("metric", .asReported, "auc", .passed, 0.9)]))
    func judged(_ value: Double) throws -> Outcome {
      let run = try judge.completed([run(2, [item("metric", .asReported, "auc", .passed, value)])])[0]
      return run.table.outcome(of: TestIndex(0))
    }
    #expect(try judged(0.89) == .passed)
    #expect(try judged(0.95) == .passed)
    #expect(try judged(0.88) == .failed)
  }

  @Test func oneCommitThatWentBothWaysMakesNoDataFlaky() throws {
    for (day, outcome) in [Outcome.passed, .passed, .passed, .failed].enumerated() {
      var run = run(day + 1, [item("expectation", .asReported, "not null", outcome)])
      run.info.commit = "abc"
      try history.add(run)
      guard outcome == .failed else { continue }
      let verdict = try #require(history.standing(of: TestIndex(0), in: run)).verdict.label
      #expect(verdict != .flaky)
    }
  }

  @Test func aRunIsGreenOnlyWhenItsItemsAre() throws {
    try history.add(run(1, [item("expectation", .asReported, "a", .passed)]))
    try history.add(run(2, [item("expectation", .asReported, "a", .failed)]))
    #expect(try history.records().map(\.isGreen) == [false, true])
    // Items that are gone are no tests that did not run.
    for day in 3..<9 { try history.add(run(day, (0..<50).map { item("finding", .whenNew, "f\($0)", .failed) })) }
    let last = try history.completed([run(9, [item("finding", .whenNew, "f1", .failed)])])[0]
    #expect(last.info.completeness.isComplete)
  }
}
