internal import Foundation

/// Puts text on the clipboard: through tmux or the terminal (OSC 52), and through the system's tool where there is one.
package enum Clipboard {
  /// Bytes of base64 that terminals take; what is longer is not sent (k9s and gemini-cli use the same limit).
  package static let longestSequence = 74_994

  /// Whether a text is short enough for terminals.
  static func fitsTerminals(_ text: String) -> Bool { (text.utf8.count + 2) / 3 * 4 <= longestSequence }

  /// What asks the terminal to copy (OSC 52); nil when the text is too long for terminals, or tmux is asked instead.
  package static func sequence(for text: String, by route: ClipboardRoute) -> [UInt8]? {
    guard route != .tmux, fitsTerminals(text) else { return nil }
    let sequence = "\u{1B}]52;c;\(Data(text.utf8).base64EncodedString())\u{7}"
    return Array((route == .screen ? wrappedForScreen(sequence) : sequence).utf8)
  }

  /// GNU screen passes a device control string on, in pieces that fit its buffer.
  private static func wrappedForScreen(_ sequence: String) -> String {
    var rest = sequence[...]
    var wrapped = ""
    while !rest.isEmpty {
      wrapped += "\u{1B}P\(rest.prefix(76))\u{1B}\\"
      rest = rest.dropFirst(76)
    }
    return wrapped
  }

  /// How long a tool may take, in seconds.
  private static let patience = 2.0

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

  /// Hands text to a tool through its standard input; false when the tool could not take it, as on a dead display.
  package static func copy(_ text: String, with tool: [String]) -> Bool {
    var request = ProcessRequest(tool, output: .nowhere, timeLimit: patience)
    request.input = Array(text.utf8)
    // X11's tools leave a child behind that gives the text out.
    request.leavesChildren = true
    return (try? ProcessRunner.run(request))?.end == .exited(0)
  }
}

/// What a text meets first on its way from assay to a person's clipboard.
package enum ClipboardRoute: Sendable, Equatable {
  /// A terminal that takes OSC 52, or none: it does not answer.
  case terminal
  /// tmux on this machine. It drops a program's OSC 52 unless `set-clipboard` is on, so its own command is used.
  case tmux
  /// GNU screen, which passes on what is wrapped for it.
  case screen
  /// tmux or screen on another machine, in front of ssh: no command reaches it from here.
  case multiplexerElsewhere

  /// The route that an environment tells of.
  package init(environment: [String: String]) {
    func has(_ variable: String) -> Bool { !environment[variable, default: ""].isEmpty }
    let type = environment["TERM", default: ""]
    self =
      if has("TMUX") {
        .tmux
      } else if has("STY") {
        .screen
      } else if type.hasPrefix("tmux") || type.hasPrefix("screen") {
        .multiplexerElsewhere
      } else {
        .terminal
      }
  }
}

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
