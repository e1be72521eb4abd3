internal import DataSyntax

/// A piece of a line: a number, a word, a run of blanks, or any other single character.
struct TextToken {
  /// What the piece is.
  enum Kind: Equatable {
    case number(NumberToken)
    /// A word that stands where a number is missing: `None`, `<NA>`, `#N/A`.
    case missing
    case word
    case blank
    case mark
  }

  var kind: Kind
  /// Where it lies in the bytes that were scanned.
  var range: Range<Int>

  /// Whether it is a number.
  var isNumber: Bool {
    if case .number = kind { true } else { false }
  }
}

/// Cuts bytes into tokens, left to right.
///
/// A number is one token with its sign, point and exponent; its unit (`ms`, `MB`, the `j` of a complex number) is the
/// token behind it. Digits that belong to a name (`v2`, `a_1`), to a dotted version or that begin with a superfluous zero
/// are words: they are compared as written.
struct TextTokens {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let end: Int
  private(set) var position: Int
  /// Bytes of the unit that follows the last number.
  private var unit = 0

  /// The tokens of a part of the bytes.
  init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  /// The next token; nil at the end.
  mutating func next() -> TextToken? {
    guard position < end else { return nil }
    let start = position
    let byte = bytes[start]
    if unit > 0 {
      position += unit
      unit = 0
      return TextToken(kind: .word, range: start..<position)
    }
    if byte == 0x20 || byte == 0x09 {
      skip { $0 == 0x20 || $0 == 0x09 }
      return TextToken(kind: .blank, range: start..<position)
    }
    if let length = MissingWord.length(bytes, at: start, end: end) {
      position += length
      return TextToken(kind: .missing, range: start..<position)
    }
    if let length = Self.symbol(bytes, start, end) {
      position += length
      return TextToken(kind: .mark, range: start..<position)
    }
    if let number = number() { return TextToken(kind: .number(number), range: start..<position) }
    if Self.isWord(byte) {
      skipWord()
      dotted()
      return TextToken(kind: .word, range: start..<position)
    }
    position += 1
    return TextToken(kind: .mark, range: start..<position)
  }

  /// The number that begins here and that no name or version goes on.
  private mutating func number() -> NumberToken? {
    let byte = bytes[position]
    let isSign = byte == 0x2D || byte == 0x2B
    let isBehindWord = isSign && position > 0 && (Self.isWord(bytes[position - 1]) || bytes[position - 1] == 0x29)
    guard isSign || byte == 0x2E || Self.isDigit(byte) || byte | 0x20 == 0x6E || byte | 0x20 == 0x69 else { return nil }
    let rest = UnsafeBufferPointer(rebasing: bytes[position..<end])
    guard let (number, length) = NumberToken.leading(rest) else { return nil }
    let next = position + length
    var unit = 0
    if next < end, Self.isWord(bytes[next]), Self.symbol(bytes, next, end) == nil {
      guard number.hasDigits, let length = NumberUnit.length(bytes, at: next, end: end) else { return nil }
      unit = length
    }
    // A sign behind a number is the sign of an imaginary part, or an operator.
    if isBehindWord {
      guard unit == 1, bytes[next] == 0x6A || bytes[next] == 0x4A || bytes[next] == 0x69 else { return nil }
    }
    if next + 1 < end, bytes[next] == 0x2E, Self.isWord(bytes[next + 1]) { return nil }
    if number.isOverflowing || Self.isCode(rest, length) { return nil }
    position = next
    self.unit = unit
    return number
  }

  /// The length of a sign of money or mathematics, a dash or another mark beyond ASCII that ends words: they are no
  /// letters, though their bytes look like parts of some.
  private static func symbol(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int? {
    guard bytes[start] >= 0xC2, start + 1 < end else { return nil }
    switch (bytes[start], bytes[start + 1]) {
    // µ, the degree and the ordinals are parts of units and words.
    case (0xC2, 0xAA), (0xC2, 0xB0), (0xC2, 0xB5), (0xC2, 0xBA): return nil
    case (0xC2, _), (0xC3, 0x97), (0xC3, 0xB7): return 2
    // Dashes, quotes, primes, bullets, money, arrows, operators; not what joins letters.
    case (0xE2, 0x80) where start + 2 < end && (0x90...0xBB).contains(bytes[start + 2]): return 3
    case (0xE2, 0x82) where start + 2 < end && bytes[start + 2] >= 0xA0: return 3
    case (0xE2, 0x86...0x8B) where start + 2 < end: return 3
    default: return nil
    }
  }

  /// Whether digits are a code and no count: a superfluous zero in front, or more digits than a double holds.
  static func isCode(_ bytes: UnsafeBufferPointer<UInt8>, _ length: Int) -> Bool {
    var start = 0
    if length > 0, bytes[0] == 0x2D || bytes[0] == 0x2B { start = 1 }
    if length - start > 1, bytes[start] == 0x30, isDigit(bytes[start + 1]) { return true }
    return length - start > 15 && (start..<length).allSatisfy { isDigit(bytes[$0]) }
  }

  /// The rest of `1.2.3` behind its first part.
  private mutating func dotted() {
    while position + 1 < end, bytes[position] == 0x2E, Self.isDigit(bytes[position + 1]) {
      position += 1
      skipWord()
    }
  }

  private mutating func skipWord() {
    while position < end, Self.isWord(bytes[position]), Self.symbol(bytes, position, end) == nil { position += 1 }
  }

  private mutating func skip(while holds: (UInt8) -> Bool) {
    while position < end, holds(bytes[position]) { position += 1 }
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  /// Letters, digits, underscores, and all that is not ASCII.
  static func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte | 0x20 &- 0x61 < 26 || byte == 0x5F || byte >= 0x80
  }
}

/// The digits in which two written numbers differ.
enum DigitDifference {
  /// The parts of two numbers that differ, from the first digit that does to the exponent: where the sign, the exponent and
  /// the place of the point are the same, since digits stand for something else otherwise. Nil: all of them differ.
  static func parts(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
  ) -> (expected: Range<Int>, actual: Range<Int>)? {
    let (first, second) = (mantissa(left), mantissa(right))
    guard whole(left, first) == whole(right, second), left[first...].elementsEqual(right[second...]),
      isSigned(left) == isSigned(right)
    else { return nil }
    var start = 0
    while start < first, start < second, left[start] == right[start] { start += 1 }
    guard start > (isSigned(left) ? 1 : 0), start < max(first, second) else { return nil }
    // A point that only one side writes stands before the digits that it adds.
    return (start..<first, start..<second)
  }

  /// Where the digits end: before an exponent.
  private static func mantissa(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    bytes.firstIndex { $0 | 0x20 == 0x65 || $0 | 0x20 == 0x64 } ?? bytes.count
  }

  /// The digits before the point.
  private static func whole(_ bytes: UnsafeBufferPointer<UInt8>, _ end: Int) -> Int {
    bytes[..<end].firstIndex(of: 0x2E) ?? end
  }

  private static func isSigned(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.first == 0x2D || bytes.first == 0x2B
  }
}
