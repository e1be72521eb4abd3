import SafeText
import TerminalKit
import TriageMessages
import TriageModel

/// Draws the Flakes screen's body: the tests with the grid of their runs, and the attempt under the cursor.
enum FlakesView {
  static func draw(_ state: AppState, on grid: inout Grid) {
    let flakes = state.flakes
    let layout = flakes.layout
    if !layout.list.isEmpty { drawList(state, layout, on: &grid) }
    layout.drawBorder(on: &grid)
    guard !layout.detail.isEmpty else { return }
    flakes.pane.draw(
      FlakePane(flakes, openRuns: state.openRuns).lines, search: flakes.textSearch,
      isFocused: flakes.focus == .attempt, in: layout.text, on: &grid)
  }

  private static func drawList(_ state: AppState, _ layout: FlakesLayout, on grid: inout Grid) {
    let flakes = state.flakes
    guard let list = flakes.list, !flakes.rows.isEmpty else {
      for (y, line) in emptyLines(state).enumerated() {
        grid.write(line, in: layout.list.inset(left: 2, top: y, right: 1).row(0))
      }
      return
    }
    let columns = flakes.columns
    let seen = flakes.column.visible(count: list.runs.count, height: columns.grid.width)
    FlakeHead(runs: list.runs, columns: columns, column: flakes.column.index, seen: seen).draw(
      in: layout.head, on: &grid)
    let crossing = Rect(x: columns.grid.x + flakes.column.index - seen.lowerBound, y: 0, width: 1, height: 1)
    for (y, index) in flakes.cursor.visible(count: flakes.rows.count, height: layout.list.height).enumerated() {
      guard let row = flakes.row(at: index) else { continue }
      let rect = layout.list.row(y)
      FlakeRow(row: row, columns: columns, isMarked: flakes.marks.contains(row.flake.test), find: flakes.find)
        .draw(seen: seen, in: rect, on: &grid)
      if index == flakes.cursor.index {
        ListCursor.draw(in: rect, isFocused: flakes.focus == .list, on: &grid)
        if crossing.x < rect.maxX { grid[crossing.x, rect.y].style.attributes.formUnion([.reverse, .bold]) }
      } else {
        grid.paint(Rect(x: crossing.x, y: rect.y, width: 1, height: 1), on: .selectionInactive)
      }
    }
    flakes.cursor.drawPosition(count: flakes.rows.count, in: layout.list, on: &grid)
  }

  /// Why the list is empty, and what to press.
  private static func emptyLines(_ state: AppState) -> [Line] {
    let flakes = state.flakes
    let ingest = Line("assay ingest PATH… adds runs, and so does opening them without --no-history", .dim)
    guard let list = flakes.list else { return [Line("looking through the history…", .dim)] }
    if !list.rows.isEmpty {
      return [
        flakes.filterProblem.map { Line(Sanitizer.line($0, limit: 400), .warning) }
          ?? Line("No test here matches “\(Sanitizer.line(flakes.query.filter, limit: 60))”."),
        Line("esc clears the filter" + (flakes.isAll ? "" : ", A looks among all that failed or were retried"), .dim),
      ]
    }
    if list.runs.isEmpty {
      if let problem = list.problem { return [Line(Sanitizer.line(problem, limit: 400), .warning)] }
      if state.isHistoryBehind { return [Line("adding the runs to the history…", .dim)] }
      return [Line("No run is in the history yet."), ingest]
    }
    let runs = "\(CountText.of(list.total.runs, "run")) \(list.total.runs == 1 ? "was" : "were") looked at"
    if list.request.isAll {
      return [
        Line("No test failed or was retried \(words(list.request.window)).", .pass, .bold),
        Line("\(runs); W looks further back", .dim),
      ]
    }
    let others = list.total.unsteady > 0 ? "A shows the \(CountText.of(list.total.unsteady)) that failed, " : ""
    return [
      Line("No flaky tests \(words(list.request.window)).", .pass, .bold),
      Line("\(runs); \(others)W looks further back", .dim),
    ]
  }

  /// A window as it ends a sentence.
  static func words(_ window: HistoryWindow) -> String {
    switch window {
    case .days: "in " + window.words
    case .all: "in any run"
    }
  }
}
