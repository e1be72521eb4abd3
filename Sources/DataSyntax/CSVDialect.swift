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
