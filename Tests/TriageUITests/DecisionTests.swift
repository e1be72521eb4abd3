import Goldens
import TerminalKit
import Testing
import TriageActions
import TriageMessages
import TriageModel

@testable import TriageUI

@Suite struct DecisionTests {
  private func driver(_ changes: [GoldenChange] = SampleGoldens.changes) -> Driver {
    var driver = Driver([SampleRun.make()], goldens: changes)
    driver.press(.character("2"))
    return driver
  }

  private func few() -> Driver {
    driver([SampleGoldens.change("tests/x.csv", "csv", Drift(.real, ""), changed: 1, total: 2)])
  }

  private var decided: (Effect) -> Bool { { if case .decide = $0 { true } else { false } } }

  @Test func asksTheReasonThenShowsWhatItWouldDoAndDecidesOnYAlone() throws {
    var driver = few()
    driver.press(.character("a"), .enter)
    #expect(driver.screen.contains { $0.contains("a decision needs its reason") })
    driver.type("it is meant")
    driver.press(.enter, .enter, .character("a"), .character(" "))
    #expect(!driver.effects.contains(where: decided))
    #expect(driver.screen.contains { $0.contains("1 file would be written") })
    driver.press(.character("y"))
    guard case .decide(let request) = driver.effects.last else {
      Issue.record("nothing was decided")
      return
    }
    #expect(request.reason == "it is meant")
    #expect(request.reviewed == [request.locations[0]: SampleGoldens.hash("tests/x.csvactual")])
    #expect(request.displayed == Set(request.locations))
  }

