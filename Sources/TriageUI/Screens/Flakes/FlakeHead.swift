import SafeText
import TerminalKit
import TriageModel

/// The row over the list: the names of its columns, and over the grid where commits begin and which run is chosen.
struct FlakeHead {
  let runs: [RunRecord]
  let columns: FlakeColumns
  /// The chosen run, by its place.
  let column: Int
  /// The runs that are seen.
  let seen: Range<Int>

  func draw(in row: Rect, on grid: inout Grid) {
    for column in columns.facts where column.width > 1 {
      let head = column.fact.head
      let indent = column.fact.isNumber ? max(0, column.width - DisplayWidth.of(head)) : 0
      grid.write(head, Style(.dim), in: cell(row, column.x + indent, column.width - indent))
    }
    grid.write("test", Style(.dim), in: cell(row, columns.name.x, columns.name.width))
    let place = cell(row, columns.grid.x, columns.grid.width)
    grid.write(ticks, Style(.dim), in: place)
    drawEdges(place, row, on: &grid)
    drawChosen(place, on: &grid)
  }

  private func cell(_ row: Rect, _ x: Int, _ width: Int) -> Rect {
    Rect(x: row.x + x, y: row.y, width: width, height: row.height)
  }

  /// A tick over the oldest run of each commit: failures between two ticks are of one code.
  private var ticks: String {
    String(
      seen.map { place -> Character in
        guard place + 1 < runs.count, let commit = runs[place].commit else { return " " }
        return commit == runs[place + 1].commit ? " " : "╷"
      })
  }

  /// Says that there is more to the side.
  private func drawEdges(_ place: Rect, _ row: Rect, on grid: inout Grid) {
    if seen.lowerBound > 0 { grid.write("‹", Style(.scrollbar), in: cell(row, columns.grid.x - 1, 1)) }
    if seen.upperBound < runs.count { grid.write("›", Style(.scrollbar), in: cell(row, place.maxX - row.x, 1)) }
  }

  /// The mark over the chosen run, with its id beside it where there is room.
  private func drawChosen(_ place: Rect, on grid: inout Grid) {
    guard seen.contains(column) else { return }
    let x = column - seen.lowerBound
    let id = Sanitizer.line(runs[column].identity.id, limit: 24)
    let width = DisplayWidth.of(id)
    let style = Style(.titleFocus, on: .background, .bold)
    grid.write("▾", style, in: place.inset(left: x))
    if x + 2 + width <= place.width {
      grid.write(id + " ", style, in: place.inset(left: x + 1))
    } else if x >= width + 1 {
      grid.write(" " + id, style, in: Rect(x: place.x + x - width - 1, y: place.y, width: width + 1, height: 1))
    }
  }
}
