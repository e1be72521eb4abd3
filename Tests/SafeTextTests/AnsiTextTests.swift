import SafeText
import Testing

@Suite struct AnsiTextTests {
  private func lines(_ text: String, limit: Int = 4096) -> [[AnsiText.Span]] {
    AnsiText.lines(Array(text.utf8), limit: limit)
  }

  private func plain(_ text: String, limit: Int = 4096) -> [String] {
    lines(text, limit: limit).map { $0.map(\.text).joined() }
  }

  @Test func coloursBecomeStylesAndCarryOverLines() {
    let lines = lines("\u{1B}[1;31mFAILED\u{1B}[0m ok\n\u{1B}[38;5;208mo\nstill\u{1B}[39m.\n")
    #expect(lines[0].map(\.text) == ["FAILED", " ok"])
    #expect(lines[0][0].look.foreground == 1)
    #expect(lines[0][0].look.bold)
    #expect(lines[0][1].look == AnsiText.Look())
    #expect(lines[2].map(\.look.foreground) == [208, nil])
  }

  @Test(arguments: [
    ("\u{1B}[38;2;255;0;0mx", 196), ("\u{1B}[38:5:9mx", 9), ("\u{1B}[97mx", 15), ("\u{1B}[48;5;3;32mx", 2),
    ("\u{1B}[48;2;1;2;3;34mx", 4),
  ])
  func readsEveryWayToNameAColour(text: String, color: UInt8) {
    #expect(lines(text)[0].first?.look.foreground == color)
  }

  @Test(arguments: [
    ("a\u{1B}[2K\u{1B}[1Gb", "ab"),
    ("\u{1B}[?25lx\u{1B}(B", "x"),
    ("\u{1B}]8;;https://e\u{1B}\\link\u{1B}]8;;\u{07}", "link"),
    ("\u{1B}]0;evil\u{07}x", "␛…x"),
    ("\u{1B}P1;2|abc\u{1B}\\x", "␛…x"),
    ("\u{1B}[31", "␛[31"),
    ("\u{1B}]0;never ends", "␛]0;never ends"),
    ("x\u{1B}", "x␛"),
    ("10%\r50%\r100% done", "␍100% done"),
    ("text\r", "text"),
    ("2026-01-01T00:00:00.000Z ##[group]Run", "2026-01-01T00:00:00.000Z ##[group]Run"),
    ("\u{202E}\u{9B}31m", "<U+202E><U+009B>31m"),
    ("a\u{1B}[1mb\tc", "ab      c"),
    ("\u{1B}[999999999999999999999mx", "x"),
  ])
  func dropsOtherSequencesAndHidesNothing(text: String, shown: String) {
    #expect(plain(text) == [shown])
  }

  @Test func aLongLineIsCutBetweenCharacters() {
    #expect(plain("abcdef", limit: 3) == ["abc … (+3 bytes)"])
    #expect(plain("ab字d", limit: 3) == ["ab … (+4 bytes)"])
  }

  @Test func noPrefixOfOutputTraps() {
    let bytes = Array(
      "\u{1B}[1;38;2;1;2;3m字\u{1B}]8;;u\u{1B}\\é\t\u{1B}P\u{1B}\\\r\n\u{1B}[38;5m\u{1B}[;;m\u{1B}[38;2;1mx".utf8)
    for length in 0...bytes.count {
      for start in 0...length { _ = AnsiText.lines(Array(bytes[start..<length])) }
    }
  }
}
