package import TerminalKit

extension Keys {
  /// Keys of the list of runs of the history, and of what differs between two.
  package static let runs = KeyTable<Command>(
    "Runs",
    [
      KeyBinding(
        [.enter], .here(.open), "look at the run, or at the test that differs, in Triage; unfold", hint: "open"),
      KeyBinding(
        [.character(" ")], .here(.mark), "compare with this run; again: with the run before each", hint: "base"),
      KeyBinding([.character("/")], .here(.filter), "filter", hint: "filter"),
      KeyBinding([.character("f")], .here(.search), "find without filtering"),
      KeyBinding([.character("-")], .here(.foldAll), "fold or unfold all sections"),
    ])
}
