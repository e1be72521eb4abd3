import TerminalKit
import TriageMessages
import TriageModel
import TriageStyle

/// The runbook of the chosen test, and the pages it leads to.
extension TriageScreen {
  /// Pages that are kept to go back to.
  private static let mostPages = 100

  static var ownKeys: [ScreenKey<Self>] {
    [
      ScreenKey(
        "runbook", [.character("b")], "the runbook of the failure", hint: "runbook",
        unless: { model, _ in model.selectedTest == nil ? "no test is chosen" : nil },
        run: { model, _ in model.openRunbook() }),
      ScreenKey(
        "next-link", [.character("}")], "the next link in the text", unless: { $0.refusalOfLinks($1) },
        run: { model, _ in model.goToLink(1) }),
      ScreenKey(
        "previous-link", [.character("{")], "the previous one", unless: { $0.refusalOfLinks($1) },
        run: { model, _ in model.goToLink(-1) }),
    ]
  }

  static var runbookKeys: KeyTable<Command> { KeyTable("Runbook", ownKeys.map(\.binding)) }

  /// Turns to the runbook, and lets the keys go there.
  private mutating func openRunbook() -> [Reaction] {
    selectionChanged()
    tab = .runbook
    turnFocus(to: .detail)
    return []
  }

  mutating func openPage(_ path: String) {
    guard openedPages.last != path else { return }
    openedPages.append(path)
    if openedPages.count > Self.mostPages { openedPages.removeFirst() }
  }

  private func refusalOfLinks(_ context: AppContext) -> String? {
    document?.links.isEmpty == false ? nil : "no line of this text leads anywhere"
  }

  /// Goes to the next line that leads somewhere, around the end.
  private mutating func goToLink(_ step: Int) -> [Reaction] {
    guard let document, !document.links.isEmpty else { return [] }
    if focus == .list { turnFocus(to: .detail) }
    let lines = document.links.keys.sorted()
    let next =
      step > 0 ? lines.first { $0 > pane.line } ?? lines[0] : lines.last { $0 < pane.line } ?? lines[lines.count - 1]
    settlePane(at: next)
    return []
  }
}
