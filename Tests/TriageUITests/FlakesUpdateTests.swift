import ItemQueries
import TerminalKit
import TestSupport
import Testing
import TriageMessages
import TriageModel

@testable import TriageUI

@Suite struct FlakesUpdateTests {
  private func driver(
    _ rows: [FlakeList.Row]? = SampleFlakes.rows, width: Int = 80, height: Int = 24, _ runs: [Run] = [SampleRun.make()]
  ) -> Driver {
    var driver = Driver(runs, flakes: rows, width: width, height: height)
    driver.press(.character("3"))
    return driver
  }

  private func chosen(_ driver: Driver) -> String? {
    driver.state.screens.flakes.selected.map { String(TestIDParts($0.flake.test).name) }
  }

  // MARK: - Asking

  @Test func countsTheFlakyTestsInTheHeaderBeforeTheScreenIsLookedAt() {
    let driver = Driver([SampleRun.make()], flakes: SampleFlakes.rows)
    #expect(driver.screen[0].contains("3 Flakes 3"))
  }

  @Test func asksOnceForTheListAndOnceForEachAttempt() {
    var driver = driver()
    let asked = driver.effects
    #expect(asked.count == 2)
    driver.press(.character("j"), .character("k"), .character("1"), .character("3"))
    let further = driver.effects.dropFirst(asked.count)
    #expect(further.allSatisfy { if case .describe = $0 { true } else { false } })
    #expect(further.count == 2)
  }

  @Test func asksAgainForAnotherWindowAndScope() {
    var driver = driver()
    driver.press(.character("W"))
    #expect(driver.state.screens.flakes.asked == FlakesRequest(generation: 2, window: .days(180), isAll: false))
    driver.press(.character("A"))
    #expect(driver.state.screens.flakes.asked == FlakesRequest(generation: 3, window: .days(180), isAll: true))
    #expect(driver.state.screens.flakes.rows.count == 4)
    #expect(driver.screen[1].contains("3 flaky of 4 that failed ·"))
  }

  @Test func asksAgainOnceRunsThatWereReadAnewAreInTheHistory() {
    var driver = driver()
    let before = driver.state.screens.flakes.asked?.generation ?? 0
    driver.send(.runs(RunSet(revision: 2, runs: [SampleRun.make()], isComplete: true)))
    #expect(driver.state.screens.flakes.asked?.generation == before + 1)
  }

  @Test func dropsOlderAnswers() {
    var driver = driver()
    let old = FlakesRequest(generation: 0, window: .days(90), isAll: false)
    driver.send(.flakes(FlakeList(request: old, runs: [], rows: [])))
    #expect(driver.state.screens.flakes.rows.count == 3)
    driver.press(.character("l"))
    driver.send(.attempt(AttemptAnswer(request: AttemptRequest(test: "x", run: 1), results: [], text: "old")))
    #expect(driver.state.screens.flakes.attempt?.text != "old")
  }

  // MARK: - Moving

  @Test func standsOnTheNewestFailingAttemptOfTheChosenTest() {
    var driver = driver()
    for key in ["", "j", "j"] {
      driver.type(key)
      let cells = driver.state.screens.flakes.selected?.cells ?? []
      let newest = cells.firstIndex { $0.map { $0.isFailing || $0 == .passedOnRetry } ?? false }
      #expect(driver.state.screens.flakes.column.index == newest)
    }
  }

  @Test func movesAlongTestsAndRuns() {
    var driver = driver()
    #expect(chosen(driver) == "test_retry_order")
    driver.press(.character("j"), .character("0"), .character("l"), .character("l"), .character("l"))
    #expect(chosen(driver) == "test_cold_start_budget[gpu-fp16]")
    #expect(driver.state.screens.flakes.selectedRun?.identity.id == "4133")
    #expect(driver.state.screens.flakes.selectedOutcome == .timedOut)
    #expect(driver.screen.contains { $0.contains("run 4133") && $0.contains("T timed out") })
    driver.press(.character("h"), .character("h"), .character("h"), .character("h"))
    #expect(driver.state.screens.flakes.column.index == 0)
    #expect(driver.state.notice?.text == "this is the newest run")
  }

