internal import CNcurses

/// What terminfo knows of a terminal type, without opening a screen.
package enum TerminalType {
  /// How many colours it has, 0 for none; nil when the type is not known here.
  package static func colors(of name: String) -> Int? {
    var status: Int32 = 0
    guard !name.isEmpty, setupterm(name, 1, &status) == OK else { return nil }
    return max(0, Int(tigetnum("colors")))
  }
}
