/// Reads attribute values of JUnit without making a `String`.
enum JUnitBytes {
  /// The bytes without white space at both ends.
  static func trimmed(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var start = 0
    var end = bytes.count
    while start < end, XMLBytes.isSpace(bytes[start]) { start += 1 }
    while end > start, XMLBytes.isSpace(bytes[end - 1]) { end -= 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[start..<end])
  }

  /// The bytes without blank lines before and white space behind; the first line keeps its indentation.
  static func withoutBlankEnds(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var start = 0
    var index = 0
    while index < bytes.count, XMLBytes.isSpace(bytes[index]) {
      index += 1
      if bytes[index - 1] == 0x0A { start = index }
    }
    var end = bytes.count
    while end > start, XMLBytes.isSpace(bytes[end - 1]) { end -= 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[start..<end])
  }

  /// A whole number from 0; nil for anything else.
  static func number(_ bytes: UnsafeRawBufferPointer) -> Int? {
    let digits = trimmed(bytes)
    guard !digits.isEmpty, digits.count < 10 else { return nil }
    var value = 0
    for byte in digits {
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    return value
  }

  /// Whether the bytes are a text.
  static func equal(_ bytes: UnsafeRawBufferPointer, _ text: StaticString) -> Bool {
    bytes.count == text.utf8CodeUnitCount && XMLBytes.starts(bytes, with: text)
  }

  /// Whether the bytes are a text in lower case, whatever their letters' case.
  static func equalInAnyCase(_ bytes: UnsafeRawBufferPointer, _ text: StaticString) -> Bool {
    guard bytes.count == text.utf8CodeUnitCount else { return false }
    for index in 0..<bytes.count where bytes[index] | 0x20 != text.utf8Start[index] { return false }
    return true
  }

  /// Whether the bytes end with a text.
  static func ends(_ bytes: UnsafeRawBufferPointer, with text: StaticString) -> Bool {
    bytes.count >= text.utf8CodeUnitCount
      && equal(UnsafeRawBufferPointer(rebasing: bytes[(bytes.count - text.utf8CodeUnitCount)...]), text)
  }
}
