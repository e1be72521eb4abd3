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

  /// Seconds: `0.1`, `2,503.1`, `0,288`, `4.5e-05`; NaN for what is empty, negative, endless or a word.
  static func seconds(_ bytes: UnsafeRawBufferPointer) -> Float {
    var whole = 0.0
    var scale = 0.0
    for byte in bytes {
      switch byte {
      case 0x30...0x39:
        if scale == 0 {
          whole = whole * 10 + Double(byte - 0x30)
        } else {
          whole += Double(byte - 0x30) * scale
          scale /= 10
        }
      case 0x2E where scale == 0: scale = 0.1
      default: return oddSeconds(bytes)
      }
    }
    return bytes.isEmpty ? .nan : sane(whole)
  }

  /// Numbers with commas, exponents and signs: a last comma with anything but three digits behind it is the point.
  private static func oddSeconds(_ bytes: UnsafeRawBufferPointer) -> Float {
    var text = String(decoding: trimmed(bytes).prefix(64), as: UTF8.self)
    if let comma = text.lastIndex(of: ",") {
      let isPoint = !text.contains(".") && (text[comma...].count != 4 || text.hasPrefix("0,"))
      if isPoint { text.replaceSubrange(comma...comma, with: ".") }
      text.removeAll { $0 == "," }
    }
    guard let value = Double(text) else { return .nan }
    return sane(value)
  }

  private static func sane(_ seconds: Double) -> Float {
    seconds.isFinite && seconds >= 0 && seconds < 1e9 ? Float(seconds) : .nan
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

  /// Whether the bytes end with a text.
  static func ends(_ bytes: UnsafeRawBufferPointer, with text: StaticString) -> Bool {
    bytes.count >= text.utf8CodeUnitCount
      && equal(UnsafeRawBufferPointer(rebasing: bytes[(bytes.count - text.utf8CodeUnitCount)...]), text)
  }
}
