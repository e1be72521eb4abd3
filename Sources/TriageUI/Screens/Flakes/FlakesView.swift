import SafeText
import TerminalKit
import TriageMessages
import TriageModel

extension FlakesScreen {
  func draw(_ context: AppContext, on grid: inout Grid) {
    drawList(context, on: &grid)
    panes.drawBorder(on: &grid)
    guard !detailArea.isEmpty else { return }
    pane.draw(textLines(context), search: listPane.textSearch, isFocused: focus == .detail, in: textArea, on: &grid)
  }

  private func drawList(_ context: AppContext, on grid: inout Grid) {
    let (columns, runs) = (self.columns, list?.runs ?? [])
    let seen = column.visible(count: runs.count, height: columns.grid.width)
    let head = panes.list.row(0)
    if !rows.isEmpty, !head.isEmpty {
      FlakeHead(runs: runs, columns: columns, column: column.index, seen: seen).draw(in: head, on: &grid)
    }
    let crossing = columns.grid.x + column.index - seen.lowerBound
    drawList(empty: emptyLines(context), top: 0, on: &grid) { index, rect, grid in
      guard let row = row(at: index) else { return }
      FlakeRow(row: row, columns: columns, isMarked: marks.contains(row.flake.test), find: find)
        .draw(seen: seen, in: rect, on: &grid)
      if index != cursor.index {
        grid.paint(Rect(x: crossing, y: rect.y, width: 1, height: 1), on: .selectionInactive)
      }
    }
    // Where the chosen test and the chosen run meet.
    let meeting = Point(x: crossing, y: listArea.y + cursor.index - cursor.offset)
    if !rows.isEmpty, listArea.contains(meeting) {
      grid[meeting.x, meeting.y].style.attributes.formUnion([.reverse, .bold])
    }
  }

  /// Why the list is empty, and what to press.
  private func emptyLines(_ context: AppContext) -> [Line] {
    let ingest = Line("assay ingest PATH… adds runs, and so does opening them without --no-history", .dim)
    guard let list = list else { return [Line("looking through the history…", .dim)] }
    if !list.rows.isEmpty {
      let wider = isAll ? "" : ", A looks among all that failed or were retried"
      return nothingMatches("test here", hint: "esc clears the filter" + wider)
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
