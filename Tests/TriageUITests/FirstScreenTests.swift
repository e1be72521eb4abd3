import TerminalKit
import Testing
import TriageMessages
import TriageModel
import TriageStyle

@testable import TriageUI

/// What the first screen says before anything is pressed, and what a row tells.
@Suite struct FirstScreenTests {
  private func driver(
    _ standings: [TestIndex: TestStanding], goldens: [GoldenChange] = [], width: Int = 120, height: Int = 40
  ) -> Driver {
    Driver([SampleRun.make()], goldens: goldens, standings: standings, width: width, height: height)
  }

  private var failing: [TestIndex] { SampleRun.make().table.tests(where: \.isFailing) }

  @Test func theCountsOfTheHeaderAddUpAlsoWhereTheHistoryIsSilent() throws {
    let one = [failing[0]: TestStanding(verdict: Verdict(.new, why: []))]
    let driver = driver(one)
    #expect(driver.state.context.verdictCounts == [.new: 1, .unknown: failing.count - 1])
    #expect(
      driver.state.context.verdictCounts.values.reduce(0, +) == driver.state.context.currentRun?.table.counts.failing)
    for test in failing { #expect(driver.state.context.verdict(of: test) != nil) }
    #expect(driver.screen[1].contains("1 new · \(failing.count - 1) unknown"))
  }

  @Test func withoutAHistoryNothingIsJudged() {
    let driver = driver([:])
    #expect(driver.state.context.verdictCounts.isEmpty)
    #expect(failing.allSatisfy { driver.state.context.verdict(of: $0) == nil })
  }

  @Test(arguments: [(120, 40), (80, 24)]) func tellsWhatTheLettersInSightMean(width: Int, height: Int) {
    let driver = driver(SampleStandings.of(SampleRun.make()), width: width, height: height)
    let screen = driver.screen.joined(separator: "\n")
    for words in ["N new", "B broken", "~ flaky", "F failed", "E errored"] {
      #expect(screen.contains(words), "\(words)")
    }
  }

  @Test func helpTellsAllLetters() {
    var driver = driver([:])
    driver.press(.character("?"))
    let screen = driver.screen.joined(separator: "\n")
    for label in Verdict.Label.allCases where label != .passing {
      #expect(screen.contains("\(label.letter) \(label.rawValue)"), "\(label)")
    }
    for outcome in Outcome.allCases { #expect(screen.contains("\(outcome.letter) \(outcome.words)"), "\(outcome)") }
  }

  @Test func theFooterShowsNoKeyThatDoesNothingHere() throws {
    var driver = driver([:])
    #expect(driver.screen.last?.contains("runs") == false, "one run is open: there is none to choose")
    driver.state.context.options.isReadOnly = true
    #expect(driver.screen.last?.contains("undo") == false)
  }

  @Test func aRowShowsWhatWasDecidedOnItsGolden() throws {
    var change = SampleGoldens.changes[0]
    change.testIndex = failing[0]
    change.state = .rejected
    var open = SampleGoldens.changes[1]
    open.testIndex = failing[1]
    open.state = .pending
    let driver = driver([:], goldens: [change, open])
    let rows = driver.screen
    let name = SampleRun.make().table.name(of: failing[0])
    #expect(rows.contains { $0.contains(name) && $0.contains("✗ rejected") })
    #expect(rows[1].contains("1 rejected 1 to decide"))
  }

  @Test func entersTheCommitAndComesBack() throws {
    var driver = driver([:])
    let request = try #require(driver.state.screens.triage.wanted)
    let commit = CommitLink(hash: "194bf4a0c4fbe1e1c9b5bd8c7bb3ab55a4b1e3aa", touches: ["a.py"])
    driver.send(.document(Document(request: request, lines: [Line("x")], links: [0: .commit(commit)])))
    driver.state.screens.triage.document = Document(request: request, lines: [Line("x")], links: [0: .commit(commit)])
    driver.press(.enter, .enter)
    #expect(driver.state.screens.triage.wanted?.subject == .commit(commit))
    driver.press(.escape)
    #expect(driver.state.screens.triage.wanted?.subject == request.subject)
  }

  @Test func copiesTheHandOver() throws {
    var driver = driver([:])
    let request = try #require(driver.state.screens.triage.wanted)
    var document = Document(request: request, lines: [Line("x")])
    document.handover = "**test** failed"
    driver.state.screens.triage.document = document
    driver.press(.character("y"), .character("h"))
    #expect(driver.effects.last == .copy(text: "**test** failed", what: "hand-over"))
  }

  @Test func theCursorForReadersStandsOnTheRowThatKeysActOn() throws {
    var driver = driver([:], width: 80, height: 24)
    for keys in ["", "j", "j", "G"] {
      driver.type(keys)
      let grid = App.draw(driver.state)
      let focus = try #require(grid.focus)
      #expect(grid.lines[focus.y].hasPrefix(">"))
      #expect(grid.cursor == nil)
    }
    driver.press(.tab)
    let pane = App.draw(driver.state)
    #expect(pane.focus.map { driver.state.screens.triage.textArea.contains($0) } == true)
    driver.press(.tab, .character("s"))
    let menu = App.draw(driver.state)
    #expect(menu.focus.map { menu.lines[$0.y].contains("> ") } == true)
  }
}
