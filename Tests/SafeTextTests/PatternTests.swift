import SafeText
import Testing

@Suite struct PatternTests {
  @Test func findsTheFirstMatchInBytes() throws {
    let pattern = try Pattern("b+(c)?")
    #expect(pattern.firstMatch(in: "aabbc") == 2..<5)
    #expect(pattern.firstMatch(in: "xyz") == nil)
    #expect(try Pattern("É", caseInsensitive: true).matches("café"))
    #expect(try Pattern("^$").firstMatch(in: "") == 0..<0)
  }

  @Test func invalidTextIsNoErrorAndNoMatch() throws {
    let bytes: [UInt8] = [0xFF, 0x61, 0xC3, 0x62]
    let pattern = try Pattern("b")
    #expect(bytes.withUnsafeBytes { pattern.firstMatch(in: $0) } == 3..<4)
  }

  @Test(arguments: [
    ("a(b", "missing closing parenthesis, at character 4 of /a(b/"),
    ("字*+?+", "quantifier does not follow a repeatable item, at character 4 of /字*+?+/"),
    ("\\C", "using \\C is disabled by the application, at character 3 of /\\C/"),
  ])
  func saysWhereAPatternIsWrong(source: String, message: String) {
    #expect(performing: { try Pattern(source) }, throws: { "\($0)" == message })
  }

  @Test func refusesAPatternThatIsTooLong() {
    #expect(throws: PatternError.tooLong(bytes: 5000)) { try Pattern(String(repeating: "a", count: 5000)) }
  }

  @Test func aPatternThatExplodesGivesUp() throws {
    let pattern = try Pattern("(a*)*\\1b")
    #expect(!pattern.matches(String(repeating: "a", count: 2000)))
    #expect(try Pattern("(x+x+)+y").matches(String(repeating: "x", count: 5000)) == false)
  }
}
