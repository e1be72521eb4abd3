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
        "ticket", [.control("t")], "make a ticket: its text in the editor, then the configured command",
        unless: { model, _ in model.selectedTest == nil ? "no test is chosen" : nil },
        run: { model, context in
          model.selectedTest.map { [.ask(.composeTicket(context.ref, $0))] } ?? []
        }),
      ScreenKey(
        "tick", [.character(" ")], "tick a step of the runbook, or take its tick away",
        unless: { model, _ in model.step == nil ? "no step of a runbook is on this line" : nil },
        run: { model, context in model.mark(model.step, context) }),
      ScreenKey(
        "helped", [.character("H")], "this runbook helped",
        unless: { model, _ in model.document?.page == nil ? "no runbook is shown: b opens it" : nil },
        run: { model, context in model.mark(model.document?.page.map { .helped(page: $0) }, context) }),
      ScreenKey(
        "run-block", [.character("!")], "run the block of the runbook: shows it first", hint: "run",
        unless: { model, _ in model.refusalOfScript },
        run: { model, context in model.offerScript(context) }),
      ScreenKey(
        "next-link", [.character("}")], "the next link or block in the text", unless: { $0.refusalOfLinks($1) },
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
    stops.isEmpty ? "no line of this text leads anywhere" : nil
  }

  /// The lines that lead somewhere, and the first line of each block that can be run.
  private var stops: [Int] {
    guard let document else { return [] }
    let blocks = document.scripts.filter { document.scripts[$0.key - 1] != $0.value }
    return Set(document.links.keys).union(blocks.keys).sorted()
  }

  private var refusalOfScript: String? {
    guard let document, !document.scripts.isEmpty else { return "no block of a runbook is shown that can be run" }
    return document.scripts[pane.line] == nil ? "no block is on this line: } goes to the next" : nil
  }

  /// Shows the block under the cursor as it would be run.
  private func offerScript(_ context: AppContext) -> [Reaction] {
    guard let selectedTest, let place = document?.scripts[pane.line] else { return [] }
    return [.show(ScriptPanel(place)), .ask(.prepareScript(context.ref, selectedTest, place))]
  }

  /// Goes to the next line that leads somewhere, around the end.
  private mutating func goToLink(_ step: Int) -> [Reaction] {
    let lines = stops
    guard !lines.isEmpty else { return [] }
    if focus == .list { turnFocus(to: .detail) }
    let next =
      step > 0 ? lines.first { $0 > pane.line } ?? lines[0] : lines.last { $0 < pane.line } ?? lines[lines.count - 1]
    settlePane(at: next)
    return []
  }
}