  @Test func scrollsToTheSideAndSaysThatThereIsMore() {
    var driver = driver()
    #expect(driver.screen[2].hasSuffix("›"))
    driver.press(.character("$"))
    #expect(driver.state.screens.flakes.selectedRun?.identity.id == "4077")
    let width = driver.state.screens.flakes.columns.grid.width
    #expect(driver.state.screens.flakes.column.offset == SampleFlakes.runCount - width)
    #expect(driver.screen[2].contains("‹") && !driver.screen[2].hasSuffix("›"))
    driver.press(.character("{"))
    #expect(driver.state.screens.flakes.column.index == SampleFlakes.runCount - width)
    driver.press(.character("0"))
    #expect(driver.state.screens.flakes.column.offset == 0)
  }

  @Test func scrollsDownALongList() {
    var driver = driver((0..<50).map { SampleFlakes.row("t.py::test_\($0)", "F") })
    driver.press(.character("G"))
    #expect(chosen(driver) == "test_49")
    #expect(driver.screen.contains { $0.contains("test_49") })
    #expect(!driver.screen.contains { $0.contains(" test_0 ") })
  }

  @Test func jumpsToTheFailuresOfATest() {
    var driver = driver()
    driver.press(.character("0"))
    var found: [Int] = []
    for _ in 0..<8 {
      driver.press(.character("]"))
      found.append(driver.state.screens.flakes.column.index)
    }
    #expect(found == [1, 3, 8, 12, 18, 21, 26, 26])
    #expect(driver.state.notice?.text.contains("did not fail in an older run") == true)
    driver.press(.character("["))
    #expect(driver.state.screens.flakes.column.index == 21)
  }

  @Test func staysOnTheTestAndTheRunWhenTheListIsMadeAnew() {
    var driver = driver()
    driver.press(.character("j"), .character("0"), .character("l"), .character("l"), .character("A"))
    #expect(chosen(driver) == "test_cold_start_budget[gpu-fp16]")
    #expect(driver.state.screens.flakes.selectedRun?.identity.id == "4134")
  }

  // MARK: - Opening

  @Test func enterLeadsToTheTestInItsRun() {
    var driver = driver()
    driver.press(.character("0"), .enter)
    #expect(driver.state.screen == .triage)
    let test = driver.state.screens.triage.selectedTest
    #expect(test.map { driver.state.context.runs.runs[0].table.name(of: $0) } == "test_retry_order")
  }

  @Test func enterShowsAPassingTestThatTriageHides() {
    var driver = driver()
    driver.press(.character("1"), .character("/"))
    driver.type("scoring")
    driver.press(.enter, .character("3"), .character("G"), .character("0"), .enter)
    #expect(driver.state.screen == .triage)
    let test = driver.state.screens.triage.selectedTest
    #expect(test.map { driver.state.context.runs.runs[0].table.name(of: $0) } == "test_feature[3]")
    #expect(driver.state.notice?.text.contains("filter was cleared") == true)
  }

  @Test func enterLeadsToAnotherOpenRun() {
    var older = SampleRun.make()
    older.info.identity.id = "4133"
    var driver = driver(SampleFlakes.rows, [SampleRun.make(), older])
    driver.press(.character("0"), .character("l"), .character("l"), .character("l"), .enter)
    #expect(driver.state.context.run == 1)
    let test = driver.state.screens.triage.selectedTest
    #expect(test.map { driver.state.context.runs.runs[1].table.name(of: $0) } == "test_retry_order")
  }

  @Test func enterOnARunThatIsNotOpenGoesToTheText() {
    var driver = driver()
    driver.press(.character("0"), .character("l"), .enter)
    #expect(driver.state.screen == .flakes)
    #expect(driver.state.screens.flakes.focus == .detail)
    #expect(driver.state.notice?.text == "run 4135 is not open: assay FOLDER opens its files")
    driver.press(.escape)
    #expect(driver.state.screens.flakes.focus == .list)
  }

  @Test func opensTheEditorAtTheTestsFile() {
    var driver = driver()
    driver.press(.character("0"), .character("o"))
    #expect(driver.effects.last == .edit(SourceLocation(file: "tests/unit/test_handler.py", line: nil)))
    driver.press(.character("]"), .character("o"))
    #expect(driver.effects.last == .edit(SourceLocation(file: "tests/unit/test_handler.py", line: 30)))
  }

