import SafeText
import TerminalKit
import TriageMessages
import TriageModel

extension RunsScreen {
  func draw(_ context: AppContext, on grid: inout Grid) {
    let layout = self.layout
    if !layout.list.isEmpty { drawList(context.openRuns, in: layout.list, on: &grid) }
    layout.drawBorder(on: &grid)
    if !layout.detail.isEmpty { DifferenceView(state: self).draw(in: layout.detail, on: &grid) }
  }

  private func drawList(_ openRuns: Set<RunIdentity>, in rect: Rect, on grid: inout Grid) {
    guard !shown.isEmpty else {
      for (y, line) in emptyLines.enumerated() {
        grid.write(line, in: rect.inset(left: 2, top: 1 + y, right: 1).row(0))
      }
      return
    }
    listPane.draw(count: shown.count, in: rect, on: &grid) { index, row, grid in
      let run = roll.runs[shown[index]]
      RunRow(
        run: run, roll: roll, isBase: run.key == base, isOpen: openRuns.contains(run.identity),
        beginsCommit: beginsCommit(at: index), find: focus == .list ? find : ""
      ).draw(in: row, on: &grid)
    }
  }

  private func beginsCommit(at index: Int) -> Bool {
    guard index + 1 < shown.count else { return true }
    return roll.runs[shown[index]].commit != roll.runs[shown[index + 1]].commit
  }

  /// Why the list is empty, and what to press.
  private var emptyLines: [Line] {
    guard let list else { return [Line("looking…", .dim)] }
    if let problem = list.problem { return [Line(Sanitizer.line(problem, limit: 400), .warning)] }
    if list.runs.isEmpty {
      return [
        Line("No run is in the history yet."), Line("assay ingest PATH… adds runs; opening them does so too", .dim),
      ]
    }
    if filter.isEmpty {
      return [Line("No run has a failing test.", .pass, .bold), Line("A shows all runs", .dim)]
    }
    return [
      filterProblem.map { Line(Sanitizer.line($0, limit: 400), .warning) }
        ?? Line("No run matches “\(Sanitizer.line(filter, limit: 60))”."),
      Line("esc clears the filter, W looks further back", .dim),
    ]
  }
}
