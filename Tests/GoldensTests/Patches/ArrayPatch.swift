@testable import Goldens

/// The edits that make the actual table of the expected one, read off the rows and cells that a person sees.
struct ArrayPatch: Sendable {
  /// What becomes of the next row.
  enum Edit: Sendable, Equatable {
    case keep
    case remove
    case insert([String])
    /// Cells by their place in the row.
    case change([Int: String])
  }

  let edits: [Edit]

  /// The patch of a table whose columns are the same on both sides; nil of another, whose shape changed.
  init?(_ table: TableComparison) {
    guard table.columns.allSatisfy({ $0.expected != nil && $0.actual != nil }) else { return nil }
    edits = (0..<table.alignment.count).compactMap { index in
      table.alignment.row(at: index).map { Self.edit($0, table) }
    }
  }

  private static func edit(_ row: Alignment.Row, _ table: TableComparison) -> Edit {
    switch row.kind {
    case .equal: return .keep
    case .removed, .movedAway: return .remove
    case .added, .movedHere: return .insert(table.cells(of: row).map { $0.actual ?? "" })
    case .tolerated, .changed:
      var cells: [Int: String] = [:]
      for (place, cell) in table.cells(of: row).enumerated() where cell.kind != .equal {
        cells[place] = cell.actual ?? ""
      }
      return .change(cells)
    }
  }

  /// The edited rows; nil when the edits do not fit them.
  func apply(to rows: [[String]]) -> [[String]]? {
    var result: [[String]] = []
    var source = rows.makeIterator()
    for edit in edits {
      switch edit {
      case .insert(let row): result.append(row)
      case .remove: guard source.next() != nil else { return nil }
      case .keep:
        guard let row = source.next() else { return nil }
        result.append(row)
      case .change(let cells):
        guard var row = source.next() else { return nil }
        for (place, text) in cells {
          guard row.indices.contains(place) else { return nil }
          row[place] = text
        }
        result.append(row)
      }
    }
    return source.next() == nil ? result : nil
  }
}
