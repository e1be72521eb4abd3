import SystemKit
import Testing
import TriageMessages
import TriageRuntime

@Suite struct ClipboardTests {
  @Test func asksTheTerminalInBase64() {
    #expect(Clipboard.sequence(for: "hi\u{1B}", by: .terminal) == Array("\u{1B}]52;c;aGkb\u{7}".utf8))
    #expect(Clipboard.sequence(for: "hi", by: .tmux) == nil)
  }

  @Test func wrapsWhatScreenPassesOn() throws {
    let bytes = try #require(Clipboard.sequence(for: String(repeating: "x", count: 500), by: .screen))
    let pieces = String(decoding: bytes, as: UTF8.self).split(separator: "\u{1B}\\")
    #expect(pieces.allSatisfy { $0.hasPrefix("\u{1B}P") && $0.count <= 78 })
    let plain = Clipboard.sequence(for: String(repeating: "x", count: 500), by: .terminal)
    #expect(plain == Array(pieces.map { $0.dropFirst(2) }.joined().utf8))
  }

  @Test(arguments: [
    (["TMUX": "/tmp/tmux-0/default,1,0", "TERM": "tmux-256color"], ClipboardRoute.tmux),
    (["STY": "1.pts", "TERM": "screen"], .screen), (["TERM": "screen-256color"], .multiplexerElsewhere),
    (["TERM": "xterm-256color", "TMUX": ""], .terminal),
  ])
  func knowsWhatStandsBetween(environment: [String: String], route: ClipboardRoute) {
    #expect(ClipboardRoute(environment: environment) == route)
  }

  @Test func saysNoMoreThanCanBeKnown() {
    func text(_ route: ClipboardRoute, _ isOffered: Bool, _ tmux: TmuxBuffer.Reach?, _ tool: String?) -> String {
      Clipboard.notice("test id", by: route, isOffered: isOffered, tmux: tmux, tool: tool).text
    }
    #expect(text(.terminal, true, nil, nil) == "test id: offered to the terminal by OSC 52, which does not answer")
    #expect(text(.terminal, true, nil, "xclip") == "test id: copied with xclip")
    #expect(text(.tmux, false, nil, nil) == "could not copy: tmux did not take the test id")
    #expect(text(.tmux, false, .buffer, nil).hasSuffix("the outer terminal was not reached"))
    #expect(text(.terminal, false, nil, nil).hasPrefix("could not copy: test id is longer"))
  }

  @Test func sendsNothingThatTerminalsWouldCut() {
    let longest = Clipboard.longestSequence / 4 * 3
    #expect(Clipboard.sequence(for: String(repeating: "x", count: longest), by: .terminal) != nil)
    #expect(Clipboard.sequence(for: String(repeating: "x", count: longest + 3), by: .terminal) == nil)
  }

  @Test func takesATextToAToolWholly() {
    let text = String(repeating: "a line\n", count: 50_000)
    #expect(Clipboard.copy(text, with: ["sh", "-c", "test $(wc -c) -eq \(text.utf8.count)"]))
    #expect(!Clipboard.copy("", with: ["false"]))
    #expect(!Clipboard.copy("", with: ["no-such-tool"]))
  }

  @Test func choosesNoToolWithoutAScreen() {
    #expect(Clipboard.systemTool(environment: ["PATH": "/no/such/folder", "DISPLAY": ":0"]) == nil)
  }
}
