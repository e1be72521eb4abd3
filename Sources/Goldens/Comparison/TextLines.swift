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
