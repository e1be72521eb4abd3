/// What stands in a masked text for a piece of noise: `<n1>`, `<p2>`, `<time>`.
///
/// Those that mean the same thing when they are equal are numbered by first appearance, so that *the same id twice*
/// stays visible. Measured ones (times, durations, sizes) are not: that two of them are equal is chance. The same holds for numbers of one or two characters: `<n>`.
enum Placeholder: Int, CaseIterable {
  case address
  case hex
  case identifier
  case number
  case path
  case shape
  case duration
  case size
  case time

  /// The word between the brackets.
  var name: StaticString {
    switch self {
    case .address: "a"
    case .hex: "h"
    case .identifier: "i"
    case .number: "n"
    case .path: "p"
    case .shape: "shape"
    case .duration: "duration"
    case .size: "size"
    case .time: "time"
    }
  }

  /// Whether equal literals share a number.
  var isNumbered: Bool {
    switch self {
    case .address, .hex, .identifier, .number, .path, .shape: true
    case .duration, .size, .time: false
    }
  }

  /// The length of the placeholder that starts at an offset; nil when none does.
  static func length(in bytes: UnsafeRawBufferPointer, at start: Int) -> Int? {
    for placeholder in allCases {
      let name = placeholder.name
      var end = start + 1 + name.utf8CodeUnitCount
      guard end < bytes.count, name.matches(bytes, at: start + 1) else { continue }
      if placeholder.isNumbered {
        let digits = end
        while end < bytes.count, ByteClass.isDigit(bytes[end]), end - digits < 9 { end += 1 }
        if end == digits, placeholder != .number { continue }
      }
      if end < bytes.count, bytes[end] == 0x3E { return end + 1 - start }
    }
    return nil
  }
}

extension StaticString {
  /// Whether its bytes stand at an offset of some bytes.
  func matches(_ bytes: UnsafeRawBufferPointer, at start: Int) -> Bool {
    guard start >= 0, start + utf8CodeUnitCount <= bytes.count else { return false }
    for offset in 0..<utf8CodeUnitCount where bytes[start + offset] != utf8Start[offset] { return false }
    return true
  }

  /// Whether some bytes are this lower case text, letter case ignored.
  func equalsIgnoringCase(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
    guard range.count == utf8CodeUnitCount else { return false }
    for offset in 0..<utf8CodeUnitCount {
      let byte = bytes[range.lowerBound + offset]
      if (ByteClass.isLetter(byte) ? byte | 0x20 : byte) != utf8Start[offset] { return false }
    }
    return true
  }
}
