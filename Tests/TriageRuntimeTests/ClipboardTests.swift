import Testing
import TriageRuntime

@Suite struct ClipboardTests {
  @Test func asksTheTerminalInBase64() {
    #expect(Clipboard.sequence(for: "hi\u{1B}") == Array("\u{1B}]52;c;aGkb\u{7}".utf8))
  }

  @Test func sendsNothingThatTerminalsWouldCut() {
    let longest = Clipboard.longestSequence / 4 * 3
    #expect(Clipboard.sequence(for: String(repeating: "x", count: longest)) != nil)
    #expect(Clipboard.sequence(for: String(repeating: "x", count: longest + 3)) == nil)
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
