import SafeText
import TerminalKit
import TriageMessages
import TriageModel

extension FlakesScreen {
  func draw(_ context: AppContext, on grid: inout Grid) {
    let layout = self.layout
    if !layout.list.isEmpty { drawList(context, layout, on: &grid) }
    layout.drawBorder(on: &grid)
    guard !layout.detail.isEmpty else { return }
    pane.draw(
      textLines(context), search: listPane.textSearch, isFocused: focus == .detail, in: layout.text, on: &grid)
  }

  private func drawList(_ context: AppContext, _ layout: FlakesLayout, on grid: inout Grid) {
    guard let list, !rows.isEmpty else {
      for (y, line) in emptyLines(context).enumerated() {
        grid.write(line, in: layout.list.inset(left: 2, top: y, right: 1).row(0))
      }
      return
    }
    let columns = self.columns
    let seen = column.visible(count: list.runs.count, height: columns.grid.width)
    FlakeHead(runs: list.runs, columns: columns, column: column.index, seen: seen).draw(in: layout.head, on: &grid)
    let crossing = Rect(x: columns.grid.x + column.index - seen.lowerBound, y: 0, width: 1, height: 1)
    listPane.draw(count: rows.count, in: layout.list, on: &grid) { index, rect, grid in
      guard let row = row(at: index) else { return }
      FlakeRow(row: row, columns: columns, isMarked: marks.contains(row.flake.test), find: find)
        .draw(seen: seen, in: rect, on: &grid)
      if index != cursor.index {
        grid.paint(Rect(x: crossing.x, y: rect.y, width: 1, height: 1), on: .selectionInactive)
      }
    }
    // Where the chosen test and the chosen run meet.
    let y = layout.list.y + cursor.index - cursor.offset
    if crossing.x < layout.list.maxX { grid[crossing.x, y].style.attributes.formUnion([.reverse, .bold]) }
  }

  /// Why the list is empty, and what to press.
  private func emptyLines(_ context: AppContext) -> [Line] {
    let ingest = Line("assay ingest PATH… adds runs, and so does opening them without --no-history", .dim)
    guard let list = list else { return [Line("looking through the history…", .dim)] }
    if !list.rows.isEmpty {
      return [
        filterProblem.map { Line(Sanitizer.line($0, limit: 400), .warning) }
          ?? Line("No test here matches “\(Sanitizer.line(query.filter, limit: 60))”."),
        Line("esc clears the filter" + (isAll ? "" : ", A looks among all that failed or were retried"), .dim),
      ]
    }
    if list.runs.isEmpty {
      if let problem = list.problem { return [Line(Sanitizer.line(problem, limit: 400), .warning)] }
      if context.isHistoryBehind { return [Line("adding the runs to the history…", .dim)] }
      return [Line("No run is in the history yet."), ingest]
    }
    let runs = "\(CountText.of(list.total.runs, "run")) \(list.total.runs == 1 ? "was" : "were") looked at"
    if list.request.isAll {
      return [
        Line("No test failed or was retried \(Self.words(list.request.window)).", .pass, .bold),
        Line("\(runs); W looks further back", .dim),
      ]
    }
    let others = list.total.unsteady > 0 ? "A shows the \(CountText.of(list.total.unsteady)) that failed, " : ""
    return [
      Line("No flaky tests \(Self.words(list.request.window)).", .pass, .bold),
      Line("\(runs); \(others)W looks further back", .dim),
    ]
  }

  /// A window as it ends a sentence.
  private static func words(_ window: HistoryWindow) -> String {
    switch window {
    case .days: "in " + window.words
    case .all: "in any run"
    }
  }
}
