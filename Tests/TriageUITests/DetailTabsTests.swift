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

  @Test func bOpensTheRunbookAndItsLinksLeadOn() throws {
    var driver = Driver([run()])
    driver.state.screens.triage.query.grouping = .suite
    driver.press(.character("b"))
    let wanted = try #require(driver.state.screens.triage.wanted)
    #expect(wanted.subject == .runbook(TestIndex(0)) && driver.state.screens.triage.focus == .detail)
    var text = DocumentText(
      lines: (0..<9).map { Line("line \($0)") }, links: [2: .page("runbooks/x.md"), 5: .web("https://a.example")])
    text.steps = [3: .tick(page: "runbooks/a.md", text: "step")]
    text.page = "runbooks/a.md"
    driver.send(.document(Document(request: wanted, text)))
    driver.press(.character("}"), .character("}"), .enter)
    #expect(driver.effects.last == .openElsewhere("https://a.example"))
    driver.press(.character("k"), .character("k"), .character(" "))
    #expect(driver.effects.last == .mark(wanted.run, TestIndex(0), .tick(page: "runbooks/a.md", text: "step")))
    driver.press(.character("H"))
    #expect(driver.effects.last == .mark(wanted.run, TestIndex(0), .helped(page: "runbooks/a.md")))
    driver.press(.character("B"))
    #expect(driver.effects.last == .mark(wanted.run, TestIndex(0), .start))
    driver.press(.character("{"), .enter)
    #expect(driver.state.screens.triage.wanted?.subject == .page("runbooks/x.md", TestIndex(0)))
    driver.press(.escape)
    #expect(driver.state.screens.triage.wanted?.subject == .runbook(TestIndex(0)))
    driver.press(.escape, .character("j"))
    #expect(driver.state.screens.triage.wanted?.subject == .runbook(TestIndex(1)))
  }

  @Test func aLinkToAHeadingGoesToItsLine() throws {
    var driver = Driver([run()], width: 80, height: 24)
    driver.press(.character("b"))
    let wanted = try #require(driver.state.screens.triage.wanted)
    let text = DocumentText(lines: (0..<90).map { Line("line \($0)") }, links: [2: .line(70)])
    driver.send(.document(Document(request: wanted, text)))
    driver.press(.character("}"), .enter)
    #expect(driver.state.screens.triage.pane.line == 70 && driver.screen.contains { $0.contains("line 70") })
  }

  @Test func aPageThatIsStartedIsOpenedInTheEditor() {
    var driver = Driver([run()])
    driver.send(.runbookStarted("runbooks/x.md"))
    #expect(driver.effects.contains(.edit(SourceLocation(file: "runbooks/x.md", line: nil))))
  }
}
