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
