import TerminalKit
import Testing
import TriageMessages
import TriageModel
import TriageStyle

@testable import TriageUI

/// A block of a runbook runs only when it was seen whole and `y` was pressed on it.
@Suite struct ScriptPanelTests {
  private static let place = RunbookScript.Place(page: "runbooks/a.md", number: 2)

  private static func offer(_ text: String) -> ScriptOffer {
    ScriptOffer(
      RunbookScript(place, pageHash: ContentHash(of: "page".utf8), shell: "sh", text: text),
      for: NoteSubject(test: "t", signature: nil, run: "1"))
  }

  /// A runbook is shown, and `!` was pressed on its block.
  private func asked(width: Int = 80) throws -> Driver {
    var driver = Driver([SampleRun.make()], width: width, height: 24)
    driver.press(.character("b"))
    let wanted = try #require(driver.state.screens.triage.wanted)
    var text = DocumentText(lines: (0..<9).map { Line("line \($0)") })
    text.scripts = [3: Self.place, 4: Self.place]
    driver.send(.document(Document(request: wanted, text)))
    driver.press(.character("!"))
    #expect(driver.screen.contains { $0.contains("no block is on this line: } goes to the next") })
    driver.press(.character("}"), .character("!"))
    #expect(
      driver.effects.last
        == .prepareScript(wanted.run, try #require(driver.state.screens.triage.selectedTest), Self.place))
    return driver
  }

  private func accepted(_ driver: Driver) -> [ScriptOffer] {
    driver.effects.compactMap { if case .acceptScript(let offer) = $0 { offer } else { nil } }
  }

  @Test func onlyYOnWhatIsShownRunsIt() throws {
    var driver = try asked()
    driver.press(.character("y"), .enter)
    #expect(accepted(driver).isEmpty)
    let offer = Self.offer("echo one\necho two")
    driver.send(.preparedScript(offer))
    #expect(
      driver.screen.contains { $0.contains("1 │ echo one") } && driver.screen.contains { $0.contains("2 │ echo two") })
    #expect(driver.screen.contains { $0.contains("y also trusts runbooks/a.md as it is now") })
    driver.press(.enter, .character("!"), .character("b"))
    driver.send(.terminal(.paste("y")))
    #expect(accepted(driver).isEmpty)
    driver.press(.character("y"))
    #expect(accepted(driver) == [offer])
    driver.send(.scriptAccepted(offer))
    #expect(driver.effects.last == .runScript(offer) && driver.state.overlays.isEmpty)
  }

  @Test(arguments: [Key.escape, .character("q"), .control("c")])
  func leavingRunsNothing(key: Key) throws {
    var driver = try asked()
    driver.send(.preparedScript(Self.offer("echo one")))
    driver.press(key)
    #expect(accepted(driver).isEmpty && driver.state.overlays.isEmpty)
  }

  /// Long blocks and long lines: what is below the screen is not agreed to.
  @Test(arguments: [
    (0..<60).map { "echo \($0)" }.joined(separator: "\n"), String(repeating: "echo and so on; ", count: 200),
  ])
  func whatWasNotSeenIsNotRun(text: String) throws {
    var driver = try asked()
    driver.send(.preparedScript(Self.offer(text)))
    driver.press(.character("y"))
    #expect(accepted(driver).isEmpty && driver.screen.contains { $0.contains("scroll to its end first") })
    // A jump to the end that leaves the middle out would not do: only pages lead there.
    driver.press(.character("G"), .end, .character("y"))
    #expect(accepted(driver).isEmpty)
    for _ in 0..<8 { driver.press(.pageDown) }
    driver.press(.character("y"))
    #expect(accepted(driver).count == 1)
  }

  @Test func aRefusalIsSaidAndYDoesNothing() throws {
    var driver = try asked()
    var offer = Self.offer("echo \u{202E}x")
    offer.refusal = "could not run it: the block holds characters that cannot be seen"
    driver.send(.preparedScript(offer))
    #expect(
      driver.screen.contains { $0.contains("cannot be seen") } && driver.screen.contains { $0.contains("<U+202E>") })
    driver.press(.character("y"))
    #expect(accepted(driver).isEmpty)
  }

  @Test func aBlockThatIsGoneIsNotWaitedFor() throws {
    var driver = try asked()
    driver.send(.scriptRefused(Self.place, "could not run block 2: it has none"))
    #expect(driver.state.overlays.isEmpty && driver.screen.contains { $0.contains("it has none") })
  }
}
