import Goldens
import TerminalKit
import ItemQueries
import Testing
import TriageActions
import TriageMessages
import TriageModel

@testable import TriageUI

@Suite struct GoldensUpdateTests {
  private func goldens(_ changes: [GoldenChange] = SampleGoldens.changes) -> Driver {
    var driver = Driver([SampleRun.make()], goldens: changes)
    driver.press(.character("2"))
    return driver
  }

  @Test func asksForTheGoldensOfARunOnceItIsRead() {
    var state = AppState(size: Size(width: 120, height: 40))
    let partial = App.update(&state, .runs(RunSet(revision: 1, runs: [SampleRun.make()], isComplete: false)))
    #expect(!partial.contains(.findGoldens(RunRef(0, revision: 1))))
    let whole = App.update(&state, .runs(RunSet(revision: 2, runs: [SampleRun.make()], isComplete: true)))
    #expect(whole.contains(.findGoldens(RunRef(0, revision: 2))))
    #expect(!App.update(&state, .terminal(.key(.character("j")))).contains(.findGoldens(RunRef(0, revision: 2))))
  }

  @Test func countsThoseToDecideInTheHeaderAndDropsOlderAnswers() {
    var driver = goldens()
    #expect(driver.screen[0].contains("[2 Goldens] 45"))
    driver.send(.goldens(SampleGoldens.list([], run: RunRef(0, revision: 0))))
    #expect(driver.screen[0].contains("[2 Goldens] 45"))
    driver.send(.goldens(SampleGoldens.list([])))
    #expect(driver.screen[0].contains("[2 Goldens] 3"))
  }

  @Test func groupsByDriftWithTheWorstFirstAndTheCalmLast() {
    let titles = goldens().state.screens.goldens.rows.groups.map(\.title)
    #expect(titles == ["NaN born", "real change", "clipped to bounds", "float noise"].map(known))
  }

  /// Titles are the model's own words.
  private func known(_ title: String) -> String {
    let kinds: [String: Drift.Kind] = [
      "NaN born": .nanBorn, "real change": .real, "clipped to bounds": .clipping, "float noise": .noise,
    ]
    return kinds[title]?.title ?? title
  }

  @Test func showsTheLargestFirstAndTheCalmRestAsOneLine() {
    var driver = goldens()
    let noise = driver.state.screens.goldens.rows.groups[3]
    #expect(noise.indices.first.map { driver.state.screens.goldens.changes[$0].location.fileName } == "layer_17.npy")
    #expect(noise.notable == 1)
    #expect(driver.screen.contains { $0.contains("⋯ 39 more like these") })
    driver.press(.character("G"), .enter)
    #expect(driver.state.screens.goldens.rows.count == 4 + 45)
  }

  @Test(arguments: [
    ("drift:noise", 40), ("drift:noise layer_3", 11), ("state:stale", 1), ("kind:csv", 1), ("!kind:npy", 4),
    ("recovery:partial", 1), ("test:scoring !drift:noise !kind:npy", 4), ("nothing-like-this", 0),
  ])
  func filters(text: String, count: Int) {
    var driver = goldens()
    driver.press(.character("/"))
    driver.type(text)
    driver.press(.enter)
    #expect(driver.state.screens.goldens.rows.changes.count == count)
  }

  @Test func saysWhichFieldsThereAreWhenOneIsUnknown() {
    var driver = goldens()
    driver.press(.character("/"))
    driver.type("drfit:noise")
    #expect(driver.state.screens.goldens.filterProblem?.contains("did you mean drift:") == true)
    #expect(App.draw(driver.state).lines[1].contains("filter not understood"))
    // It is not taken, and selects nothing: what is marked and approved then was not asked for.
    driver.press(.enter)
    #expect(driver.state.screens.goldens.prompt != nil)
    #expect(driver.state.screens.goldens.rows.changes.isEmpty)
    driver.press(.escape)
    #expect(driver.state.screens.goldens.rows.changes.count == 45)
  }

  @Test func hidesDecidedOnesUntilAskedForAll() {
    var changes = SampleGoldens.changes
    for place in changes.indices where changes[place].kind != "csv" { changes[place].state = .approved }
    var driver = goldens(changes)
    #expect(driver.state.screens.goldens.rows.changes.count == 1)
    driver.press(.character("A"))
    #expect(driver.state.screens.goldens.rows.changes.count == 45)
  }

  @Test func staysOnAGoldenWhenTheListIsMadeAnew() {
    var driver = goldens()
    driver.press(.character("]"), .character("]"))
    let chosen = driver.state.screens.goldens.selected?.location
    var changes = SampleGoldens.changes
    changes.removeAll { $0.kind == "npy" }
    driver.send(.goldens(SampleGoldens.list(changes)))
    #expect(driver.state.screens.goldens.selected?.location == chosen)
  }

