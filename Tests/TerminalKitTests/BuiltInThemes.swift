import TerminalKit

/// The themes that travel in the binary, as the tests expect them.
enum BuiltInThemes {
  static let names = ["dark", "high-contrast", "light", "mono", "red-green", "terminal"]
  static let set = ThemeSet.builtIn
}
