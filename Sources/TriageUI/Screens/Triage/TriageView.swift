import SafeText
import TerminalKit
import TestQueries
import TriageMessages
import TriageModel

/// Draws the Triage screen's body: the list of tests, and the detail of the selected one.
enum TriageView {
  static func draw(_ state: AppState, on grid: inout Grid) {
    let layout = state.triage.layout
    if let look = state.judgement?.sinceLook, !layout.news.isEmpty { NewsLine.draw(look, in: layout.news, on: &grid) }
    if !layout.list.isEmpty { drawList(state, in: layout.list, on: &grid) }
    layout.drawBorder(on: &grid)
    if !layout.detail.isEmpty { DetailView.draw(state, in: layout.detail, on: &grid) }
  }

  private static func drawList(_ state: AppState, in rect: Rect, on grid: inout Grid) {
    let triage = state.triage
    guard let run = state.currentRun, triage.rows.count > 0 else {
      drawEmptyList(state, in: rect, on: &grid)
      return
    }
    let hasLegs = run.table.hasLegs
    for (y, index) in triage.cursor.visible(count: triage.rows.count, height: rect.height).enumerated() {
      let row = rect.row(y)
      switch triage.rows.row(at: index) {
      case .group(let place):
        let group = triage.rows.arrangement.groups[place]
        GroupRow(group: group, isFolded: triage.rows.isFolded(group: place), since: state.since(of: group))
          .draw(in: row, on: &grid)
      case .test(let test, let group):
        let line = TestRow(
          test: test, run: run, triage: triage, showsLeg: hasLegs, standing: state.standing(of: test),
          single: triage.rows.isSingle(group) ? triage.rows.arrangement.groups[group] : nil)
        line.draw(in: row, on: &grid)
      case nil: break
      }
      if index == triage.cursor.index {
        ListCursor.draw(in: row, isFocused: triage.focus == .list, on: &grid)
      }
    }
    triage.cursor.drawPosition(count: triage.rows.count, in: rect, on: &grid)
  }

  private static func drawEmptyList(_ state: AppState, in rect: Rect, on grid: inout Grid) {
    let lines = emptyListLines(state).flatMap { $0.wrapped(width: max(20, rect.width - 3)) }
    for (y, line) in lines.prefix(max(0, rect.height - 1)).enumerated() {
      grid.write(line, in: rect.inset(left: 2, top: 1 + y, right: 1))
    }
  }

  /// Why the list is empty, and what to press.
  private static func emptyListLines(_ state: AppState) -> [Line] {
    guard let run = state.currentRun else { return [] }
    if state.triage.awaitsAnswer { return [Line("looking…", .dim)] }
    if !state.triage.query.filter.isEmpty {
      return [
        Line("No test matches “\(Sanitizer.line(state.triage.query.filter, limit: 60))”."),
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
