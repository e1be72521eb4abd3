internal import Foundation
internal import SafeText

/// Puts text on the clipboard: through the terminal (OSC 52), and through the system's tool where there is one.
package enum Clipboard {
  /// Bytes of base64 that terminals take; what is longer is not sent (k9s and gemini-cli use the same limit).
  package static let longestSequence = 74_994

  /// The OSC 52 sequence that asks the terminal to copy; nil when the text is too long for terminals.
  package static func sequence(for text: String) -> [UInt8]? {
    let payload = Data(text.utf8).base64EncodedString()
    guard payload.utf8.count <= longestSequence else { return nil }
    return Array("\u{1B}]52;c;\(payload)\u{7}".utf8)
  }

  /// How long a tool may take, in milliseconds.
  private static let patience: Int32 = 2000

  /// The system's tools, best first, with the variable that says whether they can work; nil needs none.
  private static let tools: [(arguments: [String], variable: String?)] = [
    (["wl-copy"], "WAYLAND_DISPLAY"),
    (["xclip", "-selection", "clipboard"], "DISPLAY"),
    (["xsel", "--clipboard", "--input"], "DISPLAY"),
    (["pbcopy"], nil),
  ]

  /// The argument vector of the system's tool, if one is installed and has a screen to work on.
  package static func systemTool(environment: [String: String]) -> [String]? {
    let folders = (environment["PATH"] ?? "").split(separator: ":")
    for tool in tools {
      if let variable = tool.variable, environment[variable, default: ""].isEmpty { continue }
      if folders.contains(where: { access("\($0)/\(tool.arguments[0])", X_OK) == 0 }) { return tool.arguments }
    }
    return nil
  }

  /// Hands text to a tool through its standard input; false when the tool could not take it.
  package static func copy(_ text: String, with tool: [String]) -> Bool {
    guard let pipe = PipeEnds() else { return false }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, pipe.reading, 0)
    for output in [Int32(1), 2] { posix_spawn_file_actions_addopen(&actions, output, "/dev/null", O_WRONLY, 0) }
    var words = tool.map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    var process: pid_t = 0
    let code = PipeEnds.whileNoneIsMade { posix_spawnp(&process, tool[0], &actions, nil, words, environ) }
    close(pipe.reading)
    let wasWritten = code == 0 && write(text, to: pipe.writing)
    close(pipe.writing)
    guard code == 0 else { return false }
    guard wasWritten else {
      kill(process, SIGKILL)
      _ = wait(for: process)
      return false
    }
    return wait(for: process)
  }

  /// Whether a tool ended well in time; one that does not end (a dead display) is killed.
  private static func wait(for process: pid_t) -> Bool {
    var status: Int32 = 0
    for _ in 0..<patience / 10 {
      let waited = waitpid(process, &status, WNOHANG)
      if waited == process { return status == 0 }
      if waited < 0, errno != EINTR { return false }
      usleep(10_000)
    }
    kill(process, SIGKILL)
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return false
  }

  private static func write(_ text: String, to handle: Int32) -> Bool {
    _ = fcntl(handle, F_SETFL, O_NONBLOCK)
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      var file = pollfd(fd: handle, events: Int16(POLLOUT), revents: 0)
      guard poll(&file, 1, patience) > 0 else { return false }
      let count = rest.withUnsafeBytes { Foundation.write(handle, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