  @Test func goesOnToTheNextGoldenWhenOneWasDecided() {
    var changes = Array(SampleGoldens.changes.filter { $0.kind != "npy" })
    var driver = goldens(changes)
    driver.press(.character("]"), .character("]"))
    guard let decided = driver.state.screens.goldens.selected?.location else { return }
    let row = driver.state.screens.goldens.cursor.index
    let next = driver.state.screens.goldens.rows.change(at: row + 1).map {
      driver.state.screens.goldens.changes[$0].location
    }
    let request = DecisionRequest(
      run: RunRef(0, revision: 1), action: Approve.description, places: [decided], reviewed: [:], displayed: [])
    driver.send(.decided(DecisionOutcome(request: request, done: [decided], held: [])))
    for place in changes.indices {
      if changes[place].location == decided { changes[place].state = .approved }
      // They are compared anew, and stand in another order until then.
      changes[place].drift = nil
      changes[place].summary = nil
    }
    driver.send(.goldens(SampleGoldens.list(changes)))
    #expect(driver.state.screens.goldens.selected?.location == next)
  }

  @Test func remembersWhatWasOnTheScreen() {
    var driver = goldens()
    let seen = driver.state.screens.goldens.changes.filter { driver.state.context.pair.wasDisplayed($0) }.map(
      \.location.fileName)
    #expect(seen == ["test_nan.npy"])
    driver.press(.character("]"))
    #expect(driver.state.context.pair.displayed.count == 2)
    var changed = SampleGoldens.changes
    for place in changed.indices { changed[place].actualHash = SampleGoldens.hash("other") }
    driver.send(.goldens(SampleGoldens.list(changed)))
    let again = changed.filter { driver.state.context.pair.wasDisplayed($0) }
    #expect(again.count <= 1, "another actual has to be looked at anew")
  }

  @Test func goesFromTheGoldenTabToTheGoldensScreen() {
    let run = SampleRun.make(only: "test_scores_golden")
    var change = SampleGoldens.change("tests/x.txt", "txt", Drift(.real, ""), changed: 1, total: 2)
    change.testIndex = run.table.tests(where: \.needsAttention).first
    var driver = Driver([run], goldens: SampleGoldens.changes + [change])
    driver.press(.character("l"), .character("l"), .character("l"), .character("l"))
    #expect(driver.state.screens.triage.shownTab == .golden)
    driver.press(.character("2"))
    #expect(driver.state.screens.goldens.selected?.location.path == "tests/x.txt")
  }

  @Test func hasNoGoldenTabForATestWithoutGoldens() {
    let driver = Driver([SampleRun.make()], goldens: SampleGoldens.changes)
    #expect(driver.state.screens.triage.tabs == [.message, .stack, .output, .compare, .history, .runbook, .files])
  }

  @Test func showsTheThreeSidesOfAStaleGolden() {
    let stale = SampleGoldens.change("tests/x.txt", "txt", Drift(.real, ""), changed: 1, total: 2, state: .stale)
    var driver = goldens([stale])
    driver.press(.character("S"))
    #expect(driver.state.context.pair.wanted?.sides == .currentActual)
    #expect(driver.screen.contains { $0.contains("- golden now \(SampleGoldens.hash("tests/x.txtnow").short)") })
    driver.press(.character("a"))
    #expect(driver.state.overlay == nil)
    #expect(driver.state.notice?.text.hasPrefix("stale") == true)
  }

  @Test func copiesAPatch() {
    var driver = goldens([SampleGoldens.change("tests/x.txt", "txt", Drift(.real, ""), changed: 1, total: 2)])
    driver.press(.character("y"), .character("d"))
    guard case .copy(let text, "patch") = driver.effects.last else {
      Issue.record("no patch was copied")
      return
    }
    #expect(text.hasPrefix("--- a/tests/x.txt\n+++ b/tests/x.txt\n@@ -198,7 +198,7 @@\n line 198"))
    #expect(text.contains("\n-line 201 = 25.125\n+line 201 = 25.25  \n"))
    #expect(text.contains("\n@@ -208,6 +208,7 @@\n"))
    #expect(text.contains("\n@@ -397,7 +398,6 @@\n"))
  }

  @Test func showsNamesThatTryToActOnTheTerminalAsTheyAre() {
    let bad = "x\u{1B}[2J\r\u{9B}1m\u{202E}\u{7}"
    var change = SampleGoldens.change(bad, bad, Drift(.real, bad), changed: 1, total: 2, relative: 1)
    change.test = bad
    change.warnings = [bad, bad]
    var driver = goldens([change])
    var screens = [driver.screen]
    driver.press(.character("s"), .character("j"), .character("j"), .enter)
    screens.append(driver.screen)
    driver.press(.character("a"))
    driver.type("because")
    screens.append(driver.screen)
    driver.press(.enter)
    screens.append(driver.screen)
    driver.press(.escape)
    driver.send(.undoOffer(UndoOffer(entry: 1, isRedo: false, title: bad, files: [bad])))
    screens.append(driver.screen)
    #expect(driver.screen.contains { $0.contains("Undo") })
    for scalar in screens.flatMap(\.self).joined().unicodeScalars {
      #expect(scalar.properties.generalCategory != .control && scalar != "\u{202E}", "\(scalar.value)")
    }
  }
}
