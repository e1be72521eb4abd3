import SafeText
import ItemQueries
import TerminalKit
import TriageMessages
import TriageModel

extension RunsScreen {
  func draw(_ context: AppContext, on grid: inout Grid) {
    let openRuns = context.openRuns
    drawList(empty: emptyLines, on: &grid) { index, row, grid in
      let run = sequence.runs[shown[index]]
      RunRow(
        run: run, columns: columns, isBase: run.key == base, isOpen: openRuns.contains(run.identity),
        beginsCommit: beginsCommit(at: index), find: focus == .list ? find : ""
      ).draw(in: row, on: &grid)
    }
    panes.drawBorder(on: &grid)
    if !panes.detail.isEmpty { DifferenceView(state: self).draw(in: panes.detail, on: &grid) }
  }

  private func beginsCommit(at index: Int) -> Bool {
    guard index + 1 < shown.count else { return true }
    return sequence.runs[shown[index]].commit != sequence.runs[shown[index + 1]].commit
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
    return nothingMatches("run", hint: "esc clears the filter, W looks further back")
  }
}
