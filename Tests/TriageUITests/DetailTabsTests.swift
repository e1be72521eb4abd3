import TerminalKit
import ItemQueries
import TestSupport
import Testing
import TriageMessages
import TriageModel
import TriageStyle

@testable import TriageUI

@Suite struct DetailTabsTests {
  private func run(_ id: String = "2", output: String = "", outcome: Outcome = .failed) -> Run {
    var fixture = RunFixture(id: id)
    fixture.add("test_a", outcome, message: outcome.isFailing ? "boom" : "", output: output)
    fixture.add("test_b", .failed, message: "bang")
    return fixture.run()
  }

  private func turned(to tab: TriageScreen.Tab, _ driver: Driver) -> Driver {
    var driver = driver
    // One group, so that rows are easy to count.
    driver.state.screens.triage.query.grouping = .suite
    for _ in TriageScreen.Tab.allCases where driver.state.screens.triage.shownTab != tab {
      driver.press(.character("l"))
    }
    return driver
  }

  @Test func theHistoryIsThatOfTheWindow() {
    var driver = turned(to: .history, Driver([run()]))
    #expect(driver.state.screens.triage.wanted?.subject == .history(TestIndex(0), .days(90)))
    driver.press(.character("W"))
    #expect(driver.state.screens.triage.wanted?.subject == .history(TestIndex(0), .days(180)))
    #expect(driver.screen.contains { $0.contains("[History]") })
  }

  @Test func compareIsThereWhereThereIsSomethingToCompare() {
    let driver = Driver([run()])
    #expect(driver.state.screens.triage.tabs.contains(.compare))
    var silent = Driver([run(outcome: .passed)])
    silent.press(.character("A"), .character("G"))
    let test = silent.state.screens.triage.selectedTest
    #expect(test == TestIndex(0) && !silent.state.screens.triage.tabs.contains(.compare))
    var printing = Driver([run(output: "x\n", outcome: .passed)])
    printing.press(.character("A"), .character("G"))
    #expect(printing.state.screens.triage.tabs.contains(.compare))
  }

  @Test func aTabThatTheNextTestLacksGivesWay() {
    var driver = turned(to: .compare, Driver([run(outcome: .passed)]))
    driver.press(.character("A"), .character("G"))
    #expect(driver.state.screens.triage.shownTab == .message)
    driver.press(.character("g"), .character("j"))
    #expect(driver.state.screens.triage.shownTab == .compare)
  }

  @Test func whatTheHistorySaysLaterIsAskedForAgain() {
    var driver = turned(to: .history, Driver([run()]))
    let before = driver.state.screens.triage.wanted
    driver.state.screens.triage.judged()
    #expect(driver.state.screens.triage.wanted == nil && before != nil)
  }

  @Test func aLineOfTheHistoryLeadsToTheSameTestInItsRun() throws {
    var driver = turned(to: .history, Driver([run("2"), run("1")]))
    driver.press(.character("j"))
    let selected = driver.state.screens.triage.selectedTest
    let request = try #require(driver.state.screens.triage.wanted)
    let identity = RunIdentity(source: "example", id: "1")
    driver.send(.document(Document(request: request, lines: [Line("run 1")], links: [0: .run(identity)])))
    driver.press(.tab, .enter)
    #expect(driver.state.context.run == 1)
    #expect(driver.state.screens.triage.selectedTest == selected && driver.state.screens.triage.shownTab == .history)
  }

  @Test func allTabsFitANarrowPane() {
    let driver = Driver([run()], goldens: SampleGoldens.changes, width: 60, height: 24)
    let row = driver.screen.first { $0.contains("Stack") } ?? ""
    #expect(row.contains("Files"), "\(row)")
  }
}
