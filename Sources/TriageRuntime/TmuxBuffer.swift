internal import SystemKit

/// tmux's paste buffer, for an assay that runs inside of tmux.
package enum TmuxBuffer {
  /// How far a text came.
  package enum Reach: Sendable, Equatable {
    /// Into tmux's buffer, and no farther.
    case buffer
    /// Into the buffer, and tmux handed it to the terminal that the person looks at.
    case outerTerminal
  }

  /// Seconds that tmux may take.
  private static let patience = 2.0

  /// Puts a text into the buffer and, where tmux can (3.2 and later), on the outer terminal's clipboard; nil when tmux
  /// took nothing.
  package static func load(_ text: String, environment: [String: String]) -> Reach? {
    let input = Array(text.utf8)
    if Clipboard.fitsTerminals(text), run(["load-buffer", "-w", "-"], input, environment) != nil {
      return hasOuterClipboard(environment) ? .outerTerminal : .buffer
    }
    return run(["load-buffer", "-"], input, environment).map { _ in .buffer }
  }

  /// Whether a terminal is attached that tmux knows to take a clipboard; to others `-w` hands nothing.
  private static func hasOuterClipboard(_ environment: [String: String]) -> Bool {
    let features = run(["display-message", "-p", "#{client_termfeatures}"], [], environment) ?? []
    return String(decoding: features, as: UTF8.self).split { $0 == "," || $0.isNewline }.contains("clipboard")
  }

  /// What tmux printed; nil when it failed.
  private static func run(_ arguments: [String], _ input: [UInt8], _ environment: [String: String]) -> [UInt8]? {
    var request = ProcessRequest(["tmux"] + arguments, environment: environment, timeLimit: patience)
    request.input = input
    guard let result = try? ProcessRunner.run(request), result.end == .exited(0) else { return nil }
    return result.output
  }
}
