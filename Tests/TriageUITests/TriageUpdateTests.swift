import TerminalKit
import ItemQueries
import Testing
import TriageMessages
import TriageModel
import TriageStyle

@testable import TriageUI

@Suite struct TriageUpdateTests {
  @Test func opensOnTheWorstFailure() {
    let driver = Driver([SampleRun.make()])
    #expect(
      driver.state.screens.triage.selectedTest.map { SampleRun.make().table.name(of: $0) } == "test_onnx_round_trip")
    #expect(driver.screen.contains { $0.contains("message of test_onnx_round_trip") })
  }

  @Test func showsTestsThatPassedOnRetryBesideTheFailing() {
    let driver = Driver([SampleRun.make()])
    #expect(driver.screen.contains { $0.contains("↻ r test_retry_order") })
    #expect(!driver.screen.contains { $0.contains("test_feature[0]") })
  }

  @Test func showsAllTestsWhenAsked() {
    var driver = Driver([SampleRun.make()])
    driver.press(.character("A"))
    #expect(driver.screen.contains { $0.contains("✓ . test_feature[0]") })
  }

  @Test func filtersWhileTyping() {
    var driver = Driver([SampleRun.make()])
    driver.press(.character("/"))
    driver.type("golden")
    #expect(driver.state.screens.triage.rows.arrangement.tests.count == 2)
    driver.press(.escape)
    #expect(driver.state.screens.triage.rows.arrangement.tests.count == 5)
  }

  @Test func keepsTheFilterOnEnterAndDropsItOnEscape() {
    var driver = Driver([SampleRun.make()])
    driver.press(.character("/"))
    driver.type("golden")
    driver.press(.enter)
    #expect(driver.state.screens.triage.prompt == nil)
    #expect(driver.state.screens.triage.rows.arrangement.tests.count == 2)
    driver.press(.escape)
    #expect(driver.state.screens.triage.query.filter.isEmpty)
  }

  @Test func dropsAnswersToOlderQuestions() throws {
    var driver = Driver([SampleRun.make()])
    let old = try #require(driver.state.screens.triage.asked)
    driver.press(.character("A"))
    let rows = driver.state.screens.triage.rows
    driver.send(.arranged(QueryAnswer(request: old, arrangement: .init())))
    #expect(driver.state.screens.triage.rows == rows)
  }

  @Test func pastedTextNeverReachesKeys() {
    var driver = Driver([SampleRun.make()])
    driver.send(.terminal(.paste("qAz\u{1B}q")))
    #expect(driver.effects.isEmpty)
    #expect(driver.state.screens.triage.query.scope == .attention)
    driver.press(.character("/"))
    driver.send(.terminal(.paste("npz")))
    #expect(driver.state.screens.triage.rows.arrangement.tests.count == 1)
  }

  @Test func marksAndCopiesTheIdsOfAllMarked() {
    var driver = Driver([SampleRun.make()])
    driver.press(.character("*"), .character("y"), .character("y"))
    guard case .copy(let text, let what) = driver.effects.last else {
      Issue.record("nothing was copied")
      return
    }
    #expect(text.split(separator: "\n").count == 5)
    #expect(what == "5 test ids")
  }

  @Test func marksARange() {
    var driver = Driver([SampleRun.make()])
    driver.press(.character("g"), .character("V"), .character("G"), .character("V"))
    #expect(driver.state.screens.triage.marks.count == 5)
    driver.press(.escape)
    #expect(driver.state.screens.triage.marks.isEmpty)
  }

  @Test func opensTheStackFrameUnderTheCursor() {
    var driver = Driver([SampleRun.make()])
    driver.press(.tab, .character("l"), .character("j"), .enter)
    #expect(driver.effects == [.edit(SourceLocation(file: "tests/unit/test_scoring.py", line: 17))])
  }

  @Test func opensTheLogAtItsEndWhenARunIsIncompleteAndShowsNothing() {
    var run = SampleRun.make(incomplete: ["no test report was found"])
    run.table = TestTable()
    let driver = Driver([run])
    #expect(driver.screen[1].contains("INCOMPLETE  no test report was found"))
    #expect(!driver.screen.contains { $0.contains("0 failing") })
    #expect(driver.state.screens.triage.document?.opensAtEnd == true)
    #expect(driver.state.screens.triage.pane.line == 99)
  }

  @Test func switchesRunsAndSaysWhereTheyEnd() {
    var other = SampleRun.make()
    other.info.identity.id = "4135"
    var driver = Driver([SampleRun.make(), other])
    driver.press(.character("<"))
    #expect(driver.state.context.currentRun?.info.identity.id == "4135")
    driver.press(.character("<"))
    #expect(driver.state.notice?.text == "this is the oldest run")
    driver.press(.character("r"), .up, .enter)
    #expect(driver.state.context.currentRun?.info.identity.id == "4136")
  }

  @Test func showsTheNewestRunUntilOneIsChosen() {
    var newer = SampleRun.make()
    newer.info.identity.id = "4137"
    var driver = Driver([], isComplete: false)
    driver.send(.runs(RunSet(revision: 2, runs: [SampleRun.make()], isComplete: false)))
    driver.send(.runs(RunSet(revision: 3, runs: [newer, SampleRun.make()], isComplete: false)))
    #expect(driver.state.context.currentRun?.info.identity.id == "4137")
    driver.press(.character("<"))
    var newest = SampleRun.make()
    newest.info.identity.id = "4138"
    driver.send(.runs(RunSet(revision: 4, runs: [newest, newer, SampleRun.make()], isComplete: true)))
    #expect(driver.state.context.currentRun?.info.identity.id == "4136")
  }

  @Test func findsWithoutFilteringAndGoesRound() {
    var driver = Driver([SampleRun.make()])
    driver.press(.character("f"))
    driver.type("NPZ")
    driver.press(.enter)
    #expect(driver.state.screens.triage.rows.arrangement.tests.count == 5)
    #expect(driver.screen.contains { $0.hasPrefix("> ✗ F test_scores_npz_golden") })
    driver.press(.character("f"))
    driver.type("test_scor")
    driver.press(.enter)
    let first = driver.state.screens.triage.cursor.index
    driver.press(.character("n"), .character("n"))
    #expect(driver.state.screens.triage.cursor.index == first)
    driver.press(.character("N"))
    #expect(driver.state.screens.triage.cursor.index != first)
  }

  @Test func searchesInTheText() {
    var driver = Driver([SampleRun.make()])
    driver.press(.tab, .character("/"))
    driver.type("LINE 42")
    driver.press(.enter)
    #expect(driver.state.screens.triage.pane.line == 42)
    driver.press(.character("/"))
    driver.type("nowhere")
    driver.press(.enter)
    #expect(driver.state.screens.triage.pane.line == 42)
  }

  @Test func theRunMenuChoosesTheRunItNamedThoughOthersCameBefore() {
    var older = SampleRun.make()
    older.info.identity.id = "4135"
    var newest = SampleRun.make()
    newest.info.identity.id = "4137"
    var driver = Driver([SampleRun.make(), older], isComplete: false)
    driver.press(.character("r"), .down)
    driver.send(.runs(RunSet(revision: 2, runs: [newest, SampleRun.make(), older], isComplete: true)))
    driver.press(.enter)
    #expect(driver.state.context.currentRun?.info.identity.id == "4135")
  }

  @Test func keepsTheSelectedTestWhenTheFilesAreReadAgain() {
    var driver = Driver([SampleRun.make()])
    driver.press(.character("G"))
    let selected = driver.state.screens.triage.selectedTest
    driver.press(.control("l"))
    #expect(driver.effects == [.reload])
    driver.send(.runs(RunSet(revision: 2, runs: [SampleRun.make()], isComplete: true)))
    #expect(driver.state.screens.triage.selectedTest == selected)
  }

  @Test func showsNoPlaceOfAnOldTableInANewOne() {
    var driver = Driver([SampleRun.make()])
    // What the history said is of the old table too.
    let standings = SampleStandings.of(SampleRun.make())
    driver.send(.judgement(RunJudgement(run: RunRef(0, revision: 1), tests: standings)))
    driver.press(.character("A"), .character("G"), .character("*"))
    var smaller = SampleRun.make()
    smaller.table = SampleRun.make(only: "test_retry_order").table
    // As the program does: the screen is drawn before the new rows are there.
    var state = driver.state
    _ = App.update(&state, .runs(RunSet(revision: 2, runs: [smaller], isComplete: true)))
    #expect(App.draw(state).lines.contains { $0.contains("looking…") })
    #expect(state.screens.triage.marks.isEmpty)
    driver.send(.runs(RunSet(revision: 2, runs: [smaller], isComplete: true)))
    #expect(driver.screen.contains { $0.contains("test_retry_order") })
  }

  @Test func findsTheSelectedTestByItsNameWhenThePlacesChanged() throws {
    var driver = Driver([SampleRun.make()])
    driver.press(.character("G"))
    let before = try #require(driver.state.screens.triage.selectedTest)
    let id = SampleRun.make().table.id(of: before)
    let reordered = SampleRun.make(first: "test_retry_order")
    driver.send(.runs(RunSet(revision: 2, runs: [reordered], isComplete: true)))
    let after = try #require(driver.state.screens.triage.selectedTest)
    #expect(after != before)
    #expect(reordered.table.id(of: after) == id)
  }

  @Test func copiesNothingThatATerminalActsOn() {
    var run = SampleRun.make()
    run.table = SampleRun.make(only: "a\u{1B}[31m\nrm -rf ~").table
    var driver = Driver([run])
    driver.press(.character("G"), .character("y"), .character("y"))
    guard case .copy(let text, _) = driver.effects.last else {
      Issue.record("nothing was copied")
      return
    }
    #expect(text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
  }

  @Test func theMouseDoesNotReachWhatAMenuCovers() {
    var driver = Driver([SampleRun.make()])
    let before = driver.state.screens.triage.cursor.index
    driver.press(.character("?"))
    driver.send(.terminal(.mouse(MouseEvent(.press, at: Point(x: 10, y: driver.state.screens.triage.listArea.y)))))
    #expect(driver.state.screens.triage.cursor.index == before)
  }

  @Test func theMouseSelectsOpensAndScrolls() {
    var driver = Driver([SampleRun.make()])
    let list = driver.state.screens.triage.listArea
    driver.send(.terminal(.mouse(MouseEvent(.press, at: Point(x: 10, y: list.y + 3)))))
    #expect(driver.state.screens.triage.cursor.index == 3)
    driver.send(.terminal(.mouse(MouseEvent(.doublePress, at: Point(x: 10, y: list.y + 3)))))
    #expect(driver.state.screens.triage.focus == .detail)
    driver.send(.terminal(.mouse(MouseEvent(.wheelDown, at: Point(x: 100, y: 20)))))
    #expect(driver.state.screens.triage.pane.line == 3)
    driver.press(.character("M"))
    #expect(driver.effects == [.mouse(true)])
  }

  @Test func helpRunsTheLineThatIsChosen() {
    var driver = Driver([SampleRun.make()])
    driver.press(.character("?"))
    driver.type("zoom")
    driver.press(.enter)
    #expect(driver.state.screens.triage.isZoomed)
  }

  @Test func groupsByMessageFromTheMenu() {
    var driver = Driver([SampleRun.make()])
    driver.press(.character("s"), .down, .down, .down, .down, .down, .enter)
    #expect(driver.state.screens.triage.query.grouping == .message)
    #expect(driver.screen.contains { $0.contains("▾ no module named onnx") })
  }

  @Test func foldsAGroupAndItsTestsAreNotSelected() {
    var driver = Driver([SampleRun.make()], causes: ["test_onnx_round_trip", "test_scores_golden"])
    driver.press(.character("g"), .enter)
    #expect(driver.state.screens.triage.rows.isFolded(group: 0))
    #expect(driver.state.screens.triage.selectedTest == nil)
    driver.press(.enter)
    #expect(!driver.state.screens.triage.rows.isFolded(group: 0))
  }

  @Test func saysWhenTheTerminalIsTooSmall() {
    let driver = Driver([SampleRun.make()], width: 20, height: 5)
    #expect(driver.screen[0] == "assay needs 60×16")
  }

  @Test func noKeyTableBindsAKeyTwice() {
    for table in Keys.all {
      let keys = table.bindings.flatMap(\.keys)
      #expect(Set(keys).count == keys.count, "\(table.title)")
    }
  }

  @Test func theFirstTestIsChosenUntilThePersonMoves() {
    let run = SampleRun.make()
    var driver = Driver([run], standings: [:])
    let scores = run.table.tests { _ in true }.first { run.table.name(of: $0) == "test_scores_golden" }!
    let isNew = [scores: TestStanding(verdict: Verdict(.new, why: []))]
    #expect(driver.state.screens.triage.selectedTest != scores)
    var judged = Driver([run], standings: isNew)
    // What the history knows comes later and puts another test first.
    #expect(judged.state.screens.triage.selectedTest == scores)
    judged.press(.character("j"))
    let chosen = judged.state.screens.triage.selectedTest
    judged.send(.judgement(RunJudgement(run: RunRef(0, revision: 1), tests: [:])))
    #expect(judged.state.screens.triage.selectedTest == chosen)
    driver.send(.judgement(RunJudgement(run: RunRef(0, revision: 7), tests: isNew)))
    #expect(driver.state.context.judgement?.tests.isEmpty == true)
  }
}
