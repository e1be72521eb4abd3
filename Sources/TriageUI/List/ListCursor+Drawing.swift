import TerminalKit

extension ListCursor {
  /// Marks the row that keys act on.
  static func draw(in row: Rect, isFocused: Bool, on grid: inout Grid) {
    grid.write(">", Style(.titleFocus, on: .background, .bold), in: Rect(x: row.x, y: row.y, width: 1, height: 1))
    grid.paint(row, on: isFocused ? .selection : .selectionInactive)
    if isFocused { grid.focus = Point(x: row.x, y: row.y) }
  }

  /// Marks at the right edge of a list how far down this is, when not all rows are seen.
  func drawPosition(count: Int, in rect: Rect, on grid: inout Grid) {
    guard count > rect.height, rect.height > 1 else { return }
    let place = offset * (rect.height - 1) / max(1, count - rect.height)
    grid.write("┃", Style(.scrollbar), in: Rect(x: rect.maxX - 1, y: rect.y + place, width: 1, height: 1))
  }
}
