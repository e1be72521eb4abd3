/// Why a command ends without having done its work, with the exit status that says so (the manual lists them).
enum CommandFailure: Error, Equatable, CustomStringConvertible {
  /// The command line cannot be understood; the parser's words.
  case usage(String)
  /// The command or the configuration is wrong: a whole clause beginning with `could not`.
  case wrong(String)
  /// Input could not be read, or nothing was there to read.
  case unreadable(String)
  /// Refused for safety; nothing was changed.
  case refused(String)
  /// Nobody reads the output any more: there is nothing to say.
  case closedOutput

  /// The exit status.
  var status: Int32 {
    switch self {
    case .usage, .wrong: 2
    case .unreadable: 3
    case .refused: 4
    case .closedOutput: 0
    }
  }

  /// One line behind `assay: `.
  var description: String {
    switch self {
    case .usage(let words): "could not understand the command: \(words) (assay --help)"
    case .wrong(let words), .unreadable(let words), .refused(let words): words
    case .closedOutput: ""
    }
  }
}
