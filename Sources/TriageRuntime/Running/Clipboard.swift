internal import Foundation
internal import SafeText
internal import SystemKit

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
