internal import TriageModel

/// Splits a stream of bytes into lines, for formats with one document a line.
struct LineReader {
  /// One line without its end.
  struct Line {
    let bytes: [UInt8]
    /// From 1.
    let number: Int
    /// Whether the line's end is there; the last line of a file that was cut has none.
    let isWhole: Bool
  }

  /// The longest line kept, in bytes; what is longer is read past.
  static let longestLine = 1 << 28

  private let source: any ByteSource
  private let limit: Int
  private let block: UnsafeMutableRawBufferPointer
  private var buffer: [UInt8] = []
  private var position = 0
  private var number = 0
  private var isAtEnd = false
  /// Bytes read from the source so far.
  private(set) var byteCount = 0
  /// Whether the line at `position` is too long and its beginning was dropped.
  private var isInLongLine = false
  /// The number of the first line that was longer than the limit and left out.
  private(set) var longLine: Int?

  /// A reader of lines up to `limit` bytes that borrows `block` for reading; the caller frees it.
  init(_ source: any ByteSource, block: UnsafeMutableRawBufferPointer, limit: Int = Self.longestLine) {
    self.source = source
    self.limit = limit
    self.block = block
  }

  /// The next line that is not too long; nil at the end.
  mutating func next() throws(ByteSourceError) -> Line? {
    var searched = position
    while true {
      let end = buffer.withUnsafeBytes { buffer in
        XMLBytes.first(0x0A, in: UnsafeRawBufferPointer(rebasing: buffer[searched...])).map { $0 + searched }
      }
      if let end {
        if let line = take(end, isWhole: true) { return line }
        searched = position
        continue
      }
      if isAtEnd { return position < buffer.count || isInLongLine ? take(buffer.count, isWhole: false) : nil }
      if isInLongLine || buffer.count - position > limit {
        isInLongLine = true
        position = buffer.count
      }
      searched = buffer.count - position
      try fill()
    }
  }

  /// Ends the line at `position`; nil when it is too long.
  private mutating func take(_ end: Int, isWhole: Bool) -> Line? {
    number += 1
    let isTooLong = isInLongLine || end - position > limit
    let line = isTooLong ? nil : Line(bytes: Array(buffer[position..<end]), number: number, isWhole: isWhole)
    if isTooLong, longLine == nil { longLine = number }
    isInLongLine = false
    position = min(end + 1, buffer.count)
    return line
  }

  private mutating func fill() throws(ByteSourceError) {
    buffer.removeFirst(position)
    position = 0
    let count = try source.read(into: block)
    byteCount += count
    if count == 0 { isAtEnd = true }
    buffer.append(contentsOf: UnsafeRawBufferPointer(rebasing: block[..<count]))
  }
}
