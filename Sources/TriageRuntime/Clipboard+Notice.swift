package import SystemKit
package import TriageMessages

extension Clipboard {
  /// Says where a text went, and no more than can be known: terminals do not answer.
  ///
  /// - Parameters:
  ///   - isOffered: Whether the terminal was asked.
  ///   - tool: The system's tool that took it.
  package static func notice(
    _ what: String, by route: ClipboardRoute, isOffered: Bool, tmux: TmuxBuffer.Reach?, tool: String?
  ) -> Notice {
    var ways: [String] = []
    if let tool { ways.append("copied with \(tool)") }
    switch tmux {
    case .outerTerminal: ways.append("in tmux's buffer, and offered to the outer terminal")
    case .buffer: ways.append("in tmux's buffer only; the outer terminal was not reached")
    case nil: break
    }
    if !ways.isEmpty { return Notice(.info, "\(what): " + ways.joined(separator: ", ")) }
    if route == .tmux { return Notice(.failure, "could not copy: tmux did not take the \(what)") }
    guard isOffered else {
      return Notice(.failure, "could not copy: \(what) is longer than terminals take, and no clipboard tool took it")
    }
    return route == .multiplexerElsewhere
      ? Notice(.warning, "\(what): offered by OSC 52; tmux takes that only with set-clipboard on")
      : Notice(.info, "\(what): offered to the terminal by OSC 52, which does not answer")
  }
}
