/// Looks at the bytes of one line.
enum LineBytes {
  /// The line without blanks at both ends.
  static func trimmed(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var start = 0
    var end = bytes.count
    while start < end, bytes[start] <= 0x20 { start += 1 }
    while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[start..<end])
  }

  /// Whether a text stands at an offset.
  static func has(_ text: StaticString, at offset: Int, in bytes: UnsafeRawBufferPointer) -> Bool {
    guard offset >= 0, bytes.count - offset >= text.utf8CodeUnitCount else { return false }
    for index in 0..<text.utf8CodeUnitCount where bytes[offset + index] != text.utf8Start[index] { return false }
    return true
  }

  /// Where a text first stands from an offset on.
  static func first(_ text: StaticString, in bytes: UnsafeRawBufferPointer, from start: Int = 0) -> Int? {
    let last = bytes.count - text.utf8CodeUnitCount
    guard start <= last else { return nil }
    return (start...last).first { bytes[$0] == text.utf8Start[0] && has(text, at: $0, in: bytes) }
  }

  /// Where a text last stands.
  static func last(_ text: StaticString, in bytes: UnsafeRawBufferPointer) -> Int? {
    let last = bytes.count - text.utf8CodeUnitCount
    guard last >= 0 else { return nil }
    return (0...last).last { bytes[$0] == text.utf8Start[0] && has(text, at: $0, in: bytes) }
  }

  /// The number from 1 whose digits begin at an offset.
  static func number(at start: Int, in bytes: UnsafeRawBufferPointer) -> Int? {
    var value = 0
    var index = start
    while index < bytes.count, index < start + 9, isDigit(bytes[index]) {
      value = value * 10 + Int(bytes[index] - 0x30)
      index += 1
    }
    return value > 0 ? value : nil
  }

  /// Whether the byte is an ASCII letter.
  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }

  /// Whether the byte is an ASCII digit.
  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// A part of the line as text.
  static func text(_ range: Range<Int>, of bytes: UnsafeRawBufferPointer) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }
}
