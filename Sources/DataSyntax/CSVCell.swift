/// Where a cell's text lies in its document.
package struct CSVCell: Equatable, Sendable {
  /// Its first byte, behind an opening quotation mark.
  package var start: Int
  /// The end, before the closing quotation mark.
  package var end: Int
  /// Whether it stands in quotation marks; two of them inside stand for one.
  package var isQuoted: Bool

  /// A cell at a place.
  package init(start: Int, end: Int, isQuoted: Bool) {
    self.start = start
    self.end = end
    self.isQuoted = isQuoted
  }
}

/// Hands out the cells of one row, left to right; it never reads beyond the row.
package struct CSVCellScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let end: Int
  private let delimiter: UInt8
  private var position: Int
  private var isDone = false

  /// A scanner of a row's bytes without its line end.
  @inline(__always)
  package init(_ bytes: UnsafeBufferPointer<UInt8>, row: Range<Int>, delimiter: UInt8) {
    self.bytes = bytes
    self.delimiter = delimiter
    position = row.lowerBound
    end = row.upperBound
  }

  /// The next cell; nil behind the last. A row without bytes has one cell.
  @inline(__always)
  package mutating func next() -> CSVCell? {
    if isDone { return nil }
    if position < end, bytes[position] == 0x22 { return quoted() }
    let start = position
    while position < end, bytes[position] != delimiter { position += 1 }
    let cell = CSVCell(start: start, end: position, isQuoted: false)
    step()
    return cell
  }

  /// A cell in quotation marks; text behind the closing one makes the whole cell a plain one, as written.
  private mutating func quoted() -> CSVCell {
    let start = position
    position += 1
    while position < end {
      if bytes[position] == 0x22 {
        if position + 1 < end, bytes[position + 1] == 0x22 { position += 1 } else { break }
      }
      position += 1
    }
    let closing = position
    position = min(position + 1, end)
    if position == end || bytes[position] == delimiter {
      step()
      return CSVCell(start: start + 1, end: closing, isQuoted: true)
    }
    while position < end, bytes[position] != delimiter { position += 1 }
    let cell = CSVCell(start: start, end: position, isQuoted: false)
    step()
    return cell
  }

  @inline(__always)
  private mutating func step() {
    if position == end { isDone = true } else { position += 1 }
  }
}

extension CSVCellScanner {
  /// Puts the cells of a row into a list that is used again for every row.
  package static func split(
    _ bytes: UnsafeBufferPointer<UInt8>, row: Range<Int>, delimiter: UInt8, into cells: inout [CSVCell]
  ) {
    cells.removeAll(keepingCapacity: true)
    var scanner = CSVCellScanner(bytes, row: row, delimiter: delimiter)
    while let cell = scanner.next() { cells.append(cell) }
  }
}
