import ItemQueries
import TerminalKit
import TestSupport
import Testing
import TriageMessages
import TriageModel

@testable import TriageUI

@Suite struct RunsUpdateTests {
  private func runs(
    _ records: [RunRecord] = SampleHistory.records, open: [Run] = [SampleRun.make()]
  ) -> Driver {
    var driver = Driver(open, records: records, width: 100, height: 40)
    driver.press(.character("4"))
    return driver
  }

  private func pairs(_ driver: Driver) -> [RunPair] {
    driver.effects.compactMap { if case .compareRuns(let pair) = $0 { pair } else { nil } }
  }

  @Test func asksForTheRunsWhenTheyAreLookedAtAndForEachPairOnce() {
    var driver = Driver([SampleRun.make()], records: SampleHistory.records)
    #expect(driver.effects.isEmpty)
    driver.press(.character("4"))
    #expect(driver.effects.first == .listRuns(RunListRequest(generation: 1, window: .days(90))))
    driver.press(.character("j"), .character("k"), .character("1"), .character("4"))
    #expect(pairs(driver) == [RunPair(before: 12, after: 13), RunPair(before: 11, after: 12)])
  }

  @Test func anotherWindowIsAskedForAndAnswersOfTheOldOneAreDropped() {
    var driver = runs()
    let old = RunListRequest(generation: 1, window: .days(90))
    driver.press(.character("W"))
    #expect(driver.effects.contains(.listRuns(RunListRequest(generation: 2, window: .days(180)))))
    driver.send(.runList(RunList(request: old, runs: [])))
    #expect(driver.screen[1].contains("13 runs in 180 days · 7 with failures · 1 INCOMPLETE · last green 4132"))
  }

  @Test func asksAgainOnceTheHistoryHasTakenInTheOpenRuns() {
    var driver = runs()
    let before = driver.effects.count
    driver.send(.judgement(RunJudgement(run: RunRef(0, revision: 1), tests: [:])))
    #expect(driver.effects.count == before)
    driver.send(.runs(RunSet(revision: 2, runs: [SampleRun.make()], isComplete: true)))
    #expect(driver.effects.contains(.listRuns(RunListRequest(generation: 2, window: .days(90)))))
  }

  /// Against a run that crashed, every test looks new: the run before it is what is compared with.
  @Test func comparesWithTheLastWholeRunOfTheSameLeg() {
    var driver = runs()
    driver.press(.character("j"), .character("j"))
    #expect(pairs(driver).last == RunPair(before: 9, after: 11))
    var legs = runs(SampleHistory.legs)
    #expect(pairs(legs).last == RunPair(before: 11, after: 13))
    legs.press(.character("j"))
    #expect(pairs(legs).last == RunPair(before: 8, after: 12))
  }

  @Test func comparesFromTheEarlierToTheLaterWhicheverIsTheBase() {
    var driver = runs()
    driver.press(.character("j"), .character("j"), .character(" "), .character("g"))
    #expect(pairs(driver).last == RunPair(before: 11, after: 13))
    driver.press(.character("G"))
    #expect(pairs(driver).last == RunPair(before: 1, after: 11))
    #expect(driver.screen.contains { $0.contains("*   to 4134") })
    driver.press(.escape)
    #expect(driver.state.screens.runs.base == nil)
  }

  @Test func theMarkedRunItselfSaysWhatToDo() {
    var driver = runs()
    driver.press(.character(" "))
    #expect(driver.screen.contains { $0.contains("4136 is the base.") })
    driver.press(.character(" "))
    #expect(driver.screen.contains { $0.contains("from 4135") })
  }

  @Test func anAnswerOfAnotherPairIsNotShownAsThisOnes() {
    var driver = Driver([SampleRun.make()], records: SampleHistory.records)
    var state = driver.state
    _ = App.update(&state, .terminal(.key(.character("4"))))
    let list = RunList(request: RunListRequest(generation: 1, window: .days(90)), runs: SampleHistory.records)
    #expect(App.update(&state, .runList(list)) == [.compareRuns(RunPair(before: 12, after: 13))])
    _ = App.update(&state, .runComparison(SampleHistory.answer(RunPair(before: 1, after: 2))))
    driver.state = state
    #expect(driver.screen.contains { $0.contains("comparing…") })
    driver.press(.tab, .enter)
    #expect(driver.screen.last?.contains("still comparing") == true)
    driver.send(.runComparison(SampleHistory.answer(RunPair(before: 12, after: 13))))
    #expect(driver.screen.contains { $0.contains("2 newly failing · 1 fixed · 2 still failing") })
  }

