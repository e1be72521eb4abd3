import SafeText
import TerminalKit
import TestQueries
import TriageMessages
import TriageModel

/// The menus over the screen, made from the key tables and the state.
enum Menus {
  /// The keys, those of the pane first; a chosen line is carried out.
  static func help(_ context: Keys.Context) -> Menu<Command> {
    var items = [Menu<Command>.Item(title: "Letters", choice: nil)]
    items += Legend.rows.map { row in
      var item = Menu<Command>.Item(title: row, choice: nil)
      item.isNote = true
      return item
    }
    for table in Keys.tables(for: context) {
      items.append(Menu.Item(title: table.title, choice: nil))
      items += table.bindings.map { item(for: $0) }
    }
    return Menu(title: "Help: type to narrow, enter does it", items: items, isTyped: true)
  }

  /// All commands, narrowed by typing.
  static func palette() -> Menu<Command> {
    var items = Keys.all.flatMap { $0.bindings.map { item(for: $0) } }
    items += Grouping.allCases.map { Menu.Item(title: "group by \($0.rawValue)", choice: .triage(.group($0))) }
    items += Order.allCases.map { Menu.Item(title: "sort by \($0.rawValue)", choice: .triage(.sort($0))) }
    items += GoldenQuery.Grouping.allCases.map {
      Menu.Item(title: "group goldens by \($0.rawValue)", choice: .goldens(.group($0)))
    }
    items += GoldenQuery.Order.allCases.map {
      Menu.Item(title: "sort goldens by \($0.rawValue)", choice: .goldens(.sort($0)))
    }
    items += RunsScreen.Order.allCases.map { Menu.Item(title: "sort runs by \($0.rawValue)", choice: .sortRuns($0)) }
    items += FlakeQuery.Order.allCases.map {
      Menu.Item(title: "sort flaky tests by \($0.rawValue)", choice: .flakes(.sort($0)))
    }
    items += CopySubject.allCases.map {
      Menu.Item(keys: "y \($0.letter)", title: "copy \($0.title)", choice: .copy($0))
    }
    return Menu(title: "Commands", items: items, isTyped: true)
  }

  /// Grouping and order, those in force marked.
  static func arrange(_ state: AppState) -> Menu<Command> {
    if state.screen == .goldens { return arrange(state.goldens.query) }
    if state.screen == .runs { return arrange(state.runsScreen.order) }
    if state.screen == .flakes { return arrange(state.flakes.query) }
    let query = state.triage.query
    var items = [Menu<Command>.Item(title: "Group by", choice: nil)]
    items += Grouping.allCases.map {
      Menu.Item(
        title: $0 == .none ? "nothing" : $0.rawValue, choice: .triage(.group($0)), isCurrent: query.grouping == $0)
    }
    items.append(Menu.Item(title: "Sort by", choice: nil))
    items += Order.allCases.map {
      Menu.Item(
        title: $0 == .outcome ? "outcome, worst first" : $0 == .duration ? "duration, longest first" : $0.rawValue,
        choice: .triage(.sort($0)), isCurrent: query.order == $0)
    }
    return Menu(title: "Sort and group", items: items, isTyped: false)
  }

  private static func arrange(_ query: GoldenQuery) -> Menu<Command> {
    var items = [Menu<Command>.Item(title: "Group by", choice: nil)]
    items += GoldenQuery.Grouping.allCases.map {
      Menu.Item(
        title: $0 == .none ? "nothing" : $0.rawValue, choice: .goldens(.group($0)), isCurrent: query.grouping == $0)
    }
    items.append(Menu.Item(title: "Sort by", choice: nil))
    items += GoldenQuery.Order.allCases.map {
      Menu.Item(
        title: $0 == .size ? "size, the largest and the outliers first" : $0.rawValue, choice: .goldens(.sort($0)),
        isCurrent: query.order == $0)
    }
    return Menu(title: "Sort and group", items: items, isTyped: false)
  }

  private static func arrange(_ order: RunsScreen.Order) -> Menu<Command> {
    let items = RunsScreen.Order.allCases.map {
      Menu<Command>.Item(
        title: $0 == .time ? "time, newest first" : "failing tests, most first", choice: .sortRuns($0),
        isCurrent: order == $0)
    }
    return Menu(title: "Sort runs by", items: items, isTyped: false)
  }

  private static func arrange(_ query: FlakeQuery) -> Menu<Command> {
    let items = FlakeQuery.Order.allCases.map {
      Menu<Command>.Item(title: $0.title, choice: .flakes(.sort($0)), isCurrent: query.order == $0)
    }
    return Menu(title: "Sort by", items: items, isTyped: false)
  }

  /// The open runs, newest first.
  static func runs(_ runs: [Run], current: Int) -> Menu<Command> {
    let items = runs.enumerated().map { place, run in
      Menu<Command>.Item(
        keys: counts(run), title: title(of: run), choice: .selectRun(run.info.identity), isCurrent: place == current)
    }
    return Menu(title: "Runs, newest first", items: items, isTyped: true)
  }

  /// What can be copied; a letter is enough.
  static func copy(_ subjects: [CopySubject]) -> Menu<Command> {
    let items = subjects.map {
      Menu<Command>.Item(keys: String($0.letter), title: $0.title, choice: .copy($0))
    }
    return Menu(title: "Copy", items: items, isTyped: false)
  }

  /// What was said before, newest first.
  static func messages(_ messages: [Notice]) -> Menu<Command> {
    let items = messages.reversed().map { Menu<Command>.Item(title: Sanitizer.line($0.text), choice: .messages) }
    return Menu(
      title: "Messages, newest first",
      items: items.isEmpty ? [Menu.Item(title: "nothing was said yet", choice: nil)] : items, isTyped: false)
  }

  private static func item(for binding: KeyBinding<Command>) -> Menu<Command>.Item {
    Menu.Item(keys: binding.keys.map(\.label).joined(separator: " "), title: binding.title, choice: binding.action)
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
    let failing = run.table.counts.failing
    return failing == 0 ? "all passed" : "\(failing) failing"
  }
}
