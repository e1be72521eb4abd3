import SafeText
import TerminalKit
import TriageMessages
import TriageModel

/// The menus over the screen, made from the key tables and the state.
enum Menus {
  private typealias Item = Menu<Command>.Item

  /// The menu that a command opens; nil for a command that opens none.
  static func menu(of command: Command, _ state: AppState) -> Menu<Command>? {
    switch command {
    case .help: help(state)
    case .palette: palette(state)
    case .messages: messages(state.messages)
    case .arrangeMenu: arrange(state)
    case .runMenu: runs(state.context.runs.runs, current: state.context.run)
    case .copyMenu: copy(state.model.copySubjects)
    default: nil
    }
  }

  /// The keys, those of the pane first; a chosen line is carried out.
  private static func help(_ state: AppState) -> Menu<Command> {
    var items = [Item(title: "Letters", choice: nil)] + Legend.rows.map(note)
    for table in state.keyTables {
      items.append(Item(title: table.title, choice: nil))
      for binding in table.bindings {
        items.append(item(for: binding))
        if let refusal = state.refusal(of: binding.action) { items.append(note("  not now: " + refusal.words)) }
      }
    }
    return Menu(title: "Help: type to narrow, enter does it", items: items, isTyped: true)
  }

  /// All commands, narrowed by typing.
  private static func palette(_ state: AppState) -> Menu<Command> {
    var items = Keys.all.flatMap { $0.bindings.map { item(for: $0) } }
    for screen in Screen.allCases {
      for (place, section) in screen.path.model(in: state.screens).arrangeSections().enumerated() {
        items += section.choices.map { choice in
          Item(
            title: "\(section.verb) \(choice.word)",
            choice: .arrange(screen, ArrangeChoice(section: place, word: choice.word)))
        }
      }
    }
    items += CopySubject.allCases.map { Item(keys: "y \($0.letter)", title: "copy \($0.title)", choice: .copy($0)) }
    return Menu(title: "Commands", items: items, isTyped: true)
  }

  /// Grouping and order, those in force marked.
  private static func arrange(_ state: AppState) -> Menu<Command> {
    let sections = state.model.arrangeSections()
    var items: [Item] = []
    for (place, section) in sections.enumerated() {
      if sections.count > 1 { items.append(Item(title: section.heading, choice: nil)) }
      items += section.choices.map { choice in
        Item(
          title: choice.title, choice: .arrange(state.screen, ArrangeChoice(section: place, word: choice.word)),
          isCurrent: choice.word == section.current)
      }
    }
    let title = sections.count == 1 ? sections[0].heading : "Sort and group"
    return Menu(title: title, items: items, isTyped: false)
  }

  /// The open runs, newest first.
  private static func runs(_ runs: [Run], current: Int) -> Menu<Command> {
    let items = runs.enumerated().map { place, run in
      Item(
        keys: counts(run), title: title(of: run), choice: .selectRun(run.info.identity), isCurrent: place == current)
    }
    return Menu(title: "Runs, newest first", items: items, isTyped: true)
  }

  /// What can be copied; a letter is enough.
  private static func copy(_ subjects: [CopySubject]) -> Menu<Command> {
    let items = subjects.map { Item(keys: String($0.letter), title: $0.title, choice: .copy($0)) }
    return Menu(title: "Copy", items: items, isTyped: false)
  }

  /// What was said before, newest first.
  private static func messages(_ messages: [Notice]) -> Menu<Command> {
    let items = messages.reversed().map { Item(title: Sanitizer.line($0.text), choice: .messages) }
    return Menu(
      title: "Messages, newest first",
      items: items.isEmpty ? [Item(title: "nothing was said yet", choice: nil)] : items, isTyped: false)
  }

  private static func note(_ text: String) -> Item {
    var item = Item(title: Sanitizer.line(text, limit: 200), choice: nil)
    item.isNote = true
    return item
  }

  private static func item(for binding: KeyBinding<Command>) -> Item {
    Item(keys: binding.keys.map(\.label).joined(separator: " "), title: binding.title, choice: binding.action)
  }

  private static func title(of run: Run) -> String {
    var parts = [run.info.name]
    if let branch = run.info.branch { parts.append(branch) }
    if let commit = run.info.commit { parts.append(String(commit.prefix(7))) }
    if let title = run.info.commitTitle { parts.append(title) }
    if let started = run.info.startedAt, parts.count < 3 { parts.append(started.minuteText) }
    return Sanitizer.line(parts.joined(separator: "  "), limit: 90)
  }

  private static func counts(_ run: Run) -> String {
    if !run.info.completeness.isComplete { return "INCOMPLETE" }
    let failing = run.table.failing
    return failing == 0 ? "all passed" : "\(CountText.of(failing)) failing"
  }
}
