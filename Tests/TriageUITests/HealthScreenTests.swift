import TerminalKit
import TestSupport
import Testing
import TriageMessages
import TriageModel

@testable import TriageUI

@Suite struct HealthScreenTests {
  private static let day: Int64 = 86_400_000
  private static let start: Int64 = 1_793_000_000_000

  private func points(_ numbers: [Double?]) -> [HealthFigure.Point] {
    numbers.enumerated().map { index, number in
      .init(
        label: "\(4101 + index)", time: Timestamp(milliseconds: Self.start + Int64(index) * Self.day), number: number)
    }
  }

  private var report: HealthReport {
    var report = HealthReport(window: .days(90))
    (report.stream, report.runs, report.incomplete, report.otherRuns) = ("main", 40, 1, 12)
    func figure(_ kind: HealthKind, _ number: HealthFigure.Number, _ numbers: [Double?] = []) -> HealthFigure {
      var figure = HealthFigure(kind, number, target: kind.standardTarget)
      figure.points = points(numbers)
      return figure
    }
    var budget = figure(.budget, .known(0.6), (0..<40).map { Double($0 / 8) * 0.15 })
    budget.alert = "the budget burns at 4 × (alert at 3 ×)"
    budget.facts = [.init("burn rate", "4.2 × over 7 days; 4 × over 1 day")]
    let run = RunIdentity(source: "ci", id: "4140")
    budget.parts = [.init("run 4140 8acabed Restore the \u{1B}[31mround trip", "3 failures", .run(run))]
    var flakes = figure(.flakeRate, .known(0.0103), [0, 0, 0.03, nil, 0, 0.01, 0.06, 0])
    flakes.facts = [
      .init("made of", "12 of 1,160 results in 40 runs"), .init("last 24 hours", "0 %, 0 of 116 results"),
    ]
    flakes.parts = [
      .init("tests/unit/test_日本語.py::test_é", "5 failed, 2 on retry", .test("tests/unit/test_日本語.py::test_é", in: run))
    ]
    var density = figure(.assertions, .known(1.7))
    density.parts = [
      .init(
        "test_latency", "no assertion, tests/perf/test_latency.py:4",
        .source(SourceLocation(file: "tests/perf/test_latency.py", line: 4)))
    ]
    report.figures = [
      budget, figure(.passRate, .known(0.9999), [1, 0.98, 0.97, 1, 0.9999]),
      figure(.suiteTime, .known(61), [58, 59, 60, 61]), flakes,
      figure(.coverage, .unknown("no coverage report of its runs is kept")), density,
      figure(.verdicts, .known(0.95)),
    ]
    report.remarks = ["3 rows of failures were not judged (limit): they count as real"]
    return report
  }

  private func driver(_ width: Int = 120, _ height: Int = 40, _ report: HealthReport? = nil) -> Driver {
    var driver = Driver([SampleRun.make()], width: width, height: height)
    driver.press(.character("5"))
    guard case .findHealth(let request) = driver.effects.last else {
      Issue.record("the figures were not asked for")
      return driver
    }
    driver.send(.health(HealthAnswer(request: request, report: report ?? self.report)))
    return driver
  }

  @Test(arguments: [(80, 24), (120, 40), (60, 16)]) func showsWhatIsMissedFirst(width: Int, height: Int) throws {
    try driver(width, height).check("health")
  }

  @Test func showsWhyANumberIsNotKnown() throws {
    var driver = driver()
    driver.press(.character("j"), .character("j"))
    try driver.check("health-unknown")
  }

  @Test func entersTheScreenOfWhatAFigureIsMadeOf() throws {
    var driver = driver()
    // The budget is made of runs, the flake rate of flaky tests.
    driver.press(.enter)
    #expect(driver.state.screen == .runs)
    driver.press(.character("5"), .character("j"), .enter)
    #expect(driver.state.screen == .flakes)
    // What is not known leads nowhere, and says why.
    driver.press(.character("5"), .character("j"), .enter)
    #expect(driver.state.screen == .health)
    #expect(driver.state.notice?.text.contains("no coverage report") == true)
  }

  @Test func opensAPartFromTheText() throws {
    var driver = driver()
    driver.press(.character("/"))
    driver.type("assertion")
    driver.press(.enter, .tab, .character("G"), .enter)
    #expect(driver.effects.last == .edit(SourceLocation(file: "tests/perf/test_latency.py", line: 4)))
  }

  @Test func everyFigureLeadsToAScreen() {
    for kind in HealthKind.all { #expect(Screen(kind.place) != nil, "\(kind.id)") }
  }

  @Test func asksAnewForAnotherWindowAndAfterADecision() {
    var driver = driver()
    let before = driver.effects.count
    driver.press(.character("W"))
    driver.send(.causesChanged)
    let asked = driver.effects.dropFirst(before).compactMap { effect -> HealthRequest? in
      if case .findHealth(let request) = effect { request } else { nil }
    }
    #expect(asked.map(\.generation) == [2, 3] || asked.map(\.generation) == [3, 4])
    #expect(asked.first?.window == .days(180))
    // An answer to an older question is dropped.
    let old = HealthRequest(generation: 1, window: .days(90), run: driver.state.context.ref)
    driver.send(.health(HealthAnswer(request: old, report: HealthReport(window: .days(7), problem: "old"))))
    #expect(driver.state.screens.health.report?.problem == nil)
  }

  @Test func aHistoryOfNothingSaysHowOneIsMade() throws {
    try driver(
      80, 24, HealthReport(window: .days(90), problem: "no history is kept here yet: assay ingest PATH… makes one")
    )
    .check("health-empty")
  }
}
