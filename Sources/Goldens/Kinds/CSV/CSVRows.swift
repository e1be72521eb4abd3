internal import DataSyntax
internal import TriageModel

/// The data rows of a CSV document where they lie in memory.
struct CSVRows: TableRows {
  static let areText = true

  /// The whole document.
  let bytes: UnsafeBufferPointer<UInt8>
  private let starts: UnsafeBufferPointer<UInt32>
  /// Rows in front of the first data row: 1 for a header.
  private let skipped: Int
  private let delimiter: UInt8
  /// Whether any cell may stand in quotation marks.
  private let hasQuotes: Bool
  /// Whether numbers have commas for points.
  private let hasDecimalCommas: Bool

  /// The rows of a document of two that are compared.
  init(
    _ document: CSVDocument, _ bytes: UnsafeBufferPointer<UInt8>, _ starts: UnsafeBufferPointer<UInt32>,
    _ sides: CSVSides
  ) {
    self.bytes = bytes
    self.starts = starts
    skipped = sides.headerRows(of: document)
    hasDecimalCommas = sides.hasDecimalCommas
    delimiter = document.dialect.delimiter
    hasQuotes = document.hasQuotes
  }

  var count: Int { max(0, starts.count - 1 - skipped) }

  /// Where a data row lies, without its line end.
  @inline(__always)
  private func range(_ row: Int) -> Range<Int> {
    let start = Int(starts[row + skipped])
    var end = Int(starts[row + skipped + 1])
    if end > start, bytes[end - 1] == 0x0A { end -= 1 }
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }

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

  @inline(__always)
  func split(_ row: Int, into cells: inout [CSVCell]) {
    CSVCellScanner.split(bytes, row: range(row), delimiter: delimiter, into: &cells)
  }

  @inline(__always)
  func isSame(_ row: Int, _ other: CSVRows, _ otherRow: Int) -> Bool {
    let (first, second) = (range(row), other.range(otherRow))
    return first.count == second.count
      && ByteRuns.areEqual(
        UnsafeRawBufferPointer(bytes), first.lowerBound, UnsafeRawBufferPointer(other.bytes), second.lowerBound,
        first.count)
  }

  func hash(row: Int) -> UInt64 {
    ByteHash.of(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[range(row)]))
  }

  func hash(row: Int, from column: Int) -> UInt64? {
    guard !hasQuotes, let start = cell(row, column)?.start else { return nil }
    return ByteHash.of(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[start..<range(row).upperBound]))
  }
}

// MARK: - Cells