  @Test func typingReplacesTheLastReasonThatIsOffered() throws {
    for isPasted in [false, true] {
      var driver = few()
      driver.press(.character("a"))
      driver.type("the first")
      driver.press(.enter, .character("y"))
      guard case .decide(let first) = driver.effects.last else { return #expect(Bool(false)) }
      driver.send(.decided(DecisionOutcome(request: first, done: [], held: [])))
      driver.press(.character("a"))
      #expect(driver.screen.contains { $0.contains("reason: the first") })
      if isPasted { driver.send(.terminal(.paste("another"))) } else { driver.type("another") }
      driver.press(.enter, .character("y"))
      guard case .decide(let request) = driver.effects.last else {
        Issue.record("nothing was decided")
        return
      }
      #expect(request.reason == "another")
    }
  }

  @Test func neverDecidesByEscapeOrPaste() {
    var driver = few()
    driver.press(.character("a"))
    driver.send(.terminal(.paste("meant\ny")))
    driver.press(.enter)
    driver.send(.terminal(.paste("y")))
    driver.press(.escape, .character("y"))
    #expect(!driver.effects.contains(where: decided))
    guard let menu = driver.state.overlay as? Menu<Command>, menu.title == "Copy" else {
      Issue.record("y is the copy menu's again")
      return
    }
  }

  @Test func wantsTheCountOfMoreThanTenFilesTyped() {
    var driver = driver()
    driver.press(.character("*"), .character("a"))
    driver.type("noise")
    driver.press(.enter, .character("y"))
    #expect(!driver.effects.contains(where: decided))
    driver.type("41")
    driver.press(.character("y"))
    #expect(!driver.effects.contains(where: decided))
    driver.press(.backspace)
    driver.type("2")
    driver.press(.character("y"))
    #expect(driver.effects.contains(where: decided))
  }

  @Test func saysThatOutliersWereNotLookedAt() {
    var driver = driver()
    driver.press(.character("*"), .character("a"))
    driver.type("noise")
    driver.press(.enter)
    #expect(driver.screen.contains { $0.contains("of these stand out in their group") })
    driver = few()
    driver.press(.character("a"))
    driver.type("noise")
    driver.press(.enter)
    #expect(!driver.screen.contains { $0.contains("stand out") })
  }

  @Test func takesInWhatIsHeldBackOnlyByItsName() {
    var driver = driver()
    driver.press(.character("*"), .character("a"))
    driver.type("noise")
    driver.press(.enter, .character("n"))
    guard let panel = driver.state.overlay as? ActionPanel, panel.stage == .confirm,
      let preview = (panel.action as? GoldenDecision)?.prepared
    else {
      Issue.record("no confirmation is shown")
      return
    }
    #expect(preview.request.named == [.nanBorn])
    #expect(preview.locations.contains { $0.fileName == "test_nan.npy" })
    #expect(!preview.locations.contains { $0.fileName == "test_table.json" }, "a stale one never yields")
  }

  @Test func takesATicketBehindTheReasonOrFromItsField() {
    #expect(GoldenDecision.split("clip is meant ABC-123") == ("clip is meant", "ABC-123"))
    #expect(GoldenDecision.split("clip is meant #7") == ("clip is meant", "#7"))
    #expect(GoldenDecision.split("a well-known limit") == ("a well-known limit", nil))
    #expect(GoldenDecision.split("ABC-123") == ("ABC-123", nil))
    var driver = few()
    driver.press(.character("x"))
    driver.type("no")
    driver.press(.tab)
    driver.type("X1-9")
    driver.press(.enter, .character("y"))
    guard case .decide(let request) = driver.effects.last else {
      Issue.record("nothing was decided")
      return
    }
    #expect(request.action == Reject.description)
    #expect(request.ticket == "X1-9")
  }

  @Test func offersTheReasonOfTheLastDecisionAndNotOneThatWasOnlyTyped() {
    var driver = few()
    driver.press(.character("a"))
    driver.type("meant #7")
    driver.press(.enter, .escape, .character("x"))
    #expect(driver.screen.last == " reason:")
    driver.type("wanted")
    driver.press(.enter, .character("y"))
    guard case .decide(let request) = driver.effects.last else { return #expect(Bool(false)) }
    driver.send(.decided(DecisionOutcome(request: request, done: request.locations, held: [])))
    driver.press(.character("x"))
    #expect(driver.screen.last == " reason: wanted")
  }

  @Test func closesABulkDecisionWithWhatWasDoneWhatIsLeftAndTheCommands() {
    var driver = driver(
      ["a", "b", "c"].map { SampleGoldens.change("tests/\($0).csv", "csv", Drift(.real, ""), changed: 1, total: 2) })
    driver.press(.character("*"), .character("a"))
    driver.type("x")
    driver.press(.enter, .character("y"))
    guard case .decide(let request) = driver.effects.last else { return #expect(Bool(false)) }
    let done = Array(request.locations.dropLast())
    driver.send(.decided(DecisionOutcome(request: request, done: done, held: [])))
    let screen = driver.screen.joined(separator: "\n")
    #expect(screen.contains("approved \(done.count) goldens · 1 left to decide"))
    #expect(screen.contains("run    pytest ") && screen.contains("see    git diff"))
    driver.press(.character("y"))
    guard case .copy(let text, "command") = driver.effects.last else { return #expect(Bool(false)) }
    #expect(text.hasPrefix("pytest tests/"))
    #expect(driver.state.overlay == nil)
  }

  @Test func showsARefusalAndTakesNoY() throws {
    var driver = few()
    driver.refusal = "nothing is written when CI is set"
    driver.press(.character("a"))
    driver.type("x")
    driver.press(.enter, .character("y"))
    #expect(driver.screen.contains { $0.contains("nothing is written when CI is set") })
    #expect(!driver.effects.contains(where: decided))
  }

  @Test func saysWhatBecameOfIt() throws {
    var driver = few()
    driver.press(.character("a"))
    driver.type("x")
    driver.press(.enter, .character("y"))
    guard case .decide(let request) = driver.effects.last else { return }
    driver.send(.decided(DecisionOutcome(request: request, done: request.locations, held: [])))
    #expect(driver.state.overlay == nil)
    #expect(driver.state.notice?.text == "approved 1 golden · none left to decide; u undoes it")
  }

  @Test func undoesOnlyWhatWasShown() {
    var driver = few()
    driver.press(.character("u"))
    #expect(driver.effects.last == .offerUndo(isRedo: false))
    let offer = UndoOffer(entry: 4, isRedo: false, title: "approved 6 goldens", files: ["tests/x.csv"])
    driver.send(.undoOffer(offer))
    driver.press(.enter, .character("u"))
    #expect(driver.effects.last != .undo(offer))
    driver.press(.character("y"))
    #expect(driver.effects.last == .undo(offer))
    driver.press(.control("r"))
    #expect(driver.effects.last == .offerUndo(isRedo: true))
  }

  @Test func triesATolerance() {
    var driver = few()
    driver.press(.character("T"), .character("l"))
    guard case .whatIf(let request) = driver.effects.last else {
      Issue.record("no tolerance was tried")
      return
    }
    #expect(request.tolerance.relative > 0.001)
    driver.press(.character("l"))
    driver.send(.whatIf(WhatIfAnswer(request: request, remaining: 3)))
    #expect(!driver.screen.contains { $0.contains("3 of 14 differences remain") }, "an older answer is dropped")
    guard case .whatIf(let newest) = driver.effects.last else { return }
    driver.send(.whatIf(WhatIfAnswer(request: newest, remaining: 2)))
    #expect(driver.screen.contains { $0.contains("2 of 14 differences remain") })
    driver.press(.escape)
    #expect(driver.state.overlay == nil)
  }
}
