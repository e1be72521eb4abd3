/// Where one piece of report text lies in a `TextStore`; 8 bytes, valid for the life of the store.
package struct TextRef: Hashable, Sendable {
  /// 20 bits of chunk, 20 bits of offset, 24 bits of length.
  fileprivate let bits: UInt64

  fileprivate init(chunk: Int, offset: Int, length: Int) {
    bits = UInt64(chunk) << 44 | UInt64(offset) << 24 | UInt64(length)
  }

  /// No text.
  package static let empty = TextRef(chunk: 0, offset: 0, length: 0)

  /// The length in bytes.
  package var count: Int { Int(bits & 0xFF_FFFF) }

  /// Whether there is no text.
  package var isEmpty: Bool { count == 0 }

  fileprivate var chunk: Int { Int(bits >> 44) }
  fileprivate var offset: Int { Int(bits >> 24 & 0xF_FFFF) }
}

/// The bytes of a run's reports, as they were written, in chunks.
///
/// Text is kept as bytes because a million-test report holds hundreds of megabytes and a screen shows a few
/// hundred lines of it: a `String` is made only for what is shown. A copy shares every chunk but the last.
package struct TextStore: Sendable {
  /// The longest piece kept whole, in bytes; longer text is cut there and the reader says so.
  package static let longestText = 0xFF_FFFF

  private static let chunkSize = 1 << 20
  private var chunks: [[UInt8]] = []

  /// An empty store.
  package init() {}

  /// Copies bytes into the store; what lies beyond `longestText` is not kept.
  package mutating func append(_ bytes: UnsafeRawBufferPointer) -> TextRef {
    let length = min(bytes.count, Self.longestText)
    if length == 0 { return .empty }
    let bytes = UnsafeRawBufferPointer(rebasing: bytes[..<length])
    if chunks.isEmpty || chunks[chunks.count - 1].count + length > Self.chunkSize {
      var chunk: [UInt8] = []
      chunk.reserveCapacity(chunks.isEmpty ? max(length, 1 << 14) : max(length, Self.chunkSize))
      chunks.append(chunk)
    }
    let last = chunks.count - 1
    let offset = chunks[last].count
    chunks[last].append(contentsOf: bytes)
    return TextRef(chunk: last, offset: offset, length: length)
  }

  /// Copies a string's UTF-8 into the store.
  package mutating func append(_ string: String) -> TextRef {
    var string = string
    return string.withUTF8 { append(UnsafeRawBufferPointer($0)) }
  }

  /// Calls `body` with the bytes of a piece of text; the pointer is valid only inside it.
  package func withBytes<Result>(of ref: TextRef, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    if ref.isEmpty { return body(UnsafeRawBufferPointer(start: nil, count: 0)) }
    return chunks[ref.chunk].withUnsafeBytes { chunk in
      body(UnsafeRawBufferPointer(rebasing: chunk[ref.offset..<ref.offset + ref.count]))
    }
  }

  /// The text as a string, with U+FFFD for what is not UTF-8.
  package func string(_ ref: TextRef) -> String {
    withBytes(of: ref) { String(decoding: $0, as: UTF8.self) }
  }

  /// Calls `body` with the chunk that a piece of text lies in, for reading many pieces that lie side by side.
  func withChunk(of ref: TextRef, _ body: (TextChunk) -> Void) {
    guard chunks.indices.contains(ref.chunk) else {
      body(TextChunk(number: ref.chunk, bytes: UnsafeRawBufferPointer(start: nil, count: 0)))
      return
    }
    chunks[ref.chunk].withUnsafeBytes { body(TextChunk(number: ref.chunk, bytes: $0)) }
  }
}

/// The bytes of one chunk of a `TextStore`, valid inside `withChunk`.
struct TextChunk {
  fileprivate let number: Int
  fileprivate let bytes: UnsafeRawBufferPointer

  /// The bytes of a piece of text; nil when it lies in another chunk.
  func bytes(of ref: TextRef) -> UnsafeRawBufferPointer? {
    if ref.isEmpty { return UnsafeRawBufferPointer(start: nil, count: 0) }
    guard ref.chunk == number else { return nil }
    return UnsafeRawBufferPointer(rebasing: bytes[ref.offset..<ref.offset + ref.count])
  }
}

/// An append-only array in chunks of fixed size, so that a copy shares all chunks but the one being written.
///
/// A loader appends while a screen reads its own copy: taking the copy costs one reference a chunk, and the
/// next append copies at most one chunk. Elements keep their index for ever.
package struct ChunkedArray<Element: Sendable>: Sendable {
  /// Elements in a full chunk: 4,096, as a shift.
  private static var shift: Int { 12 }
  private static var mask: Int { (1 << shift) - 1 }

  private var chunks: [[Element]] = []

  /// The number of elements.
  package private(set) var count = 0

  /// An empty array.
  package init() {}

  /// The element at an index that was returned by `append`.
  package subscript(index: Int) -> Element {
    get { chunks[index >> Self.shift][index & Self.mask] }
    _modify { yield &chunks[index >> Self.shift][index & Self.mask] }
  }

  /// Adds one element and returns its index.
  @discardableResult
  package mutating func append(_ element: Element) -> Int {
    if count & Self.mask == 0 {
      var chunk: [Element] = []
      chunk.reserveCapacity(count == 0 ? 16 : Self.mask + 1)
      chunks.append(chunk)
    }
    chunks[chunks.count - 1].append(element)
    count += 1
    return count - 1
  }

  /// Calls `body` with each chunk in order: the quick way through all elements.
  package func forEachChunk(_ body: (_ firstIndex: Int, _ elements: ArraySlice<Element>) -> Void) {
    var first = 0
    for chunk in chunks {
      body(first, chunk[...])
      first += chunk.count
    }
  }
}

extension [Int] {
  /// The stretch that a row lies in, by bisection, of stretches that begin at these rows: rising, a row behind the last
  /// stretch at the end.
  package func stretch(holding row: Int) -> Int {
    var low = 0
    var high = count - 2
    while low < high {
      let middle = (low + high + 1) / 2
      if self[middle] <= row { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
