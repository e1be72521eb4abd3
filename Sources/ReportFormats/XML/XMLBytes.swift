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
