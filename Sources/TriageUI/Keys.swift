package import TerminalKit
internal import TriageActions
import TriageMessages

/// The key tables: help, the palette, the footer and the manual's list are made from these.
package enum Keys {
  /// Keys of the list of tests.
  package static let list = KeyTable<Command>(
    "List",
    [
      KeyBinding([.enter], .here(.open), "open the test or the golden, fold or unfold a group", hint: "open"),
      KeyBinding([.character(" ")], .here(.mark), "mark or unmark, and go on"),
      KeyBinding([.character("V")], .here(.markRange), "mark from here; again: to here"),
      KeyBinding([.character("*")], .here(.markAll), "mark all shown, or none"),
      KeyBinding([.character("/")], .here(.filter), "filter", hint: "filter"),
      KeyBinding([.character("f")], .here(.search), "find without filtering"),
      KeyBinding([.character("-")], .here(.foldAll), "fold or unfold all groups"),
      KeyBinding([.character("c")], .decideCauses(.merge), "merge the causes of the marked tests"),
      KeyBinding([.character("C")], .decideCauses(.split), "split this test's failure from its cause"),
    ])

  /// Keys of the detail pane.
  package static let detail = KeyTable<Command>(
    "Detail",
    [
      KeyBinding([.enter], .here(.open), "open the stack frame's source, or the file", hint: "open"),
      KeyBinding([.character("/"), .character("f")], .here(.search), "search in the text", hint: "search"),
      KeyBinding([.character("w")], .here(.wrap), "wrap long lines, or scroll them", hint: "wrap"),
      KeyBinding([.left], .here(.scrollLeft), "scroll to the left"),
      KeyBinding([.right], .here(.scrollRight), "scroll to the right"),
    ])

  /// Keys that mean the same everywhere.
  package static let everywhere = KeyTable<Command>(
    "Everywhere",
    [
      KeyBinding([Screen.triage.key], .screen(.triage), "the failing tests"),
      KeyBinding([Screen.goldens.key], .screen(.goldens), "the golden changes"),
      KeyBinding([Screen.flakes.key], .screen(.flakes), "the flaky tests"),
      KeyBinding([Screen.runs.key], .screen(.runs), "the runs of the history"),
      KeyBinding([.character("j"), .down], .here(.move(.down)), "down"),
      KeyBinding([.character("k"), .up], .here(.move(.up)), "up"),
      KeyBinding([.control("d")], .here(.move(.halfPageDown)), "half a page down"),
      KeyBinding([.control("u")], .here(.move(.halfPageUp)), "half a page up"),
      KeyBinding([.pageDown, .control("f")], .here(.move(.pageDown)), "a page down"),
      KeyBinding([.pageUp, .control("b")], .here(.move(.pageUp)), "a page up"),
      KeyBinding([.character("g"), .home], .here(.move(.top)), "to the top"),
      KeyBinding([.character("G"), .end], .here(.move(.bottom)), "to the bottom"),
      KeyBinding(
        [.character("]")], .here(.nextProblem), "next failing test, open golden, run that turned"),
      KeyBinding([.character("[")], .here(.previousProblem), "the previous one"),
      KeyBinding([.tab, .backTab], .here(.nextPane), "the other pane", hint: "pane"),
      KeyBinding([.character("l")], .here(.nextTab), "next tab: message, stack, output, history …", hint: "tab"),
      KeyBinding([.character("h")], .here(.previousTab), "previous tab"),
      KeyBinding([.character("n")], .here(.nextMatch), "next match"),
      KeyBinding([.character("N")], .here(.previousMatch), "previous match"),
      KeyBinding([.character("s")], .arrangeMenu, "sort and group", hint: "sort, group"),
      KeyBinding([.character("A")], .here(.toggleScope), "all tests, goldens, runs, or what needs attention"),
      KeyBinding([.character("W")], .window, "time window: 7, 30, 90, 180 days, all runs"),
      KeyBinding([.character("z")], .here(.zoom), "zoom the pane, or back", hint: "zoom"),
      KeyBinding([.character("o")], .edit, "open the source in the editor", hint: "editor"),
      KeyBinding([.character("y")], .copyMenu, "copy", hint: "copy"),
      KeyBinding([.character("r")], .runMenu, "choose the run", hint: "runs"),
      KeyBinding([.character(">")], .newerRun, "newer run"),
      KeyBinding([.character("<")], .olderRun, "older run"),
      KeyBinding([.escape], .here(.back), "back: prompt, zoom, pane, marks, filter"),
      KeyBinding([.control("l")], .reload, "read the files again"),
      KeyBinding([.character("u")], .undo, "undo the last decision: shows it first", hint: "undo"),
      KeyBinding([.control("r")], .redo, "do again what was undone"),
      KeyBinding([.character("M")], .mouse, "mouse on or off"),
      KeyBinding([.character("L")], .messages, "what was said before"),
      KeyBinding([.character(":"), .control("p")], .palette, "all commands", hint: "commands"),
      KeyBinding([.character("?"), .function(1)], .help, "help", hint: "help"),
      KeyBinding([.control("z")], .suspend, "suspend to the shell"),
      KeyBinding([.character("q")], .quit, "quit", hint: "quit"),
    ])

  /// All tables, in the order the manual lists them.
  package static let all = [list, golden, pair, detail, flakes, runs, everywhere]

  /// Where keys are pressed: decides which tables are in force.
  enum Context: Equatable {
    /// A list; with goldens chosen in it, what can be done with them.
    case list(hasGolden: Bool)
    case text
    case pair
    case flakes
    case runs
  }

  /// The tables in force, nearest first.
  static func tables(for context: Context) -> [KeyTable<Command>] {
    switch context {
    case .list(hasGolden: false): [list, everywhere]
    case .list(hasGolden: true): [list, golden, everywhere]
    case .text: [detail, everywhere]
    case .pair: [pair, golden, everywhere]
    case .flakes: [flakes, everywhere]
    case .runs: [runs, everywhere]
    }
  }

  /// What a key does.
  static func command(for key: Key, in context: Context) -> Command? {
    tables(for: context).lazy.compactMap { $0.action(for: key) }.first
  }
}
