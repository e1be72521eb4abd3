import SafeText
import TerminalKit
import TestQueries
import TriageMessages
import TriageModel

/// One line of the list: mark, outcome, name, leg, attempts, duration.
struct TestRow {
  let test: TestIndex
  let run: Run
  let triage: TriageState
  let showsLeg: Bool

  func draw(in row: Rect, on grid: inout Grid) {
    let outcome = run.table.outcome(of: test)
    let right = facts
    let rightWidth = right.width
    let mark = triage.marks.contains(test) ? "*" : " "
    var line = Line([
      Span(" " + mark, Style(.mark, on: .background, .bold)),
      Span(indent + String(outcome.glyph) + " ", Style(outcome.role)),
      Span(String(outcome.letter) + " ", Style(outcome.role, on: .background, .bold)),
    ])
    let room = max(8, row.width - line.width - rightWidth - 1)
    line.append(title.keepingMiddle(columns: room))
    if !triage.find.isEmpty { line = line.highlighting(triage.find) }
    grid.write(line, in: row.inset(right: rightWidth))
    grid.write(right, in: row.inset(left: row.width - rightWidth))
  }

  private var indent: String { triage.rows.isGrouped ? "  " : "" }

  /// The name alone under its suite, the whole id elsewhere.
  private var title: String {
    let isUnderSuite = triage.rows.isGrouped && triage.query.grouping == .suite
    return Sanitizer.line(isUnderSuite ? run.table.name(of: test) : run.table.id(of: test), limit: 400)
  }

  private var facts: Line {
    var line = Line()
    if showsLeg {
      let leg = run.table.leg(of: test)
      if !leg.isEmpty { line.append(" [\(Sanitizer.line(leg, limit: 30))]", .dim) }
    }
    let attempts = run.table.attemptCount(of: test)
    if attempts > 1 { line.append(" ×\(attempts)", .flaky) }
    if let text = run.table.duration(of: test).flatMap(DurationText.of) {
      line.append(String(repeating: " ", count: max(1, 8 - text.count)) + text, .dim)
    }
    line.append(" ")
    return line
  }
}
