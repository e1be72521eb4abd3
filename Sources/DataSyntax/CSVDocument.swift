/// A CSV document's bytes and where its rows begin: RFC 4180, read leniently.
///
/// Rows end with LF or CR LF, and not inside quotation marks; a byte order mark is left out. Rows may have different
/// numbers of cells. Cells are found when they are asked for, and keep how they are written.
package struct CSVDocument: Sendable {
  /// The whole document.
  package let bytes: [UInt8]
  /// What stands between cells.
  package let dialect: CSVDialect
  /// Whether any quotation mark stands in it.
  package let hasQuotes: Bool
  /// Where each row begins, and the end behind the last.
  private let starts: [UInt32]

  /// Finds the rows of a document.
  package init(_ bytes: [UInt8], dialect: CSVDialect, limits: CSVLimits = CSVLimits()) throws(CSVError) {
    guard bytes.count < min(limits.bytes, Int(UInt32.max)) else { throw .limit("bytes", limits.bytes, line: 1) }
    let scan = bytes.withUnsafeBufferPointer { CSVRowScan($0, delimiter: dialect.delimiter) }
    if let line = scan.unclosedQuote { throw .unclosedQuote(line: line) }
    self.bytes = bytes
    self.dialect = dialect
    hasQuotes = scan.hasQuotes
    starts = scan.starts
  }

  /// The number of rows, a header among them.
  package var count: Int { starts.count - 1 }

  /// Where a row lies in `bytes`, without its line end; `row` is below `count`.
  @inline(__always)
  package func range(_ row: Int) -> Range<Int> {
    let start = Int(starts[row])
    var end = Int(starts[row + 1])
    if end > start, bytes[end - 1] == 0x0A { end -= 1 }
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }

  /// Hands out the bytes and where each row begins, the end behind the last, for loops over millions of rows.
  package func withRows<Result>(
    _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt32>) -> Result
  ) -> Result {
    bytes.withUnsafeBufferPointer { bytes in
      starts.withUnsafeBufferPointer { body(bytes, $0) }
    }
  }

  /// The cells of a row, left to right.
  package func cells(_ row: Int) -> [CSVCell] {
    bytes.withUnsafeBufferPointer { buffer in
      var scanner = CSVCellScanner(buffer, row: range(row), delimiter: dialect.delimiter)
      var cells: [CSVCell] = []
      while let cell = scanner.next() { cells.append(cell) }
      return cells
    }
  }

  /// A cell's bytes as they lie in the document, without quotation marks around them.
  package func content(_ cell: CSVCell) -> ArraySlice<UInt8> { bytes[cell.start..<cell.end] }

  /// What a cell says: doubled quotation marks are one.
  package func text(_ cell: CSVCell) -> [UInt8] {
    let content = content(cell)
    guard cell.isQuoted, content.contains(0x22) else { return Array(content) }
    var text: [UInt8] = []
    var isSecond = false
    for byte in content {
      isSecond = byte == 0x22 && !isSecond
      if !isSecond || byte != 0x22 { text.append(byte) }
    }
    return text
  }
}

/// One pass over a document that finds where rows begin.
private struct CSVRowScan {
  var starts: [UInt32] = []
  var hasQuotes = false
  /// The line of the quotation mark that is never closed.
  var unclosedQuote: Int?

  init(_ bytes: UnsafeBufferPointer<UInt8>, delimiter: UInt8) {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    starts.reserveCapacity(bytes.count / 32 + 2)
    starts.append(UInt32(start))
    let quote = ByteScan.find(0x22, in: bytes, from: start)
    hasQuotes = quote < bytes.count
    let plain = hasQuotes ? lineStart(bytes, before: quote, from: start) : bytes.count
    findLines(bytes, start..<plain)
    if hasQuotes { findRows(bytes, from: plain, delimiter: delimiter) }
    if let last = starts.last, Int(last) < bytes.count { starts.append(UInt32(bytes.count)) }
  }

