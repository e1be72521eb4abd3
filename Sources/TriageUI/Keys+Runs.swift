package import TerminalKit

extension Keys {
  /// Keys of the list of runs of the history.
  package static let runs = KeyTable<Command>(
    "Runs",
    [
      KeyBinding([.character("/")], .here(.filter), "filter", hint: "filter")
    ])
}
