import TerminalKit
import TriageActions

extension Keys {
  /// Keys of the list of tests.
  static let list = KeyTable<Command>(
    "List",
    [
      KeyBinding([.enter], .here(.open), "open the test or the golden, fold or unfold a group", hint: "open"),
      KeyBinding([.character(" ")], .here(.mark), "mark or unmark, and go on"),
      KeyBinding([.character("V")], .here(.markRange), "mark from here; again: to here"),
      KeyBinding([.character("*")], .here(.markAll), "mark all shown, or none"),
      KeyBinding([.character("/")], .here(.filter), "filter", hint: "filter"),
      KeyBinding([.character("f")], .here(.search), "find without filtering"),
      KeyBinding([.character("-")], .here(.foldAll), "fold or unfold all groups"),
    ] + TriageActions.causes.compactMap { KeyBinding($0.description) })

  /// Keys of a test that is chosen, whichever pane has the keys.
  static let failure = KeyTable<Command>("Failure", TriageActions.failures.compactMap { KeyBinding($0.description) })

  /// Keys of the detail pane.
  static let detail = KeyTable<Command>(
    "Detail",
    [
      KeyBinding([.enter], .here(.open), "open the stack frame's source, or the file", hint: "open"),
      KeyBinding([.character("/"), .character("f")], .here(.search), "search in the text", hint: "search"),
      KeyBinding([.character("w")], .here(.wrap), "wrap long lines, or scroll them", hint: "wrap"),
      KeyBinding([.left], .here(.scrollLeft), "scroll to the left"),
      KeyBinding([.right], .here(.scrollRight), "scroll to the right"),
    ])
}
