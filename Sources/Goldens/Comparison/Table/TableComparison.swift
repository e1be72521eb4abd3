/// Two tables row by row: CSV, and arrays seen as rows and columns.
package struct TableComparison: Sendable {
  /// A column of either side, or of both.
  package struct Column: Sendable, Equatable {
    /// The name, as the header writes it, or the index of an array (`[3]`).
    package var name: String
    /// The place among the expected side's columns; nil when it is new.
    package var expected: Int?
    /// The place among the actual side's columns; nil when it vanished.
    package var actual: Int?
    /// Cells of it that differ beyond the tolerance, in rows that both sides have.
    package var changed = 0
    /// Whether its cells are numbers, which align on the decimal point.
    package var isNumeric = false
    /// Whether it tells the rows apart.
    package var isKey = false

    /// A column.
    package init(name: String, expected: Int?, actual: Int?) {
      self.name = name
      self.expected = expected
      self.actual = actual
    }
  }

  /// What stands at one crossing of a row and a column.
  package struct Cell: Sendable, Equatable {
    /// As the expected side writes it; nil where that side has no such cell.
    package var expected: String?
    /// As the actual side writes it; nil where that side has no such cell.
    package var actual: String?
    /// How the two relate; `equal` too where both write the same number otherwise.
    package var kind: AlignedRun.Kind

    /// A cell of both sides.
    package init(expected: String?, actual: String?, kind: AlignedRun.Kind) {
      self.expected = expected
      self.actual = actual
      self.kind = kind
    }
  }

  /// What the table is called: empty for a file of one table, the array's name in an NPZ, its shape and type.
  package var title: String
  /// The columns: the expected side's order, new ones where the actual side has them.
  package var columns: [Column]
  /// Which row stands beside which; a header is no row.
  package var alignment: Alignment
  /// The first data row's number as people count (2 for a CSV with a header, 0 for an array).
  package var firstRowNumber: Int
  /// The cells of both sides.
  package var source: any TableSource

  /// A table of both sides.
  package init(
    title: String, columns: [Column], alignment: Alignment, firstRowNumber: Int, source: any TableSource
  ) {
    self.title = title
    self.columns = columns
    self.alignment = alignment
    self.firstRowNumber = firstRowNumber
    self.source = source
  }

  /// The cells of a row of the alignment, one a column.
  package func cells(of row: Alignment.Row) -> [Cell] { source.cells(of: row, columns: columns) }

  /// What tells a row from others, as people read it: the key columns' text, else the index.
  package func label(of row: Alignment.Row) -> String { source.label(of: row, columns: columns) }

  /// Where a row is, in words: `id 17` or `index 4` when a key tells, else `row 12`.
  package func place(of row: Alignment.Row) -> String {
    let names = columns.filter(\.isKey).map(\.name)
    let label = label(of: row)
    if names.isEmpty { return "row " + label }
    // pandas leaves the name of its index out.
    return names.map { $0.isEmpty ? "index" : $0 }.joined(separator: ", ") + " " + label
  }
}

/// Where a table comparison reads cells when they are shown.
package protocol TableSource: Sendable {
  /// The cells of a row, one a column.
  func cells(of row: Alignment.Row, columns: [TableComparison.Column]) -> [TableComparison.Cell]
  /// What tells the row from others.
  func label(of row: Alignment.Row, columns: [TableComparison.Column]) -> String
}
