package import TerminalKit

extension Keys {
  /// Keys of the list of flaky tests.
  package static let flakes = KeyTable<Command>(
    "Flakes",
    [
      KeyBinding([.character("/")], .here(.filter), "filter", hint: "filter")
    ])
}
