package import TerminalKit
import TriageActions
import TriageMessages

/// The key tables: help, the palette, the footer and the manual's list are made from these.
package enum Keys {
  /// Keys that mean the same everywhere.
  package static let everywhere = KeyTable<Command>(
    "Everywhere",
    Screen.allCases.map { KeyBinding([$0.key], .screen($0), $0.path.type.purpose) } + [
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
      KeyBinding([.character("J")], .jobs, "jobs: reruns, how far they are and what they print", hint: "jobs"),
      KeyBinding([.character(":"), .control("p")], .palette, "all commands", hint: "commands"),
      KeyBinding([.character("?"), .function(1)], .help, "help", hint: "help"),
      KeyBinding([.control("z")], .suspend, "suspend to the shell"),
      KeyBinding([.character("q")], .quit, "quit", hint: "quit"),
    ])

  /// All tables, in the order the manual lists them.
  package static let all = Screen.allCases.flatMap { $0.path.type.keyTables } + [everywhere]

  /// What a key does.
  static func command(for key: Key, in tables: [KeyTable<Command>]) -> Command? {
    tables.lazy.compactMap { $0.action(for: key) }.first
  }
}

extension KeyBinding<Command> {
  /// The key of an action; nil for one that only a screen of its own offers.
  init?(_ action: ActionDescription) {
    guard let key = action.key else { return nil }
    self.init([.character(key)], .act(action), action.help, hint: action.hint)
  }
}

extension Keys {
  /// Keys of a golden that is chosen in a list or looked at.
  static let golden = KeyTable<Command>(
    "Golden",
    TriageActions.goldens.compactMap { KeyBinding($0.description) } + [
      KeyBinding([.character("}")], .pair(.nextChange), "next difference", hint: "next"),
      KeyBinding([.character("{")], .pair(.previousChange), "previous difference"),
      KeyBinding([.character("!")], .pair(.worst), "the worst difference"),
      KeyBinding([.character("v")], .pair(.nextView), "next view: table, tree, image, text", hint: "view"),
      KeyBinding([.character(".")], .pair(.nextPart), "next array of an archive, next golden of the test"),
      KeyBinding([.character("T")], .whatIf, "what would another tolerance leave?", hint: "tolerance"),
      KeyBinding([.character("S")], .pair(.nextSides), "of a stale golden: which two of the three"),
    ])

  /// Keys of the pane with a golden's two sides.
  static let pair = KeyTable<Command>(
    "Pair",
    [
      KeyBinding([.enter], .here(.open), "unfold what is folded here; in Triage, go to Goldens"),
      KeyBinding([.character("/"), .character("f")], .here(.search), "search in both sides", hint: "search"),
      KeyBinding([.character("c")], .pair(.onlyChanged), "only what changed, or all of it"),
      KeyBinding([.character("+")], .pair(.moreContext), "more lines around each difference"),
      KeyBinding([.character("-")], .pair(.lessContext), "fewer lines around each difference"),
      KeyBinding([.character("w")], .here(.wrap), "wrap long lines, or scroll them"),
      KeyBinding([.left], .here(.scrollLeft), "scroll to the left"),
      KeyBinding([.right], .here(.scrollRight), "scroll to the right"),
    ])
}
