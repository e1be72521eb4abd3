import TerminalKit
import Testing
import TriageActions
import TriageMessages
import TriageModel

@testable import TriageUI

/// What cannot be done now says why, changes nothing, and is not offered.
@Suite struct ReasonTests {
  private func driver(_ screen: String) -> Driver {
    var driver = Driver(
      [SampleRun.make()], goldens: SampleGoldens.changes, records: SampleHistory.records, flakes: SampleFlakes.rows)
    driver.type(screen)
    return driver
  }

  @Test(arguments: [
    ("1", "c", "mark tests of the causes that are one"), ("1", "T", "no numbers differ here"),
    ("2", "c", "in Triage while it is grouped by cause"), ("4", "l", "there are no tabs here"),
    ("4", "o", "there o opens its source"), ("4", "*", "one run is marked as the base"),
  ])
  func aKeyThatCannotBeUsedSaysWhy(screen: String, key: String, reason: String) {
    var driver = driver(screen)
    let before = driver.screen.dropLast()
    driver.type(key)
    let pressed = Key.character(Character(key))
    if driver.state.keyTables.contains(where: { $0.action(for: pressed) != nil }) {
      #expect(driver.state.notice?.text.contains(reason) == true)
      #expect(driver.screen.dropLast() == before)
    }
    // The same from the list of all commands.
    let command = (driver.state.keyTables + Keys.all).lazy.compactMap { $0.action(for: pressed) }.first
    #expect(command.flatMap { driver.state.refusal(of: $0) }?.words.contains(reason) == true)
  }

  @Test(arguments: ["1", "2", "3", "4"]) func theFooterOffersNothingThatIsRefused(screen: String) {
    let driver = driver(screen)
    let foot = driver.screen.last ?? ""
    let refused = driver.state.keyTables.flatMap(\.bindings).filter { driver.state.refusal(of: $0.action) != nil }
    for binding in refused where binding.hint != nil {
      #expect(!foot.contains(" \(binding.keys[0].label) \(binding.hint ?? "")  "), "\(binding.title)")
    }
  }

  @Test func helpSaysWhyALineCannotBeChosen() {
    var driver = driver("4")
    driver.press(.character("?"), .pageDown)
    #expect(driver.screen.contains { $0.contains("not now: there are no tabs here") })
  }

  /// An answer that comes late lays nothing over what a person is busy with, and disturbs nothing below.
  @Test func answersLayNothingOverAnOpenMenu() {
    var driver = driver("2")
    driver.press(.character("?"))
    let offer = UndoOffer(entry: 4, isRedo: false, title: "approved 6 goldens", files: ["tests/x.csv"])
    driver.send(.undoOffer(offer))
    let request = DecisionRequest(
      run: RunRef(0, revision: 1), action: Approve.description, places: [], reviewed: [:], displayed: [],
      reason: "meant")
    let done = SampleGoldens.changes.prefix(3).map(\.location)
    driver.send(.decided(DecisionOutcome(request: request, done: done, held: [])))
    #expect(driver.state.overlays.count == 1)
    #expect(driver.state.overlay is Menu<Command>)
    driver.press(.escape)
    #expect(driver.state.overlay == nil)
  }

  @Test func aListIsBackWhereItWasAfterTheOtherPaneHadTheScreen() {
    var driver = driver("4")
    driver.press(.character("G"))
    let before = driver.screen.dropLast()
    driver.press(.tab, .character("z"), .character("z"), .tab)
    #expect(driver.screen.dropLast() == before)
  }
}
