import SafeText
import TerminalKit
import TriageMessages
import TriageModel
import TriageStyle

extension HealthScreen {
  func standing(_ context: AppContext) -> (left: Line, right: Line) {
    guard let report else { return (Line("counting the figures…", .dim), Line()) }
    var line = Line()
    for state in HealthFigure.State.allCases where report.count(state) > 0 && state != .untargeted {
      if !line.spans.isEmpty { line.append(" · ", .dim) }
      line.append("\(report.count(state)) \(state.label)", state.role, state == .missed ? .bold : [])
    }
    line.append("  " + Sanitizer.line(report.scope, limit: 200), .dim)
    var right = shownWords(rows.count)
    if isLooking { right.append("counting…", .dim) }
    return (line, right)
  }

  func draw(_ context: AppContext, on grid: inout Grid) {
    let columns = HealthColumns(width: panes.list.width)
    if !panes.list.isEmpty, !rows.isEmpty { columns.drawHead(in: panes.list.row(0), on: &grid) }
    drawList(empty: emptyLines, top: 0, on: &grid) { index, rect, grid in
      columns.draw(rows[index], find: find, in: rect, on: &grid)
    }
    panes.drawBorder(on: &grid)
    guard !detailArea.isEmpty else { return }
    pane.draw(textLines(context), search: listPane.textSearch, isFocused: focus == .detail, in: textArea, on: &grid)
  }

  private var emptyLines: [Line] {
    guard let report else { return [Line("counting the figures…", .dim)] }
    if !report.figures.isEmpty { return nothingMatches("figure", hint: "esc clears the filter") }
    return [Line(Sanitizer.line(report.problem ?? "nothing is counted", limit: 400), .warning)]
  }
}

/// The columns of a line of the list.
struct HealthColumns {
  private let title = 21
  private let number = 11
  private let target: Int
  private let state: Int
  private let width: Int

  init(width: Int) {
    self.width = width
    target = width >= 48 ? 13 : 0
    state = width >= 74 ? 10 : 0
  }

  func drawHead(in row: Rect, on grid: inout Grid) {
    place(in: row) { index, rect in
      let word = ["figure", "now", "target", "", "trend"][index]
      let indent = index == 1 ? max(0, rect.width - DisplayWidth.of(word)) : 0
      grid.write(word, Style(.dim), in: rect.inset(left: indent))
    }
  }

  func draw(_ figure: HealthFigure, find: String, in row: Rect, on grid: inout Grid) {
    grid.write(String(figure.state.glyph), Style(figure.state.role, on: .background, .bold), in: row.inset(left: 2))
    place(in: row) { index, rect in
      switch index {
      case 0:
        var line = Line(figure.kind.title)
        if !find.isEmpty { line = line.highlighting(find) }
        grid.write(line, in: rect)
      case 1:
        let text = figure.numberText
        grid.write(
          text, Style(figure.state.role, on: .background, figure.state == .missed ? .bold : []),
          in: rect.inset(left: max(0, rect.width - DisplayWidth.of(text))))
      case 2: grid.write(figure.targetText ?? "", Style(.dim), in: rect)
      case 3: grid.write(figure.state.label, Style(figure.state.role), in: rect)
      default: grid.write(TrendPlot.sparkline(figure, width: rect.width), Style(.dim), in: rect)
      }
    }
  }

  /// Gives each column with its place: title, number, target, state, trend.
  private func place(in row: Rect, _ draw: (Int, Rect) -> Void) {
    var x = row.x + 4
    for (index, columns) in [title, number, target, state].enumerated() where columns > 0 {
      draw(index, Rect(x: x, y: row.y, width: columns - (index == 1 ? 0 : 1), height: 1))
      x += columns + (index == 1 ? 2 : 0)
    }
    let rest = row.x + width - 1 - x
    if rest >= 4 { draw(4, Rect(x: x, y: row.y, width: rest, height: 1)) }
  }
}
