import SafeText
import TerminalKit
import ItemQueries
import TriageMessages
import TriageModel

extension TriageScreen {
  func draw(_ context: AppContext, on grid: inout Grid) {
    if hasNews, let look = context.judgement?.sinceLook { NewsLine.draw(look, in: grid.bounds.row(2), on: &grid) }
    drawList(context, on: &grid)
    panes.drawBorder(on: &grid)
    drawLegend(context, on: &grid)
    if !detailArea.isEmpty { DetailView.draw(self, context, in: detailArea, on: &grid) }
  }

  private func drawList(_ context: AppContext, on grid: inout Grid) {
    guard let run = context.currentRun else { return }
    let hasLegs = run.table.hasLegs
    drawList(empty: emptyListLines(run), on: &grid) { index, row, grid in
      switch rows.row(at: index) {
      case .group(let place):
        let group = rows.arrangement.groups[place]
        GroupRow(group: group, isFolded: rows.isFolded(group: place), since: since(of: group, context))
          .draw(in: row, on: &grid)
      case .test(let test, let group):
        let line = TestRow(
          test: test, run: run, triage: self, showsLeg: hasLegs, standing: context.standing(of: test),
          verdict: context.verdict(of: test), single: rows.isSingle(group) ? rows.arrangement.groups[group] : nil)
        line.draw(in: row, on: &grid)
      case nil: break
      }
    }
  }

  /// The letters of the rows: below them where there is room, else on the line between the panes.
  private func drawLegend(_ context: AppContext, on grid: inout Grid) {
    let (list, border) = (panes.list, panes.border)
    guard rows.count > 0 else { return }
    let lines = Legend.lines(context, width: list.width - 2)
    if !list.isEmpty, rows.count + lines.count <= list.height {
      for (y, line) in lines.enumerated() {
        grid.write(line, in: list.row(list.height - lines.count + y).inset(left: 1))
      }
    } else if border.height == 1, let line = lines.first {
      grid.write(line, in: border.inset(left: 2, right: 2))
    }
  }

  /// Why the list is empty, and what to press.
  private func emptyListLines(_ run: Run) -> [Line] {
    if awaitsAnswer { return [Line("looking…", .dim)] }
    if !filter.isEmpty { return nothingMatches("test", hint: "esc clears the filter, A looks among all tests") }
    if !run.info.completeness.isComplete {
      return [Line("The run is incomplete:", .warning, .bold)]
        + run.info.completeness.reasons.prefix(6).map { Line("· " + Sanitizer.line($0, limit: 300), .warning) }
        + [Line("tab goes to its log, l to its files", .dim)]
    }
    return [
      Line("Nothing failed: \(CountText.of(run.table.counts.passed)) passed.", .pass, .bold),
      Line("A shows all tests, r another run", .dim),
    ]
  }
}

extension OutcomeCounts {
  /// Tests that passed at once.
  fileprivate var passed: Int { self[.passed] }
}
