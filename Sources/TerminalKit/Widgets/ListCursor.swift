/// Where a person is in a list, and which part of it is seen.
package struct ListCursor: Hashable, Sendable {
  /// The row that keys act on.
  package private(set) var index = 0
  /// The first row that is seen.
  package private(set) var offset = 0

  /// At the top.
  package init() {}

  /// Goes to a row of a list of `count` rows of which `height` are seen.
  package mutating func move(to target: Int, count: Int, height: Int) {
    index = max(0, min(target, count - 1))
    let height = max(1, height)
    if index < offset { offset = index }
    if index >= offset + height { offset = index - height + 1 }
    offset = max(0, min(offset, count - height))
  }

  /// Goes up or down by rows.
  package mutating func move(by rows: Int, count: Int, height: Int) {
    move(to: index + rows, count: count, height: height)
  }

  /// Moves the view and takes the cursor along, as a wheel does.
  package mutating func scroll(by rows: Int, count: Int, height: Int) {
    let height = max(1, height)
    offset = max(0, min(offset + rows, count - height))
    index = max(offset, min(index, offset + height - 1, count - 1))
    index = max(0, index)
  }

  /// The rows that are seen.
  package func visible(count: Int, height: Int) -> Range<Int> {
    let first = max(0, min(offset, count))
    return first..<min(count, first + max(0, height))
  }
}