  @Test(arguments: [
    ("failing", 7), ("!failing", 6), ("green", 5), ("incomplete", 1), ("retried", 2), ("413", 7), ("4135", 1),
    ("title:round", 4), ("commit:1acabed", 2), ("branch:main failing", 7), ("python=3", 0),
    ("example !failing 4126", 0),
    ("nothing like it", 0),
  ])
  func filters(text: String, count: Int) {
    var driver = runs()
    driver.press(.character("/"))
    driver.type(text)
    #expect(driver.state.screens.runs.shown.count == count)
    driver.press(.enter)
    if count == 0 { #expect(driver.screen.contains { $0.contains("No run matches") }) }
    driver.press(.escape)
    #expect(driver.state.screens.runs.shown.count == 13)
  }

  @Test func filtersByLabel() {
    var driver = runs(SampleHistory.legs)
    driver.press(.character("/"))
    driver.type("python=3.13 !branch:feature")
    #expect(driver.state.screens.runs.shown.count == 5)
  }

  @Test func goesToTheRunsWhereMoreOrFewerTestsFail() {
    var driver = runs()
    var rows: [Int] = []
    for _ in 0..<6 {
      driver.press(.character("]"))
      rows.append(driver.state.screens.runs.cursor.index)
    }
    #expect(rows == [2, 4, 5, 6, 9, 11])
    driver.press(.character("["))
    #expect(driver.state.screens.runs.cursor.index == 9)
  }

  @Test func sortsByFailuresAndStaysOnTheRun() {
    var driver = runs()
    driver.press(.character("s"), .character("j"), .enter)
    #expect(driver.state.screens.runs.query.order == .failing)
    #expect(driver.state.screens.runs.selected?.identity.id == "4136")
    #expect(driver.state.screens.runs.shown.first == 5)
  }

  @Test func enterGoesToTheRunInTriageWhenItIsOpen() {
    var older = SampleRun.make()
    older.info.identity = RunIdentity(source: "example", id: "4134")
    var driver = runs(open: [SampleRun.make(), older])
    driver.press(.character("j"), .character("j"), .enter)
    #expect(driver.state.screen == .triage && driver.state.context.run == 1)
  }

  @Test func enterOnARunThatIsNotOpenGoesIntoTheDifferenceAndSaysHowToOpenIt() {
    var driver = runs()
    driver.press(.character("j"), .enter)
    #expect(driver.state.screen == .runs && driver.state.screens.runs.focus == .detail)
    #expect(driver.screen.last?.contains("assay FOLDER opens them") == true)
    driver.press(.character("j"), .enter)
    #expect(driver.state.screen == .runs)
    #expect(driver.screen.last?.contains("4135 are not open") == true)
  }

  @Test func enterOnATestGoesToItWhereverItIsHidden() {
    var driver = runs()
    // A filter hides it, its group is folded, and the one that passed is not in the list of failures.
    driver.press(.character("1"), .character("-"), .character("/"))
    driver.type("onnx")
    driver.press(.enter, .character("4"), .tab, .character("j"), .enter)
    #expect(driver.state.screen == .triage)
    let run = driver.state.context.currentRun
    func selected() -> String? { driver.state.screens.triage.selectedTest.flatMap { run?.table.name(of: $0) } }
    #expect(selected() == "test_cold_start_budget")
    driver.press(.character("4"), .character("j"), .character("j"), .character("j"), .enter)
    #expect(selected() == "test_feature[3]")
    #expect(driver.state.screens.triage.query.scope == .all)
  }

  @Test func foldsLongSectionsUntilTheyAreOpened() {
    var driver = runs()
    let count = driver.state.screens.runs.difference?.count
    #expect(count == 6 + 7)
    driver.press(.tab)
    for _ in 0..<8 { driver.press(.character("j")) }
    #expect(driver.screen.contains { $0.contains(">") && $0.contains("▸ added  ×30") })
    driver.press(.enter)
    #expect(driver.state.screens.runs.difference?.count == 6 + 37)
    driver.press(.character("-"))
    #expect(driver.state.screens.runs.difference?.count == 6)
  }

  @Test func saysThatNothingDiffersAndThatTheCommitIsTheSame() {
    var driver = runs()
    driver.press(.character("G"), .character("k"), .character("k"), .character("k"), .character("k"))
    for _ in 0..<4 { driver.press(.character("k")) }
    #expect(pairs(driver).contains(RunPair(before: 4, after: 5)))
    driver.press(.character("G"))
    #expect(driver.screen.contains { $0.contains("4124 is the first run here") })
  }

  @Test func copiesTheRunTheCommitAndTheDifference() {
    var driver = runs()
    driver.press(.character("y"), .character("y"), .character("y"), .character("c"), .character("y"), .character("t"))
    let copied = driver.effects.compactMap { if case .copy(let text, _) = $0 { text } else { nil } }
    #expect(copied[0] == "4136")
    #expect(copied[1] == "1acabed881503eca1b175955d60e1c12df751bfb")
    #expect(copied[2].hasPrefix("4135 1acabed Restore the round trip → 4136 1acabed Restore the round trip\nnewly"))
    #expect(copied[2].contains("still failing ×2\n  tests/unit/test_scoring.py::test_scores_golden\n"))
    driver.press(.tab, .character("j"), .character("y"), .character("y"))
    let last = driver.effects.last
    #expect(last == .copy(text: "tests/unit/test_handler.py::test_cold_start_budget", what: "test id"))
  }

  @Test func textFromOutsideCannotReachTheTerminal() {
    let driver = runs()
    #expect(!driver.screen.joined().contains("\u{1B}"))
  }

  @Test func theMouseSelectsAndOpens() {
    var driver = runs()
    let list = driver.state.screens.runs.listArea
    driver.send(.terminal(.mouse(MouseEvent(.press, at: Point(x: 9, y: list.y + 3)))))
    #expect(driver.state.screens.runs.cursor.index == 3)
    driver.send(.terminal(.mouse(MouseEvent(.doublePress, at: Point(x: 9, y: list.y)))))
    #expect(driver.state.screen == .triage)
  }

  /// Ten thousand runs: what is drawn are the rows that are seen, with the columns as wide as the list needs.
  @Test func manyRunsAreAListLikeAnyOther() {
    let records = (0..<10_000).map { number in
      var run = RunRecord(
        key: RunKey(token: Int64(10_000 - number)), identity: RunIdentity(source: "ci", id: "\(20_000 - number)"))
      run.counts[.failed] = number % 7
      run.counts[.passed] = 100
      return run
    }
    var driver = runs(records)
    driver.press(.character("G"))
    #expect(driver.state.screens.runs.selected?.identity.id == "10001")
    #expect(driver.screen.contains { $0.contains("10001") })
  }
}
