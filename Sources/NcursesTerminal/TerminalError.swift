internal import SafeText

/// Why no screen could be opened.
package enum TerminalError: Error, Equatable, CustomStringConvertible {
  /// Standard output is a file or a pipe.
  case notATerminal
  /// Terminfo has no such entry; the name is that of `TERM`.
  case unknownType(String)
  /// The terminal cannot place the cursor.
  case noCursor(String)
  case system(operation: String, code: Int32)

  /// The cause, with what to try.
  package var description: String {
    switch self {
    case .notATerminal:
      "standard output is not a terminal; `assay list` prints the same"
    case .unknownType(""):
      "TERM is not set; try: TERM=xterm-256color assay …"
    case .unknownType(let name):
      "the terminal type \(Sanitizer.line(name, limit: 80)) is not known here; try: TERM=xterm-256color assay …"
    case .noCursor(let name):
      "a terminal of type \(Sanitizer.line(name, limit: 80)) cannot place the cursor; `assay list` prints the same"
    case .system(let operation, let code):
      "\(operation): error \(code)"
    }
  }
}
