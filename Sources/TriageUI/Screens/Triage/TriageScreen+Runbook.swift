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
        "start-runbook", [.character("B")], "start a runbook for the failure, from a template",
        unless: { model, _ in model.selectedTest == nil ? "no test is chosen" : nil },
        run: { model, context in model.mark(.start, context) }),
      ScreenKey(
        "tick", [.character(" ")], "tick a step of the runbook, or take its tick away",
        unless: { model, _ in model.step == nil ? "no step of a runbook is on this line" : nil },
        run: { model, context in model.mark(model.step, context) }),
      ScreenKey(
        "helped", [.character("H")], "this runbook helped",
        unless: { model, _ in model.document?.page == nil ? "no runbook is shown: b opens it" : nil },
        run: { model, context in model.mark(model.document?.page.map { .helped(page: $0) }, context) }),
      ScreenKey(
        "next-link", [.character("}")], "the next link in the text", unless: { $0.refusalOfLinks($1) },
        run: { model, _ in model.goToLink(1) }),
      ScreenKey(
        "previous-link", [.character("{")], "the previous one", unless: { $0.refusalOfLinks($1) },
        run: { model, _ in model.goToLink(-1) }),
    ]
  }

  static var runbookKeys: KeyTable<Command> { KeyTable("Runbook", ownKeys.map(\.binding)) }

  /// The step of a runbook on the line under the cursor.
  private var step: RunbookMark? { document?.steps[pane.line] }

  private func mark(_ mark: RunbookMark?, _ context: AppContext) -> [Reaction] {
    guard let mark, let selectedTest else { return [] }
    return [.ask(.mark(context.ref, selectedTest, mark))]
  }

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
