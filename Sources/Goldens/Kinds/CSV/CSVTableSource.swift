internal import DataSyntax
internal import TriageModel

/// Cuts rows of two CSV documents into cells when they are shown.
struct CSVTableSource: TableSource {
  let sides: TableSides
  let tolerance: Tolerance
  /// The column that is not compared.
  let counter: Int?
  /// The runs of rows that stand elsewhere, by their place in the alignment: both sides of them are known.
  let moved: [Int: AlignedRun]
  /// The first data row's number as people count.
  let firstRowNumber: Int

  func cells(of row: Alignment.Row, columns: [TableComparison.Column]) -> [TableComparison.Cell] {
    let (first, second) = rows(of: row)
    return TableRows.with(sides) { left, right in
      let leftCells = first.map { Self.cells(left, $0) } ?? []
      let rightCells = second.map { Self.cells(right, $0) } ?? []
      return columns.enumerated().map { place, column in
        let one = column.expected.flatMap { $0 < leftCells.count ? leftCells[$0] : nil }
        let other = column.actual.flatMap { $0 < rightCells.count ? rightCells[$0] : nil }
        let isCompared = first != nil && second != nil
        var kind = row.kind
        if isCompared, sides.setAside[place] != nil {
          kind = one.map { text(sides.expected, $0) } == other.map { text(sides.actual, $0) } ? .equal : .tolerated
        } else if isCompared {
          kind = place == counter ? .equal : self.kind(left, one, right, other)
        }
        return TableComparison.Cell(
          expected: one.map { text(sides.expected, $0) }, actual: other.map { text(sides.actual, $0) }, kind: kind)
      }
    }
  }

  func label(of row: Alignment.Row, columns: [TableComparison.Column]) -> String {
    let (first, second) = rows(of: row)
    let keys = columns.filter(\.isKey)
    if keys.isEmpty { return String(firstRowNumber + (first ?? second ?? 0)) }
    return TableRows.with(sides) { left, right in
      keys.map { key in
        if let first, let place = key.expected, let cell = left.cell(first, place) { return text(sides.expected, cell) }
        if let second, let place = key.actual, let cell = right.cell(second, place) { return text(sides.actual, cell) }
        return ""
      }.joined(separator: ", ")
    }
  }

  /// The rows of both sides; those of a moved row stand apart.
  private func rows(of row: Alignment.Row) -> (Int?, Int?) {
    guard let run = moved[row.run] else { return (row.expected, row.actual) }
    if row.kind == .movedHere, let actual = row.actual {
      return (run.expected.lowerBound + actual - run.actual.lowerBound, actual)
    }
    return (row.expected, row.actual)
  }

  private static func cells(_ rows: TableRows, _ row: Int) -> [CSVCell] {
    var cells: [CSVCell] = []
    if row < rows.count { rows.split(row, into: &cells) }
    return cells
  }

  private func text(_ document: CSVDocument, _ cell: CSVCell) -> String {
    String(decoding: document.text(cell), as: UTF8.self)
  }

  private func kind(_ left: TableRows, _ first: CSVCell?, _ right: TableRows, _ second: CSVCell?) -> AlignedRun.Kind {
    guard let first else { return second == nil ? .equal : .changed }
    guard let second else { return .changed }
    switch CellVerdict(left, first, right, second) {
    case .same: return .equal
    case .lost, .regained, .words: return .changed
    case .complex(let real, let imaginary):
      let areAccepted = [real, imaginary].allSatisfy {
        tolerance.accepts(expected: $0.expected, actual: $0.actual, type: .float64)
      }
      return areAccepted ? .tolerated : .changed
    case .numbers(let expected, let actual, let isWhole):
      let type = isWhole ? NumberType.integer : .float64
      return tolerance.accepts(expected: expected, actual: actual, type: type) ? .tolerated : .changed
    }
  }
}
