import DataSyntax
import Testing

@Suite struct NumberTokenTests {
  private func read(_ text: String) -> NumberToken? { NumberToken(Array(text.utf8)) }

  @Test func everyWrittenFormHasTheBitsThatSwiftReads() {
    var random = SplitMix(state: 7)
    for _ in 0..<60_000 {
      let text = random.number()
      #expect(read(text)?.value.bitPattern == Double(text)?.bitPattern, "\(text)")
    }
  }

  @Test func doublesSurviveTheirShortestAndTheir17DigitForms() {
    var random = SplitMix(state: 11)
    for _ in 0..<40_000 {
      let value = Double(bitPattern: random.next())
      if !value.isFinite { continue }
      #expect(read(value.description)?.value.bitPattern == value.bitPattern, "\(value)")
    }
  }

  @Test func halfwayCasesRoundToEven() {
    for text in [
      "9007199254740993", "9007199254740995", "900719925474099.3",
      "0.500000000000000166533453693773481063544750213623046875",
      "1e23", "8.5e22", "4503599627370497.5", "1234567890123456789e-27", "9999999999999999999e27", "5e-324", "2e-324",
    ] {
      #expect(read(text)?.value.bitPattern == Double(text)?.bitPattern, "\(text)")
    }
  }

  @Test func wordsAndPythonFormsAreNumbers() {
    #expect(read("NaN")?.value.isNaN == true)
    #expect(read("-nan")?.value.isNaN == true)
    #expect(read("-Inf")?.value == -.infinity)
    #expect(read("Infinity")?.value == .infinity)
    #expect(read("5.")?.value == 5)
    #expect(read("-.5")?.value == -0.5)
    #expect(read("5.e3")?.value == 5000)
    #expect(read("+7")?.isWhole == true)
    #expect(read("7.0")?.isWhole == false)
    #expect(read("1e999")?.isOverflowing == true)
    #expect(read("inf")?.isOverflowing == false)
    #expect(read("1e99999999999999999999")?.value == .infinity)
    #expect(read("12345678901234567890123.")?.value == 1.2345678901234568e22)
  }

  @Test func otherWordsAreNone() {
    for text in [
      "", "-", ".", "e5", "1e", "1e+", "0x10", "1_000", "1,5", "nano", "infinit", " 1", "1 ", "--1", "1.2.3",
    ] {
      #expect(read(text) == nil, "\(text)")
    }
  }
}

/// A generator whose numbers are the same in every run.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }

  /// A decimal number of 1 to 24 digits, with a point or an exponent or neither.
  mutating func number() -> String {
    let count = Int.random(in: 1...24, using: &self)
    var digits = (0..<count).map { _ in String(Int.random(in: 0...9, using: &self)) }
    if Bool.random(using: &self), count > 1 { digits.insert(".", at: Int.random(in: 1..<count, using: &self)) }
    var text = digits.joined()
    if Int.random(in: 0...2, using: &self) == 0 { text += "e\(Int.random(in: -340...320, using: &self))" }
    if Int.random(in: 0...2, using: &self) == 0 {
      text += "e-0\(Int.random(in: 0...9, using: &self))".prefix(text.contains("e") ? 0 : 5)
    }
    return Bool.random(using: &self) ? "-" + text : text
  }
}
