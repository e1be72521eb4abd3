import SafeText
import Testing

@Suite struct SanitizerTests {
  /// What strangers have put into names and logs (CVEs of less, kubectl, git, fzf, tig, iTerm2), and what must be seen.
  static let payloads: [(raw: String, shown: String)] = [
    ("\u{1B}[31mred\u{1B}[0m", "␛[31mred␛[0m"),
    ("\u{1B}]52;c;aGk=\u{07}", "␛]52;c;aGk=␇"),
    ("\u{1B}]0;title\u{1B}\\", "␛]0;title␛\\"),
    ("\u{1B}]8;;http://a\u{1B}\\x\u{1B}]8;;\u{1B}\\", "␛]8;;http://a␛\\x␛]8;;␛\\"),
    ("\u{1B}P$q m\u{1B}\\", "␛P$q m␛\\"),
    ("\u{1B}[6n", "␛[6n"),
    ("\u{9B}2J", "<U+009B>2J"),
    ("a\u{85}b\u{2028}c\u{2029}d", "a<U+0085>b<U+2028>c<U+2029>d"),
    ("X\tY\rZ", "X␉Y␍Z"),
    ("a\r\nb\nc", "a␍⏎b⏎c"),
    ("a\u{8}\u{7F}\u{0}", "a␈␡␀"),
    ("user\u{202E}txt.exe", "user<U+202E>txt.exe"),
    ("\u{2066}a\u{2069}\u{200E}\u{200F}\u{061C}", "<U+2066>a<U+2069><U+200E><U+200F><U+061C>"),
    ("zero\u{200B}width\u{FEFF}", "zero<U+200B>width<U+FEFF>"),
    ("a\u{AD}b\u{A0}c\u{3000}d", "a<U+00AD>b<U+00A0>c<U+3000>d"),
    ("tag\u{E0041}", "tag<U+E0041>"),
    ("\u{3164}\u{115F}\u{1160}\u{FFA0}\u{2800}", "<U+3164><U+115F><U+1160><U+FFA0><U+2800>"),
    ("👨\u{200D}👩", "👨<U+200D>👩"),
    ("❤\u{FE0F}", "❤<U+FE0F>"),
    ("👍🏽", "👍<U+1F3FD>"),
    ("1\u{FE0F}\u{20E3}", "1<U+FE0F><U+20E3>"),
    ("🇩🇪", "<U+1F1E9><U+1F1EA>"),
    ("\u{301}a", "◌\u{301}a"),
    ("\u{E000}\u{FFFF}\u{10FFFF}\u{378}", "<U+E000><U+FFFF><U+10FFFF><U+0378>"),
    ("e\u{301}字한글 ﷽", "e\u{301}字한글 ﷽"),
    ("\u{1112}\u{1161}\u{11AB}", "\u{1112}\u{1161}\u{11AB}"),
    ("a\u{1161}", "a<U+1161>"),
    ("plain ~", "plain ~"),
  ]

  @Test(arguments: payloads) func showsWhatWouldActOrHide(raw: String, shown: String) {
    let line = Sanitizer.line(raw)
    // By scalars: `==` on strings takes canonical equivalents for equal.
    #expect(Array(line.unicodeScalars) == Array(shown.unicodeScalars), "\(line)")
  }

