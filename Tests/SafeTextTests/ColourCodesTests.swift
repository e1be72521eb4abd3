import SafeText
import Testing

@Suite struct ColourCodesTests {
  private static let marks = [
    "\u{1B}", "\u{241B}", "#x1B", "#x1b", "&#27;", "&#x1b;", "&#x1B;", "[NON-XML-CHAR-0x1B]",
  ]

  @Test(arguments: marks) func dropsCodesBehindEveryMark(_ mark: String) {
    #expect(ColourCodes.dropped(from: "a \(mark)[1;31mred\(mark)[0m, \(mark)[mb\(mark)[K") == "a red, b")
  }

  @Test(arguments: marks) func restoresThem(_ mark: String) {
    let text = Array("a \(mark)[31mred\(mark)[0m".utf8)
    let restored = text.withUnsafeBytes { ColourCodes.restored(in: $0) } ?? text
    #expect(String(decoding: restored, as: UTF8.self) == "a \u{1B}[31mred\u{1B}[0m")
  }

  @Test(arguments: [
    "", "[31m", "#x1B", "#x1B[", "#x1B[31", "#x1B[31x", "\\x1b[31m", "'\\x1b[31m'", "&#27;", "&#27;[2J",
    "issue #x1B[a]",
    "\u{1B}[2J", "[NON-XML-CHAR-0x1B]", "[NON-XML-CHAR-0x1B][x", "array[3]m",
  ])
  func leavesEverythingElse(_ text: String) {
    #expect(ColourCodes.dropped(from: text) == text)
  }
}
