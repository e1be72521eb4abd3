import DataSyntax
@testable import Goldens

/// What makes one table of another, cell for cell as written: each actual row as an expected row with other cells.
struct TablePatch: Sendable {
  /// Where a row of the new table comes from.
  enum Row: Equatable, Sendable {
    /// A row of the old table, counted with the header, and the cells that are another; a number of cells when it differs.
    case old(Int, cells: [Int: [UInt8]], width: Int)
    /// A row that the old table does not have.
    case new([[UInt8]])
  }

  /// The new table's rows, top to bottom, a header among them.
  let rows: [Row]

  /// The patch that a comparison of two CSV documents shows; nil for other tables.
  init?(_ table: TableComparison) {
    guard let source = table.source as? TableCells<CSVSides> else { return nil }
    let (old, new) = (source.sides.expected, source.sides.actual)
    let (oldHeader, newHeader) = (source.sides.headerRows(of: old), source.sides.headerRows(of: new))
    var rows: [Row] = []
    if newHeader > 0 { rows.append(oldHeader > 0 ? Self.row(old, 0, new, 0) : .new(Self.cells(new, 0))) }
    for run in table.alignment.runs {
      switch run.kind {
      case .equal, .tolerated, .changed, .movedHere:
        for (left, right) in zip(run.expected, run.actual) {
          rows.append(Self.row(old, left + oldHeader, new, right + newHeader))
        }
      case .added:
        for row in run.actual { rows.append(.new(Self.cells(new, row + newHeader))) }
      case .removed, .movedAway: break
      }
    }
    self.rows = rows
  }

  /// The cells of the new table, row by row, made of the old one's; nil when the old one is too short.
  func applied(to old: CSVDocument) -> [[[UInt8]]]? {
    var table: [[[UInt8]]] = []
    for row in rows {
      switch row {
      case .new(let cells): table.append(cells)
      case .old(let index, let cells, let width):
        guard index < old.count else { return nil }
        let known = Self.cells(old, index)
        table.append((0..<width).map { cells[$0] ?? ($0 < known.count ? known[$0] : []) })
      }
    }
    return table
  }

  private static func row(_ old: CSVDocument, _ left: Int, _ new: CSVDocument, _ right: Int) -> Row {
    let before = cells(old, left)
    let after = cells(new, right)
    var changed: [Int: [UInt8]] = [:]
    for (place, cell) in after.enumerated() where place >= before.count || before[place] != cell {
      changed[place] = cell
    }
    return .old(left, cells: changed, width: after.count)
  }

  /// The cells of a row as they are written, quotation marks and all.
  static func cells(_ document: CSVDocument, _ row: Int) -> [[UInt8]] {
    document.cells(row).map { cell in
      cell.isQuoted ? [0x22] + document.content(cell) + [0x22] : Array(document.content(cell))
    }
  }
}