extension CSVRows {
  /// A cell's bytes as they lie in the document, without quotation marks around them.
  @inline(__always)
  private func content(_ cell: CSVCell) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[cell.start..<cell.end])
  }

  func text(_ cell: CSVCell) -> String { String(decoding: unquoted(cell), as: UTF8.self) }

  func bytes(_ cell: CSVCell) -> [UInt8] { Array(content(cell)) }

  func isSame(_ cell: CSVCell, _ other: CSVRows, _ otherCell: CSVCell) -> Bool {
    ByteRuns.areEqual(content(cell), other.content(otherCell))
  }

  @inline(__always)
  func hash(_ cell: CSVCell, behind seed: UInt64) -> UInt64 {
    ByteHash.of(UnsafeRawBufferPointer(content(cell)), behind: seed)
  }

  func coarseHash(_ cell: CSVCell, behind seed: UInt64) -> UInt64 {
    guard let number = measure(cell)?.number, number.value.isFinite, !number.isWhole else {
      return hash(cell, behind: seed)
    }
    // The sign, the exponent and eight bits behind it, rounded.
    return seed &* 31 &+ (number.value.bitPattern &+ 1 << 43) >> 44 &* 0x9E37_79B9_7F4A_7C15
  }

  func number(_ cell: CSVCell) -> Double? { measure(cell)?.number.value }

  func isNumber(_ cell: CSVCell) -> Bool? {
    if measure(cell) != nil { return true }
    return MissingWord.isWhole(content(cell)) ? nil : false
  }

  @inline(__always)
  func key(_ cell: CSVCell) -> RowKeys.Value? {
    if cell.end == cell.start { return nil }
    if let number = integer(cell) { return RowKeys.Value(bits: UInt64(bitPattern: number), isInteger: true) }
    // A measure is no key; a whole number with a unit may be a name.
    if let measure = measure(cell), !measure.number.isWhole || measure.imaginary != nil { return nil }
    return RowKeys.Value(bits: hash(cell, behind: 1), isInteger: false)
  }

  /// A whole number of at most 18 digits, without superfluous zeros.
  @inline(__always)
  private func integer(_ cell: CSVCell) -> Int64? {
    var index = cell.start
    let isNegative = bytes[index] == 0x2D
    if isNegative { index += 1 }
    let length = cell.end - index
    if length == 0 || length > 18 || bytes[index] == 0x30 && length > 1 { return nil }
    var value: Int64 = 0
    while index < cell.end {
      let digit = bytes[index] &- 0x30
      if digit > 9 { return nil }
      value = value &* 10 &+ Int64(digit)
      index += 1
    }
    return isNegative ? -value : value
  }

  /// What a cell says: doubled quotation marks are one.
  private func unquoted(_ cell: CSVCell) -> [UInt8] {
    let content = content(cell)
    guard cell.isQuoted else { return Array(content) }
    var text: [UInt8] = []
    var isSecond = false
    for byte in content {
      isSecond = byte == 0x22 && !isSecond
      if !isSecond || byte != 0x22 { text.append(byte) }
    }
    return text
  }

  /// The number that a cell is in whatever writing; nil for words.
  private func measure(_ cell: CSVCell) -> CellMeasure? {
    if let number = plainNumber(cell) { return CellMeasure(number) }
    // Letters begin no number: keys of words are looked at a million times.
    guard cell.start < cell.end, bytes[cell.start] <= 0x39 || bytes[cell.start] >= 0xC2 else { return nil }
    return CellMeasure(content(cell), hasDecimalCommas: hasDecimalCommas)
  }

  /// The plain number that a cell is; nil for words, for codes with superfluous zeros, and for what no double holds.
  @inline(__always)
  private func plainNumber(_ cell: CSVCell) -> NumberToken? {
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

// MARK: - Judging

extension CSVRows {
  @inline(__always)
  func verdict(_ cell: CSVCell, _ other: CSVRows, _ otherCell: CSVCell) -> CellVerdict {
    if isSame(cell, other, otherCell) { return cell.isQuoted == otherCell.isQuoted ? .same : .rewritten }
    guard let expected = plainNumber(cell), let actual = other.plainNumber(otherCell) else {
      return measured(cell, other, otherCell)
    }
    if expected.value == actual.value || expected.value.isNaN && actual.value.isNaN { return .rewritten }
    return Self.numbers(expected, actual)
  }

  @inline(__always)
  private static func numbers(_ expected: NumberToken, _ actual: NumberToken) -> CellVerdict {
    .numbers(
      expected: expected.value, actual: actual.value, type: expected.isWhole && actual.isWhole ? .integer : .float64)
  }

  /// The verdict on cells of which one is no plain number.
  @inline(never)
  private func measured(_ cell: CSVCell, _ other: CSVRows, _ otherCell: CSVCell) -> CellVerdict {
    switch (measure(cell), other.measure(otherCell)) {
    case (let expected?, let actual?): return Self.verdict(expected, actual)
    case (let expected?, nil):
      return expected.number.value.isFinite && MissingWord.isWhole(other.content(otherCell)) ? .lost : .words
    case (nil, let actual?):
      return actual.number.value.isFinite && MissingWord.isWhole(content(cell)) ? .regained : .words
    case (nil, nil):
      return cell.isQuoted != otherCell.isQuoted && unquoted(cell) == other.unquoted(otherCell) ? .rewritten : .words
    }
  }

  private static func verdict(_ expected: CellMeasure, _ actual: CellMeasure) -> CellVerdict {
    let (left, right) = (expected.number.value, actual.number.value)
    switch (expected.imaginary, actual.imaginary) {
    case (nil, nil):
      guard expected.unit == actual.unit || !left.isFinite || !right.isFinite else { return .words }
      if left == right || left.isNaN && right.isNaN { return .rewritten }
      return numbers(expected.number, actual.number)
    case (let first?, let second?):
      if left == right, first == second { return .rewritten }
      return .complex(real: (left, right), imaginary: (first, second))
    case (_?, nil), (nil, _?):
      if left.isFinite != right.isFinite { return .numbers(expected: left, actual: right, type: .float64) }
      return .words
    }
  }
}