  // MARK: - Choosing

  @Test(arguments: [
    ("handler", 2), ("!handler", 1), ("owner:infra", 1), ("owner:none", 1), ("serving", 1), ("verdict:broken", 0),
    ("/cold.*gpu/", 1), ("nothing-like-this", 0),
  ])
  func filters(text: String, count: Int) {
    var driver = driver()
    driver.press(.character("/"))
    driver.type(text)
    driver.press(.enter)
    #expect(driver.state.screens.flakes.rows.count == count)
    driver.press(.escape)
    #expect(driver.state.screens.flakes.rows.count == 3)
  }

  @Test func aFilterThatIsNotUnderstoodIsNotTaken() {
    var driver = driver()
    driver.press(.character("/"))
    driver.type("onwer:x")
    #expect(driver.state.model.filterProblem?.contains("did you mean owner:") == true)
    driver.press(.enter)
    #expect(driver.state.screens.flakes.prompt != nil)
    driver.press(.escape)
    #expect(driver.state.screens.flakes.rows.count == 3)
  }

  @Test func sorts() {
    var driver = driver()
    func names() -> [String?] {
      driver.state.screens.flakes.rows.indices.map {
        driver.state.screens.flakes.row(at: $0)?.flake.test.suffix(8).description
      }
    }
    let byCost = names()
    driver.press(.character("s"), .down, .down, .down, .down, .enter)
    #expect(driver.state.screens.flakes.query.order == .name)
    #expect(names() == [byCost[2], byCost[1], byCost[0]])
    #expect(chosen(driver) == "test_retry_order")
  }

  @Test func marksAndCopies() {
    var driver = driver()
    driver.press(.character(" "), .character(" "))
    #expect(driver.state.screens.flakes.marks.count == 2)
    #expect(driver.screen[1].contains("2 marked"))
    driver.press(.character("y"), .character("y"))
    guard case .copy(let text, let what) = driver.effects.last else { return #expect(Bool(false)) }
    #expect(what == "2 test ids")
    #expect(text.split(separator: "\n").count == 2)
    driver.press(.character("*"))
    #expect(driver.state.screens.flakes.marks.count == 3)
    driver.press(.escape)
    #expect(driver.state.screens.flakes.marks.isEmpty)
  }

  @Test func findsInTheListAndInTheText() {
    var driver = driver()
    driver.press(.character("f"))
    driver.type("feature")
    driver.press(.enter)
    #expect(chosen(driver) == "test_feature[3]")
    driver.press(.character("g"), .character("]"), .tab, .character("/"))
    driver.type("order was")
    driver.press(.enter)
    #expect(driver.state.screens.flakes.pane.line > 0)
  }

  // MARK: - Nothing to show

  @Test func saysWhyThereIsNothing() {
    var driver = driver(nil)
    #expect(driver.screen.contains { $0.contains("looking through the history…") })
    guard let asked = driver.state.screens.flakes.asked else { return #expect(Bool(false)) }
    driver.send(.flakes(FlakeList(request: asked, runs: [], rows: [], problem: "no history is kept here")))
    #expect(driver.screen.contains { $0.contains("no history is kept here") })
    driver.send(.flakes(FlakeList(request: asked, runs: [], rows: [])))
    #expect(driver.screen.contains { $0.contains("No run is in the history yet.") })
    var list = SampleFlakes.answer(asked, [])
    list.total.unsteady = 8
    driver.send(.flakes(list))
    #expect(driver.screen.contains { $0.contains("No flaky tests in 90 days.") })
    #expect(driver.screen.contains { $0.contains("60 runs were looked at; A shows the 8 that failed") })
  }

  @Test func aMaskedNameFindsItsTest() {
    let table = SampleRun.make(only: "test_x[2026-11-20T10:00 0x7f31aa]").table
    let name = "tests/unit/test_handler.py::test_x[<time> <address>]"
    #expect(table.test(named: name, leg: "") == TestIndex(0))
    #expect(table.test(named: "tests/unit/test_handler.py::test_y[<time>]", leg: "") == nil)
  }
}