  private func lineStart(_ bytes: UnsafeBufferPointer<UInt8>, before index: Int, from start: Int) -> Int {
    var place = index
    while place > start, bytes[place - 1] != 0x0A { place -= 1 }
    return place
  }

  private mutating func findLines(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    var index = range.lowerBound
    while true {
      index = ByteScan.find(0x0A, in: UnsafeBufferPointer(rebasing: bytes[..<range.upperBound]), from: index) + 1
      if index > range.upperBound { return }
      starts.append(UInt32(truncatingIfNeeded: index))
    }
  }

  private mutating func findRows(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, delimiter: UInt8) {
    var index = start
    var opening: Int?
    var isCellStart = true
    while index < bytes.count {
      let byte = bytes[index]
      if opening != nil {
        if byte == 0x22 {
          if index + 1 < bytes.count, bytes[index + 1] == 0x22 { index += 1 } else { opening = nil }
        }
      } else if byte == 0x22, isCellStart {
        opening = index
      } else if byte == 0x0A {
        starts.append(UInt32(truncatingIfNeeded: index + 1))
      }
      isCellStart = opening == nil && (byte == delimiter || byte == 0x0A)
      index += 1
    }
    if let opening { unclosedQuote = bytes[..<opening].reduce(1) { $1 == 0x0A ? $0 + 1 : $0 } }
  }
}

/// Why bytes could not be read as CSV. The text fits "could not read X: {error}".
package enum CSVError: Error, Equatable, CustomStringConvertible {
  /// A quotation mark opens a cell that is never closed; the line it stands on.
  case unclosedQuote(line: Int)
  /// A limit was reached; which, and its value.
  case limit(String, Int, line: Int)

  package var description: String {
    switch self {
    case .unclosedQuote(let line): "line \(line): a quotation mark is never closed"
    case .limit(let what, let value, let line): "line \(line): more than \(value) \(what)"
    }
  }
}

/// What a reader of CSV takes at most.
package struct CSVLimits: Sendable, Equatable {
  /// Cells of one row.
  package var columns = 65_535
  /// Bytes of the whole document, whose places are kept in 32 bits.
  package var bytes = 1 << 31

  /// The usual limits.
  package init() {}
}

/// What stands between the cells of a row.
package struct CSVDialect: Equatable, Sendable {
  /// The byte between two cells.
  package var delimiter: UInt8

  /// Cells between commas, or another byte.
  package init(delimiter: UInt8 = 0x2C) {
    self.delimiter = delimiter
  }

  /// The bytes that are tried, likeliest first: comma, tab, semicolon, bar.
  package static let delimiters: [UInt8] = [0x2C, 0x09, 0x3B, 0x7C]

  /// Tells the delimiter from the first rows: the one that every row has equally often, and most often.
  ///
  /// Where no delimiter is as even, the one that the first row has most often is taken; a comma when there is none.
  package init(detecting head: ArraySlice<UInt8>) {
    var best = (score: 0, delimiter: 0x2C as UInt8)
    for delimiter in Self.delimiters {
      let counts = Self.counts(of: delimiter, in: head)
      guard let first = counts.first, first > 0 else { continue }
      let isEven = counts.allSatisfy { $0 == first }
      let score = min(first, 100_000) + (isEven ? 1_000_000 : 0)
      if score > best.score { best = (score, delimiter) }
    }
    delimiter = best.delimiter
  }

  /// How often a byte stands outside quotes in each of the first rows that are there whole.
  private static func counts(of delimiter: UInt8, in head: ArraySlice<UInt8>) -> [Int] {
    var counts: [Int] = []
    var count = 0
    var isQuoted = false
    for byte in head {
      if byte == 0x22 { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == delimiter { count += 1 }
      if byte == 0x0A {
        counts.append(count)
        count = 0
        if counts.count == 20 { return counts }
      }
    }
    if counts.isEmpty || count > 0 && counts.count < 2 { counts.append(count) }
    return counts
  }
}
