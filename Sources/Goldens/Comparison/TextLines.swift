/// A text's bytes and where its lines begin. Lines end at a line feed; one more line stands behind the last unless empty.
package struct TextLines: Sendable {
  /// The whole text.
  package let bytes: [UInt8]
  /// Where each line begins, and the end of the text behind the last.
  private let starts: [UInt32]

  /// The lines of a text of at most 4 GB.
  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts: [UInt32] = [0]
    bytes.withUnsafeBufferPointer { buffer in
      var index = 0
      while index < buffer.count {
        if buffer[index] == 0x0A { starts.append(UInt32(truncatingIfNeeded: index + 1)) }
        index += 1
      }
    }
    if let last = starts.last, last < bytes.count { starts.append(UInt32(truncatingIfNeeded: bytes.count)) }
    self.starts = starts
  }

  /// The number of lines.
  package var count: Int { starts.count - 1 }

  /// Whether the last line has no line feed behind it.
  package var lacksFinalNewline: Bool { !bytes.isEmpty && bytes.last != 0x0A }

  /// Where a line lies in `bytes`, with its line feed.
  package func range(_ line: Int) -> Range<Int> { Int(starts[line])..<Int(starts[line + 1]) }

  /// Where a line lies in `bytes`, without its line end: neither the line feed nor a carriage return before it.
  package func content(_ line: Int) -> Range<Int> {
    let range = range(line)
    var end = range.upperBound
    if end > range.lowerBound, bytes[end - 1] == 0x0A { end -= 1 }
    if end > range.lowerBound, bytes[end - 1] == 0x0D { end -= 1 }
    return range.lowerBound..<end
  }

  /// Whether a line ends with a carriage return and a line feed.
  package func hasReturn(_ line: Int) -> Bool {
    let range = range(line)
    return range.count > 1 && bytes[range.upperBound - 1] == 0x0A && bytes[range.upperBound - 2] == 0x0D
  }

  /// Whether a line feed ends the line, as it ends all but perhaps the last.
  package func isEnded(_ line: Int) -> Bool { line < count - 1 || !lacksFinalNewline }

  /// Whether the first line ends with a carriage return and a line feed.
  package var usesReturns: Bool { count > 0 && hasReturn(0) }

  /// A line's bytes without its line feed; a carriage return before it stays.
  package func line(_ index: Int) -> ArraySlice<UInt8> {
    let range = range(index)
    let slice = bytes[range]
    return slice.last == 0x0A ? slice.dropLast() : slice
  }
}

/// A text's bytes made comparable: UTF-16 as UTF-8, without a byte order mark; all else as it is.
struct DecodedText {
  /// How a text was written.
  enum Encoding: String {
    case utf8 = "UTF-8"
    case utf16 = "UTF-16"
    /// Latin-1 or another encoding of bytes; which one cannot be told.
    case other = "no UTF-8"
  }

  /// The bytes that are compared and shown.
  let bytes: [UInt8]
  /// How the text was written.
  let encoding: Encoding
  /// Whether a byte order mark stood in front.
  let hasByteOrderMark: Bool

  /// Makes bytes comparable; nil when they are no text.
  init?(_ bytes: [UInt8]) {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      let isLittle = bytes[0] == 0xFF
      let units = stride(from: 2, to: bytes.count - 1, by: 2).map { index in
        let pair = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
        return isLittle ? pair.1 << 8 | pair.0 : pair.0 << 8 | pair.1
      }
      self.bytes = Array(String(decoding: units, as: UTF16.self).utf8)
      encoding = .utf16
      hasByteOrderMark = true
      return
    }
    if !Self.isText(bytes) { return nil }
    hasByteOrderMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    self.bytes = hasByteOrderMark ? Array(bytes.dropFirst(3)) : bytes
    encoding = Self.isUTF8(bytes) ? .utf8 : .other
  }

  /// Whether the first bytes hold no NUL and few other controls; escape sequences are text.
  private static func isText(_ bytes: [UInt8]) -> Bool {
    let head = bytes.prefix(1 << 16)
    var controls = 0
    for byte in head {
      if byte == 0 { return false }
      if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D, byte != 0x0C, byte != 0x1B { controls += 1 }
    }
    return controls * 10 <= head.count
  }

  private static func isUTF8(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { buffer in
      var index = 0
      while index < buffer.count, buffer[index] < 0x80 { index += 1 }
      if index == buffer.count { return true }
      return String(validating: UnsafeBufferPointer(rebasing: buffer[index...]), as: UTF8.self) != nil
    }
  }
}
