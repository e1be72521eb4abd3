import TerminalKit
import TestQueries
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

  private func turned(to tab: TriageState.Tab, _ driver: Driver) -> Driver {
    var driver = driver
    // One group, so that rows are easy to count.
    driver.state.triage.query.grouping = .suite
    for _ in TriageState.Tab.allCases where driver.state.triage.shownTab != tab { driver.press(.character("l")) }
    return driver
  }

  @Test func theHistoryIsThatOfTheWindow() {
    var driver = turned(to: .history, Driver([run()]))
    #expect(driver.state.triage.wanted?.subject == .history(TestIndex(0), .days(90)))
    driver.press(.character("W"))
    #expect(driver.state.triage.wanted?.subject == .history(TestIndex(0), .days(180)))
    #expect(driver.screen.contains { $0.contains("[History]") })
  }

  @Test func compareIsThereWhereThereIsSomethingToCompare() {
    let driver = Driver([run()])
    #expect(driver.state.triage.tabs.contains(.compare))
    var silent = Driver([run(outcome: .passed)])
    silent.press(.character("A"), .character("G"))
    let test = silent.state.triage.selectedTest
    #expect(test == TestIndex(0) && !silent.state.triage.tabs.contains(.compare))
    var printing = Driver([run(output: "x\n", outcome: .passed)])
    printing.press(.character("A"), .character("G"))
    #expect(printing.state.triage.tabs.contains(.compare))
  }

  @Test func aTabThatTheNextTestLacksGivesWay() {
    var driver = turned(to: .compare, Driver([run(outcome: .passed)]))
    driver.press(.character("A"), .character("G"))
    #expect(driver.state.triage.shownTab == .message)
    driver.press(.character("g"), .character("j"))
    #expect(driver.state.triage.shownTab == .compare)
  }

  @Test func whatTheHistorySaysLaterIsAskedForAgain() {
    var driver = turned(to: .history, Driver([run()]))
    let before = driver.state.triage.wanted
    driver.state.triage.judged()
    #expect(driver.state.triage.wanted == nil && before != nil)
  }

  @Test func aLineOfTheHistoryLeadsToTheSameTestInItsRun() throws {
    var driver = turned(to: .history, Driver([run("2"), run("1")]))
    driver.press(.character("j"))
    let selected = driver.state.triage.selectedTest
    let request = try #require(driver.state.triage.wanted)
    let identity = RunIdentity(source: "example", id: "1")
    driver.send(.document(Document(request: request, lines: [Line("run 1")], links: [0: .run(identity)])))
    driver.press(.tab, .enter)
    #expect(driver.state.run == 1)
    #expect(driver.state.triage.selectedTest == selected && driver.state.triage.shownTab == .history)
  }

  @Test func allTabsFitANarrowPane() {
    let driver = Driver([run()], goldens: SampleGoldens.changes, width: 60, height: 24)
    let row = driver.screen.first { $0.contains("Stack") } ?? ""
    #expect(row.contains("Files"), "\(row)")
  }
}
