import TerminalKit
import ItemQueries
import Testing
import TriageActions
import TriageMessages
import TriageModel

@testable import TriageUI

@Suite struct CauseDecisionTests {
  @Test func mergesTheMarkedTestsCausesOnlyAfterTheirNameAndY() {
    var driver = Driver([SampleRun.make()])
    driver.press(.character("c"))
    #expect(driver.state.overlay == nil)
    #expect(driver.state.notice?.text.contains("mark tests") == true)
    driver.press(.character("g"), .character(" "), .character(" "), .character("c"))
    guard let cause = driver.cause else { return #expect(Bool(false), "nothing was asked") }
    #expect(cause.titles == ["no module named onnx", "regression values differ: 31 of 40"])
    // The offered name gives way to another, and Enter alone decides nothing.
    driver.press(.control("u"), .enter)
    #expect(driver.screen.last?.contains("name of the cause") == true)
    driver.type("y is no")
    driver.press(.enter)
    #expect(!driver.effects.contains { if case .decideCauses = $0 { true } else { false } })
    driver.press(.enter, .character("y"))
    guard case .decideCauses(let decision) = driver.effects.last else { return #expect(Bool(false), "not decided") }
    #expect(decision.words == "y is no" && decision.action == MergeCauses.description && decision.tests.count == 2)
    #expect(driver.state.overlay == nil && driver.state.screens.triage.marks.isEmpty)
  }

  /// Goldens that broke in one run are one cause whose failures say different things: marking one of them means all.
  @Test func decidesOfCausesAsTheyStandOnTheScreen() throws {
    var driver = Driver([SampleRun.make()], causes: ["test_scores_golden", "test_scores_npz_golden"])
    let arrangement = driver.state.screens.triage.rows.arrangement
    let shared = try #require(arrangement.groups.first { $0.range.count == 2 })
    let other = try #require(arrangement.groups.first { $0.range.count == 1 })
    let members = Array(arrangement.tests[shared.range])
    driver.state.screens.triage.marks = [members[1], arrangement.tests[other.range.lowerBound]]
    let all = Set(members + arrangement.tests[other.range])
    #expect(try Set(driver.causes(MergeCauses()).decision.tests) == all)
    driver.state.screens.triage.select(members[1], in: try #require(driver.state.context.runs.runs.first))
    #expect(
      try driver.causes(SplitCause()).decision.tests == [
        members[1], members[0],
      ])
  }

  @Test func splitsTheFailureUnderTheCursor() {
    var driver = Driver([SampleRun.make()], causes: ["test_scores_golden", "test_scores_npz_golden"])
    driver.press(.character("G"), .character("-"), .character("g"), .character("C"))
    #expect(driver.state.notice?.text.contains("choose the test") == true)
    driver.press(.character("-"), .character("/"))
    driver.type("npz")
    // A filter that shows one test of a cause does not make it the cause's only one.
    driver.press(.enter, .character("g"), .character("]"), .character("C"))
    driver.type("another file")
    driver.press(.enter, .escape)
    #expect(driver.state.overlay == nil)
    #expect(!driver.effects.contains { if case .decideCauses = $0 { true } else { false } })
    driver.press(.character("C"))
    driver.type("another file")
    driver.press(.enter, .character("y"))
    guard case .decideCauses(let decision) = driver.effects.last else { return #expect(Bool(false), "not decided") }
    #expect(decision.words == "another file" && decision.action == SplitCause.description && decision.tests.count == 1)
  }

  @Test func mergesNothingThatAFilterHides() {
    var driver = Driver([SampleRun.make()])
    driver.press(.character("*"), .character("/"))
    driver.type("unit")
    driver.press(.enter, .character("c"))
    guard let cause = driver.cause else { return #expect(Bool(false), "nothing was asked") }
    let run = SampleRun.make()
    #expect(!cause.decision.tests.contains { run.table.id(of: $0).contains("onnx") })
  }

  @Test func asksAgainWhenRulesHaveChanged() {
    var driver = Driver([SampleRun.make()])
    let before = driver.state.screens.triage.asked?.generation ?? 0
    driver.send(.causesChanged)
    #expect(driver.state.screens.triage.asked?.generation == before + 1)
  }

  @Test(arguments: [(80, 24), (120, 40)])
  func showsWhatAMergeWouldDo(width: Int, height: Int) throws {
    var driver = Driver([SampleRun.make()], width: width, height: height)
    driver.press(.character("g"), .character(" "), .character(" "), .character("c"), .enter)
    try driver.check("causes-merge")
  }
}

extension Driver {
  /// The decision on causes that is on its way.
  fileprivate var cause: CausePanel? { (state.overlay as? ActionPanel)?.action as? CausePanel }

  /// The decision that an action on the chosen tests would open.
  fileprivate func causes(_ action: any CauseAction) throws -> CausePanel {
    try #require(state.screens.triage.causePanel(action, state.context).action as? CausePanel)
  }
}
