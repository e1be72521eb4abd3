internal import DataSyntax

/// The data rows of one side where they lie in memory; valid only inside the closure that hands it out.
struct TableRows {
  /// The whole document.
  let bytes: UnsafeBufferPointer<UInt8>
  private let starts: UnsafeBufferPointer<UInt32>
  /// Rows in front of the first data row: 1 for a header.
  private let skipped: Int
  /// The byte between cells.
  let delimiter: UInt8
  /// Whether any cell may stand in quotation marks.
  let hasQuotes: Bool
  /// Whether numbers have commas for points.
  private let hasDecimalCommas: Bool

  /// Hands out the rows of both sides.
  static func with<Result>(_ sides: TableSides, _ body: (TableRows, TableRows) -> Result) -> Result {
    sides.expected.withRows { leftBytes, leftStarts in
      sides.actual.withRows { rightBytes, rightStarts in
        body(
          TableRows(sides.expected, leftBytes, leftStarts, sides),
          TableRows(sides.actual, rightBytes, rightStarts, sides))
      }
    }
  }

  private init(
    _ document: CSVDocument, _ bytes: UnsafeBufferPointer<UInt8>, _ starts: UnsafeBufferPointer<UInt32>,
    _ sides: TableSides
  ) {
    self.bytes = bytes
    self.starts = starts
    skipped = sides.headerRows(of: document)
    hasDecimalCommas = sides.hasDecimalCommas
    delimiter = document.dialect.delimiter
    hasQuotes = document.hasQuotes
  }

  /// The number of data rows.
  var count: Int { max(0, starts.count - 1 - skipped) }

  /// Where a data row lies, without its line end.
  @inline(__always)
  func range(_ row: Int) -> Range<Int> {
    let start = Int(starts[row + skipped])
    var end = Int(starts[row + skipped + 1])
    if end > start, bytes[end - 1] == 0x0A { end -= 1 }
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }

  /// A cell of a data row; nil when the row is too short.
  @inline(__always)
  func cell(_ row: Int, _ column: Int) -> CSVCell? {
    let range = range(row)
    if hasQuotes {
      var scanner = CSVCellScanner(bytes, row: range, delimiter: delimiter)
      for _ in 0..<column where scanner.next() == nil { return nil }
      return scanner.next()
    }
    var start = range.lowerBound
    var left = column
    while left > 0 {
      while start < range.upperBound, bytes[start] != delimiter { start += 1 }
      if start == range.upperBound { return nil }
      start += 1
      left -= 1
    }
    var end = start
    while end < range.upperBound, bytes[end] != delimiter { end += 1 }
    return CSVCell(start: start, end: end, isQuoted: false)
  }

  /// Puts the cells of a row into a list that is used again for every row.
  @inline(__always)
  func split(_ row: Int, into cells: inout [CSVCell]) {
    CSVCellScanner.split(bytes, row: range(row), delimiter: delimiter, into: &cells)
  }

  /// A cell's bytes.
  @inline(__always)
  func content(_ cell: CSVCell) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[cell.start..<cell.end])
  }

  /// The number that a cell is in whatever writing; nil for words.
  func measure(_ cell: CSVCell) -> CellMeasure? {
    if let number = number(cell) { return CellMeasure(number) }
    // Letters begin no number: keys of words are looked at a million times.
    guard cell.start < cell.end, bytes[cell.start] <= 0x39 || bytes[cell.start] >= 0xC2 else { return nil }
    return CellMeasure(content(cell), hasDecimalCommas: hasDecimalCommas)
  }

  /// The plain number that a cell is; nil for words, for codes with superfluous zeros, and for what no double holds.
  @inline(__always)
  func number(_ cell: CSVCell) -> NumberToken? {
    if cell.start == cell.end
      || bytes[cell.start] > 0x39 && bytes[cell.start] | 0x20 != 0x6E && bytes[cell.start] | 0x20 != 0x69
    {
      return nil
    }
    let content = content(cell)
    guard let number = NumberToken(content), !number.isOverflowing else { return nil }
    return number.isWhole && TextTokens.isCode(content, content.count) ? nil : number
  }
}
