/// Turns raw text of a broken document into UTF-8: references resolved, stray bytes and characters kept.
struct XMLText {
  /// What the high bytes of the document are.
  enum HighBytes {
    /// UTF-8, and Windows-1252 where they are not.
    case utf8
    case windows1252
  }

  var highBytes = HighBytes.utf8

  /// What plain text has none of: nothing that must be decoded.
  static func isPlain(_ bytes: UnsafeRawBufferPointer) -> Bool {
    for byte in bytes where byte >= 0x80 || byte == 0x26 || (byte < 0x20 && byte != 0x0A && byte != 0x09) {
      return false
    }
    return true
  }

  /// Appends the decoded text; `line` is where it begins.
  func append(
    _ bytes: UnsafeRawBufferPointer, isAttribute: Bool, to output: inout [UInt8], mends: inout XMLMends, line: Int
  ) {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case 0x26:
        index += appendReference(bytes, index, &output, &mends, line)
        continue
      case 0x0D:
        if index + 1 < bytes.count, bytes[index + 1] == 0x0A { index += 1 }
        output.append(isAttribute ? 0x20 : 0x0A)
      case 0x09, 0x0A:
        output.append(isAttribute ? 0x20 : byte)
      case 0..<0x20:
        mends.note(.controlCharacter, line: line)
        output.append(byte)
      case 0x3C where isAttribute:
        mends.note(.rawAngle, line: line)
        output.append(byte)
      case 0x80...:
        index += appendHigh(bytes, index, &output, &mends, line)
        continue
      default:
        output.append(byte)
      }
      index += 1
    }
  }

  /// Appends what the reference at `index` stands for and returns its length.
  private func appendReference(
    _ bytes: UnsafeRawBufferPointer, _ index: Int, _ output: inout [UInt8], _ mends: inout XMLMends, _ line: Int
  ) -> Int {
    let limit = min(bytes.count, index + 40)
    var end = index + 1
    while end < limit, Self.isReferenceByte(bytes[end]) { end += 1 }
    guard end < limit, bytes[end] == 0x3B, end > index + 1 else {
      mends.note(.bareAmpersand, line: line)
      output.append(0x26)
      return 1
    }
    let body = Array(bytes[index + 1..<end])
    if let known = Self.entities[body] {
      output.append(known)
      return end + 1 - index
    }
    guard let scalar = Self.character(body) else {
      mends.note(.unknownEntity, line: line)
      output.append(0x26)
      return 1
    }
    if scalar.value < 0x20, ![9, 10, 13].contains(scalar.value) { mends.note(.controlCharacter, line: line) }
    output.append(contentsOf: Array(String(Character(scalar)).utf8))
    return end + 1 - index
  }

  /// Appends the character that begins with a byte above ASCII and returns how many bytes it took.
  private func appendHigh(
    _ bytes: UnsafeRawBufferPointer, _ index: Int, _ output: inout [UInt8], _ mends: inout XMLMends, _ line: Int
  ) -> Int {
    if highBytes == .utf8 {
      let length = UTF8Shape.sequenceLength(bytes, at: index)
      if length > 0 {
        output.append(contentsOf: bytes[index..<index + length])
        return length
      }
      mends.note(.invalidBytes, line: line)
    }
    output.append(contentsOf: Array(String(Character(Self.windows1252(bytes[index]))).utf8))
    return 1
  }

  private static func isReferenceByte(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte == 0x23
  }

  private static let entities: [[UInt8]: UInt8] = [
    Array("lt".utf8): 0x3C, Array("gt".utf8): 0x3E, Array("amp".utf8): 0x26, Array("quot".utf8): 0x22,
    Array("apos".utf8): 0x27,
  ]

  /// The character of `#27`, `#x1b` or Surefire's `amp#27`; nil for what is no number.
  private static func character(_ body: [UInt8]) -> Unicode.Scalar? {
    var digits = body[...]
    if digits.starts(with: Array("amp#".utf8)) { digits = digits.dropFirst(3) }
    guard digits.first == 0x23 else { return nil }
    digits = digits.dropFirst()
    let isHex = digits.first.map { $0 | 0x20 == 0x78 } ?? false
    if isHex { digits = digits.dropFirst() }
    guard let value = UInt32(String(decoding: digits, as: UTF8.self), radix: isHex ? 16 : 10) else { return nil }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  /// Windows-1252, and for the five bytes it leaves free the C1 control of that number.
  private static func windows1252(_ byte: UInt8) -> Unicode.Scalar {
    guard byte < 0xA0, let scalar = Unicode.Scalar(table1252[Int(byte) - 0x80]) else { return Unicode.Scalar(byte) }
    return scalar
  }

  private static let table1252: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D,
    0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,
    0x017E, 0x0178,
  ]
}

