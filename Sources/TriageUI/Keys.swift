package import TerminalKit

/// The key tables: help, the palette, the footer and the README's list are made from these.
package enum Keys {
  /// Keys of the list of tests.
  package static let list = KeyTable<Command>(
    "List",
    [
      KeyBinding([.enter], .triage(.open), "open the test, fold or unfold a group", hint: "open"),
      KeyBinding([.character(" ")], .triage(.mark), "mark or unmark, and go on"),
      KeyBinding([.character("V")], .triage(.markRange), "mark from here; again: to here"),
      KeyBinding([.character("*")], .triage(.markAll), "mark all shown, or none"),
      KeyBinding([.character("/")], .triage(.filter), "filter", hint: "filter"),
      KeyBinding([.character("f")], .triage(.search), "find without filtering"),
      KeyBinding([.character("-")], .triage(.foldAll), "fold or unfold all groups"),
    ])

  /// Keys of the detail pane.
  package static let detail = KeyTable<Command>(
    "Detail",
    [
      KeyBinding([.enter], .triage(.open), "open the stack frame's source, or the file", hint: "open"),
      KeyBinding([.character("/"), .character("f")], .triage(.search), "search in the text", hint: "search"),
      KeyBinding([.character("w")], .triage(.wrap), "wrap long lines, or scroll them", hint: "wrap"),
      KeyBinding([.left], .triage(.scrollLeft), "scroll to the left"),
      KeyBinding([.right], .triage(.scrollRight), "scroll to the right"),
    ])

  /// Keys that mean the same everywhere.
  package static let everywhere = KeyTable<Command>(
    "Everywhere",
    [
      KeyBinding([.character("j"), .down], .triage(.move(.down)), "down"),
      KeyBinding([.character("k"), .up], .triage(.move(.up)), "up"),
      KeyBinding([.control("d")], .triage(.move(.halfPageDown)), "half a page down"),
      KeyBinding([.control("u")], .triage(.move(.halfPageUp)), "half a page up"),
      KeyBinding([.pageDown, .control("f")], .triage(.move(.pageDown)), "a page down"),
      KeyBinding([.pageUp, .control("b")], .triage(.move(.pageUp)), "a page up"),
      KeyBinding([.character("g"), .home], .triage(.move(.top)), "to the top"),
      KeyBinding([.character("G"), .end], .triage(.move(.bottom)), "to the bottom"),
      KeyBinding([.character("]")], .triage(.nextFailure), "next failing test"),
      KeyBinding([.character("[")], .triage(.previousFailure), "previous failing test"),
      KeyBinding([.tab, .backTab], .triage(.nextPane), "the other pane", hint: "pane"),
      KeyBinding([.character("l")], .triage(.nextTab), "next tab: message, stack, output, files", hint: "tab"),
      KeyBinding([.character("h")], .triage(.previousTab), "previous tab"),
      KeyBinding([.character("n")], .triage(.nextMatch), "next match"),
      KeyBinding([.character("N")], .triage(.previousMatch), "previous match"),
      KeyBinding([.character("s")], .arrangeMenu, "sort and group", hint: "sort, group"),
      KeyBinding([.character("A")], .triage(.toggleScope), "all tests, or those that need attention"),
      KeyBinding([.character("z")], .triage(.zoom), "zoom the pane, or back", hint: "zoom"),
      KeyBinding([.character("o")], .edit, "open the source in the editor", hint: "editor"),
      KeyBinding([.character("y")], .copyMenu, "copy", hint: "copy"),
      KeyBinding([.character("r")], .runMenu, "choose the run", hint: "runs"),
      KeyBinding([.character(">")], .newerRun, "newer run"),
      KeyBinding([.character("<")], .olderRun, "older run"),
      KeyBinding([.escape], .triage(.back), "back: prompt, zoom, pane, marks, filter"),
      KeyBinding([.control("l")], .reload, "read the files again"),
      KeyBinding([.character("M")], .mouse, "mouse on or off"),
      KeyBinding([.character("L")], .messages, "what was said before"),
      KeyBinding([.character(":"), .control("p")], .palette, "all commands", hint: "commands"),
      KeyBinding([.character("?"), .function(1)], .help, "help", hint: "help"),
      KeyBinding([.control("z")], .suspend, "suspend to the shell"),
      KeyBinding([.character("q")], .quit, "quit", hint: "quit"),
    ])

  /// The tables in force in a pane, nearest first.
  static func tables(for focus: TriageState.Focus) -> [KeyTable<Command>] {
    switch focus {
    case .list: [list, everywhere]
    case .detail: [detail, everywhere]
    }
  }

  /// What a key does in a pane.
  static func command(for key: Key, in focus: TriageState.Focus) -> Command? {
    tables(for: focus).lazy.compactMap { $0.action(for: key) }.first
  }
}
