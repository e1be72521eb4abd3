internal import DataSyntax

/// A piece of a line: a number, a word, a run of blanks, or any other single character.
struct TextToken {
  /// What the piece is.
  enum Kind: Equatable {
    case number(NumberToken)
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
/// A number is one token with its sign, point and exponent. Digits that belong to a name (`v2`, `a_1`), to a dotted
/// version or that begin with a superfluous zero are words: they are compared as written.
struct TextTokens {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let end: Int
  private(set) var position: Int

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
    if byte == 0x20 || byte == 0x09 {
      skip { $0 == 0x20 || $0 == 0x09 }
      return TextToken(kind: .blank, range: start..<position)
    }
    if let number = number() { return TextToken(kind: .number(number), range: start..<position) }
    if Self.isWord(byte) {
      skip { Self.isWord($0) }
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
    if isSign, position > 0, Self.isWord(bytes[position - 1]) || bytes[position - 1] == 0x29 { return nil }
    guard isSign || byte == 0x2E || Self.isDigit(byte) || byte | 0x20 == 0x6E || byte | 0x20 == 0x69 else { return nil }
    let rest = UnsafeBufferPointer(rebasing: bytes[position..<end])
    guard let (number, length) = NumberToken.leading(rest) else { return nil }
    let next = position + length
    if next < end, Self.isWord(bytes[next]) { return nil }
    if next + 1 < end, bytes[next] == 0x2E, Self.isWord(bytes[next + 1]) { return nil }
    if number.isOverflowing || Self.isCode(rest, length) { return nil }
    position = next
    return number
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
      skip { Self.isWord($0) }
    }
  }

  private mutating func skip(while holds: (UInt8) -> Bool) {
    while position < end, holds(bytes[position]) { position += 1 }
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  /// Letters, digits, underscores, and all that is not ASCII.
  private static func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte | 0x20 &- 0x61 < 26 || byte == 0x5F || byte >= 0x80
  }
}
