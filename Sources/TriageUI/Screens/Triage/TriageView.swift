import SafeText
import TerminalKit
import TestQueries
import TriageMessages
import TriageModel

extension TriageScreen {
  func draw(_ context: AppContext, on grid: inout Grid) {
    let layout = self.layout
    if let look = context.judgement?.sinceLook, !layout.news.isEmpty {
      NewsLine.draw(look, in: layout.news, on: &grid)
    }
    if !layout.list.isEmpty { drawList(context, in: layout.list, on: &grid) }
    layout.drawBorder(on: &grid)
    drawLegend(context, on: &grid)
    if !layout.detail.isEmpty { DetailView.draw(self, context, in: layout.detail, on: &grid) }
  }

  private func drawList(_ context: AppContext, in rect: Rect, on grid: inout Grid) {
    guard let run = context.currentRun, rows.count > 0 else { return drawEmptyList(context, in: rect, on: &grid) }
    let hasLegs = run.table.hasLegs
    listPane.draw(count: rows.count, in: rect, on: &grid) { index, row, grid in
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
    let (list, border) = (layout.list, layout.border)
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

  private func drawEmptyList(_ context: AppContext, in rect: Rect, on grid: inout Grid) {
    let lines = emptyListLines(context).flatMap { $0.wrapped(width: max(20, rect.width - 3)) }
    for (y, line) in lines.prefix(max(0, rect.height - 1)).enumerated() {
      grid.write(line, in: rect.inset(left: 2, top: 1 + y, right: 1))
    }
  }

  /// Why the list is empty, and what to press.
  private func emptyListLines(_ context: AppContext) -> [Line] {
    guard let run = context.currentRun else { return [] }
    if awaitsAnswer { return [Line("looking…", .dim)] }
    if !query.filter.isEmpty {
      return [
        Line("No test matches “\(Sanitizer.line(query.filter, limit: 60))”."),
        Line("esc clears the filter, A looks among all tests", .dim),
      ]
    }
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
