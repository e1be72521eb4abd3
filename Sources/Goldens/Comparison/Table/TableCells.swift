internal import TriageModel

/// Reads the cells of two sides of a table when they are shown.
struct TableCells<Sides: TableSides>: TableSource {
  let sides: Sides
  let tolerance: Tolerance
  /// The column that is not compared.
  let counter: Int?
  /// Which row stands beside which.
  let alignment: Alignment

  func cells(of row: Alignment.Row, columns: [TableComparison.Column]) -> [TableComparison.Cell] {
    let (first, second) = rows(of: row)
    return sides.withRows { left, right in
      let leftCells = Self.cells(left, first)
      let rightCells = Self.cells(right, second)
      return columns.enumerated().map { place, column in
        let one = column.expected.flatMap { $0 < leftCells.count ? leftCells[$0] : nil }
        let other = column.actual.flatMap { $0 < rightCells.count ? rightCells[$0] : nil }
        let texts = (one.map(left.text), other.map(right.text))
        var kind = row.kind
        if first != nil, second != nil {
          if sides.columns.setAside[place] != nil {
            kind = texts.0 == texts.1 ? .equal : .tolerated
          } else {
            kind = place == counter ? .equal : self.kind(left, one, right, other)
          }
        }
        return TableComparison.Cell(expected: texts.0, actual: texts.1, kind: kind)
      }
    }
  }

  func label(of row: Alignment.Row, columns: [TableComparison.Column]) -> String {
    sides.label(of: row, columns: columns)
  }

  /// The rows of both sides; those of a moved row stand apart.
  private func rows(of row: Alignment.Row) -> (Int?, Int?) {
    if row.kind == .movedHere, let actual = row.actual {
      let run = alignment.runs[row.run]
      return (run.expected.lowerBound + actual - run.actual.lowerBound, actual)
    }
    return (row.expected, row.actual)
  }

  private static func cells(_ rows: Sides.Rows, _ row: Int?) -> [Sides.Rows.Cell] {
    var cells: [Sides.Rows.Cell] = []
    if let row, row < rows.count { rows.split(row, into: &cells) }
    return cells
  }

  private func kind(
    _ left: Sides.Rows, _ first: Sides.Rows.Cell?, _ right: Sides.Rows, _ second: Sides.Rows.Cell?
  ) -> AlignedRun.Kind {
    guard let first, let second else { return first == nil && second == nil ? .equal : .changed }
    return left.verdict(first, right, second).kind(under: tolerance)
  }
}
