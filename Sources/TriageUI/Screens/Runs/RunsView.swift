import SafeText
import TerminalKit
import TriageMessages
import TriageModel

/// Draws the Runs screen's body: the runs, and the difference of two of them.
enum RunsView {
  static func draw(_ state: AppState, on grid: inout Grid) {
    let layout = state.runsScreen.layout
    if !layout.list.isEmpty { drawList(state, in: layout.list, on: &grid) }
    layout.drawBorder(on: &grid)
    if !layout.detail.isEmpty { DifferenceView(state: state.runsScreen).draw(in: layout.detail, on: &grid) }
  }

  private static func drawList(_ state: AppState, in rect: Rect, on grid: inout Grid) {
    let runs = state.runsScreen
    guard !runs.shown.isEmpty else {
      for (y, line) in emptyLines(runs).enumerated() {
        grid.write(line, in: rect.inset(left: 2, top: 1 + y, right: 1).row(0))
      }
      return
    }
    for (y, index) in runs.cursor.visible(count: runs.shown.count, height: rect.height).enumerated() {
      let row = rect.row(y)
      let run = runs.roll.runs[runs.shown[index]]
      RunRow(
        run: run, roll: runs.roll, isBase: run.number == runs.base, isOpen: runs.open.contains(run.identity),
        beginsCommit: beginsCommit(at: index, in: runs),
        find: runs.focus == .list ? runs.find : ""
      ).draw(in: row, on: &grid)
      if index == runs.cursor.index { ListCursor.draw(in: row, isFocused: runs.focus == .list, on: &grid) }
    }
    runs.cursor.drawPosition(count: runs.shown.count, in: rect, on: &grid)
  }

  private static func beginsCommit(at index: Int, in runs: RunsScreen) -> Bool {
    guard index + 1 < runs.shown.count else { return true }
    return runs.roll.runs[runs.shown[index]].commit != runs.roll.runs[runs.shown[index + 1]].commit
  }

  /// Why the list is empty, and what to press.
  private static func emptyLines(_ runs: RunsScreen) -> [Line] {
    guard let list = runs.list else { return [Line("looking…", .dim)] }
    if let problem = list.problem { return [Line(Sanitizer.line(problem, limit: 400), .warning)] }
    if list.runs.isEmpty {
      return [
        Line("No run is in the history yet."), Line("assay ingest PATH… adds runs; opening them does so too", .dim),
      ]
    }
    if runs.filter.isEmpty {
      return [Line("No run has a failing test.", .pass, .bold), Line("A shows all runs", .dim)]
    }
    return [
      runs.filterProblem.map { Line(Sanitizer.line($0, limit: 400), .warning) }
        ?? Line("No run matches “\(Sanitizer.line(runs.filter, limit: 60))”."),
      Line("esc clears the filter, W looks further back", .dim),
    ]
  }
}
