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
  private let block: UnsafeMutableRawBufferPointer
  private var buffer: [UInt8] = []
  private var position = 0
  private var number = 0
  private var isAtEnd = false
  /// Bytes read from the source so far.
  private(set) var byteCount = 0
  /// Whether a line was longer than the limit and lost its end.
  private(set) var hasLongLine = false

  /// A reader that borrows `block` for reading; the caller frees it.
  init(_ source: any ByteSource, block: UnsafeMutableRawBufferPointer) {
    self.source = source
    self.block = block
  }

  /// The next line; nil at the end.
  mutating func next() throws(ByteSourceError) -> Line? {
    var searched = position
    while true {
      let end = buffer.withUnsafeBytes { buffer in
        XMLBytes.first(0x0A, in: UnsafeRawBufferPointer(rebasing: buffer[searched...])).map { $0 + searched }
      }
      if let end { return take(end, isWhole: true) }
      if isAtEnd { return position < buffer.count ? take(buffer.count, isWhole: false) : nil }
      searched = buffer.count - position
      try fill()
    }
  }

  private mutating func take(_ end: Int, isWhole: Bool) -> Line {
    number += 1
    let line = Line(bytes: Array(buffer[position..<end]), number: number, isWhole: isWhole)
    position = min(end + 1, buffer.count)
    return line
  }

  private mutating func fill() throws(ByteSourceError) {
    buffer.removeFirst(position)
    position = 0
    let count = try source.read(into: block)
    byteCount += count
    if count == 0 { isAtEnd = true }
    if buffer.count > Self.longestLine {
      hasLongLine = true
    } else {
      buffer.append(contentsOf: UnsafeRawBufferPointer(rebasing: block[..<count]))
    }
  }
}