/// The shape of UTF-8 sequences (Unicode 16, table 3-7).
enum UTF8Shape {
  /// The length of the whole, valid sequence at a place; 0 when there is none.
  static func sequenceLength(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Int {
    let first = bytes[index]
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch first {
    case 0..<0x80: return 1
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: length = 4
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return 0
    }
    guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return 0 }
    for place in index + 2..<max(index + length, index + 2) where bytes[place] & 0xC0 != 0x80 { return 0 }
    return length
  }

  /// How many bytes at the end begin a sequence that the next block may complete.
  static func danglingLength(_ bytes: UnsafeRawBufferPointer) -> Int {
    for back in 1...3 where back <= bytes.count {
      let byte = bytes[bytes.count - back]
      if byte & 0xC0 == 0x80 { continue }
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      return length > back ? back : 0
    }
    return 0
  }
}

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// Searches in raw markup.
enum XMLBytes {
  /// The place of the first such byte.
  static func first(_ byte: UInt8, in bytes: UnsafeRawBufferPointer) -> Int? {
    guard let base = bytes.baseAddress, let found = memchr(base, Int32(byte), bytes.count) else { return nil }
    return UnsafeRawPointer(found) - base
  }

  /// Whether two texts are the same.
  static func equal(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
    guard left.count == right.count else { return false }
    guard let first = left.baseAddress, let second = right.baseAddress else { return true }
    return memcmp(first, second, left.count) == 0
  }

  /// Whether the bytes begin with a text.
  static func starts(_ bytes: UnsafeRawBufferPointer, with text: StaticString) -> Bool {
    bytes.count >= text.utf8CodeUnitCount
      && bytes.starts(with: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// The place of the first occurrence of a text.
  static func range(of text: StaticString, in bytes: UnsafeRawBufferPointer) -> Int? {
    var start = 0
    while let found = first(text.utf8Start.pointee, in: UnsafeRawBufferPointer(rebasing: bytes[start...])) {
      start += found
      if starts(UnsafeRawBufferPointer(rebasing: bytes[start...]), with: text) { return start }
      start += 1
    }
    return nil
  }

  /// The number of line feeds.
  static func lineCount(_ bytes: Slice<UnsafeRawBufferPointer>) -> Int {
    var count = 0
    for byte in UnsafeRawBufferPointer(rebasing: bytes) where byte == 0x0A { count += 1 }
    return count
  }

  /// Whether a name can begin with the byte; every byte above ASCII may.
  static func isNameStart(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || byte == 0x5F || byte == 0x3A || byte >= 0x80
  }

  /// Whether a name can go on with the byte.
  static func isName(_ byte: UInt8) -> Bool {
    isNameStart(byte) || (byte >= 0x30 && byte <= 0x39) || byte == 0x2D || byte == 0x2E
  }

  /// Whether the byte is white space to XML.
  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D
  }

  /// Whether there is nothing but white space, and perhaps a byte order mark before it.
  static func isBlank(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return bytes[start...].allSatisfy { $0 <= 0x20 }
  }

  /// How much at the end of a block may be an unfinished reference or character, or half of a line end.
  static func unfinishedTextLength(_ bytes: UnsafeRawBufferPointer) -> Int {
    for back in 1...16 where back <= bytes.count {
      let byte = bytes[bytes.count - back]
      if byte == 0x3B { break }
      if byte == 0x26 { return back }
    }
    if bytes.last == 0x0D { return 1 }
    return UTF8Shape.danglingLength(bytes)
  }

  /// The length of a DOCTYPE with its internal subset; 0 when it does not end.
  static func doctypeLength(_ bytes: UnsafeRawBufferPointer) -> Int {
    var depth = 0
    var quote: UInt8 = 0
    for (index, byte) in bytes.enumerated() {
      if quote != 0 {
        if byte == quote { quote = 0 }
        continue
      }
      switch byte {
      case 0x22, 0x27: quote = byte
      case 0x3C, 0x5B: depth += 1
      case 0x5D: depth -= 1
      case 0x3E:
        depth -= 1
        if depth <= 0 { return index + 1 }
      default: break
      }
    }
    return 0
  }
}