  /// Every scalar, alone and between letters: none that acts or hides is left, and each character takes columns.
  @Test func leavesNoScalarThatActsOrHides() {
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let line = Sanitizer.line("a\(Character(scalar))b")
      for left in line.unicodeScalars where ScalarKind(left) == .hidden {
        Issue.record("U+\(String(value, radix: 16)) leaves U+\(String(left.value, radix: 16))")
      }
      if line.unicodeScalars.count == 2 { Issue.record("U+\(String(value, radix: 16)) vanished") }
    }
  }

  @Test func aRunOfCombiningMarksIsCutAndCounted() {
    let line = Sanitizer.line("a" + String(repeating: "\u{301}", count: 20) + "b")
    #expect(line == "a" + String(repeating: "\u{301}", count: 4) + "<+16 marks>b")
    #expect(Sanitizer.line("a" + String(repeating: "\u{301}", count: 5)).hasSuffix("<+1 marks>"))
  }

  /// Pieces of text that join or fight with their neighbours, in every order of three.
  @Test func theColumnsOfATextAreThoseOfItsCells() {
    let pieces = [
      "a", "字", "\u{301}", "\u{200D}", "👩", "\u{1100}", "\u{1161}", "\u{11A8}", "क", "\u{94D}", "ि", "🇩", "\u{FE0F}",
      "\u{20E3}", "\r", "\n", "\t", "\u{1B}", "\u{600}", "\u{D4E}", "🏽", " ",
    ]
    for first in pieces {
      for second in pieces {
        for third in pieces {
          let line = Sanitizer.line(first + second + third)
          let cells = line.flatMap(DisplayWidth.pieces(of:))
          #expect(cells.allSatisfy { $0.width == 1 || $0.width == 2 })
          #expect(cells.reduce(0) { $0 + $1.width } == DisplayWidth.of(line))
          #expect(cells.map { String($0.character) }.joined().unicodeScalars.elementsEqual(line.unicodeScalars))
          #expect(
            line.unicodeScalars.reduce(0) { $0 + columns($1) } == DisplayWidth.of(line),
            "\(line.unicodeScalars.map(\.value))")
        }
      }
    }
  }

  private func columns(_ scalar: Unicode.Scalar) -> Int {
    switch ScalarKind(scalar) {
    case .combining, .jamo, .hidden: 0
    case .narrow: 1
    case .wide: 2
    }
  }

  @Test func aLongLineSaysHowMuchWasCut() {
    #expect(Sanitizer.line("abcdefghij", limit: 4) == "abcd … (+6 bytes)")
    #expect(Sanitizer.line("abcé", limit: 4) == "abc … (+2 bytes)")
    #expect(Sanitizer.line("字字", limit: 1) == " … (+6 bytes)")
    #expect(Sanitizer.line("abcd", limit: 4) == "abcd")
  }

  @Test func invalidBytesBecomeReplacementMarks() {
    let bytes: [UInt8] = [0x61, 0xC3, 0x62, 0xFF, 0xE5, 0xAD]
    #expect(bytes.withUnsafeBytes { Sanitizer.line(bytes: $0) } == "a\u{FFFD}b\u{FFFD}\u{FFFD}")
    #expect(bytes.withUnsafeBytes { Sanitizer.line(bytes: $0, limit: 2) } == "a\u{FFFD} … (+4 bytes)")
  }

  @Test func linesExpandTabsAndTakeEitherLineEnd() {
    #expect(Sanitizer.lines("a\tb\r\n字\tc\n\ta\u{1B}\n") == ["a       b", "字      c", "        a␛"])
    #expect(Sanitizer.lines("") == [""])
    #expect(Sanitizer.lines("\n\n") == ["", ""])
    #expect(Sanitizer.lines("a\rb") == ["a␍b"])
  }

  @Test func outputKeepsLinesAndTabs() {
    #expect(Sanitizer.output("a\tb\r\nc\u{1B}[2J\rd\n") == "a\tb\nc␛[2J␍d\n")
    #expect(Sanitizer.output("x\r") == "x␍")
  }

  @Test func whatIsSafeStaysAsItIs() {
    for (_, shown) in Self.payloads {
      #expect(Array(Sanitizer.line(shown).unicodeScalars) == Array(shown.unicodeScalars))
    }
  }

  /// Random bytes rich in what matters, from a fixed seed.
  @Test func noBytesTrapOrLeaveWhatActs() {
    let parts: [[UInt8]] = [
      [0x1B], [0x1B, 0x5B], [0x1B, 0x5D], [0x6D], [0x3B], [0x33, 0x38], [0x07], [0x0D], [0x0A], [0x09], [0xC2, 0x9B],
      [0xE2, 0x80, 0xAE], [0xF0, 0x9F, 0x91, 0xA8], [0xCC, 0x81], [0xE1, 0x85, 0xA1], [0xFF], [0xC3], [0x61], [0x20],
    ]
    var seed: UInt64 = 0x5EED
    func next(_ bound: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % bound
    }
    for _ in 0..<5000 {
      let bytes = (0..<next(40)).flatMap { _ in parts[next(parts.count)] }
      let limit = next(60)
      var shown = bytes.withUnsafeBytes { [Sanitizer.line(bytes: $0, limit: limit)] + Sanitizer.lines(bytes: $0) }
      shown += AnsiText.lines(bytes, limit: limit).flatMap { $0.map(\.text) }
      for text in shown {
        #expect(text.unicodeScalars.allSatisfy { ScalarKind($0) != .hidden }, "\(bytes)")
      }
      let output = Sanitizer.output(String(decoding: bytes, as: UTF8.self)).unicodeScalars
      #expect(output.allSatisfy { $0 == "\n" || $0 == "\t" || ScalarKind($0) != .hidden }, "\(bytes)")
    }
  }
}
