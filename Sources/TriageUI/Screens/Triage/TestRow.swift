import SafeText
import TerminalKit
import ItemQueries
import TriageMessages
import TriageModel
import TriageStyle

/// One line of the list: mark, outcome, name, leg, attempts, verdict, how it went lately, duration.
struct TestRow {
  let test: TestIndex
  let run: Run
  let triage: TriageScreen
  let showsLeg: Bool
  /// What the history says of it.
  let standing: TestStanding?
  /// The verdict that it is counted under; nil while nothing judged it.
  let verdict: Verdict.Label?
  /// The group that it is all of; nil when it stands under a group's line, or in none.
  var single: Arrangement.Group?

  /// From so many columns on a row has room for the duration beside the sparkline.
  private static let widthForDuration = 64

  func draw(in row: Rect, on grid: inout Grid) {
    let outcome = run.table.outcome(of: test)
    // What does not count stays in sight, and steps back.
    let isMuted = verdict == .muted
    let role = isMuted ? Role.muted : outcome.role
    let right = facts(width: row.width)
    let rightWidth = right.width
    let mark = triage.marks.contains(test) ? "*" : " "
    var line = Line([
      Span(" " + mark, Style(.mark, on: .background, .bold)),
      Span(indent + String(outcome.glyph) + " ", Style(role)),
      Span(String(outcome.letter) + " ", Style(role, on: .background, .bold)),
    ])
    let kind = run.table.kind(of: test)
    if !kind.isOfTests { line.append(kind.word + " ", .dim) }
    let room = max(8, row.width - line.width - rightWidth - 1)
    let title = self.title
    line.append(title.keepingMiddle(columns: room), isMuted ? .muted : .text)
    if let single { append(single, room: room - DisplayWidth.of(title), to: &line) }
    if !triage.find.isEmpty { line = line.highlighting(triage.find) }
    grid.write(line, in: row.inset(right: rightWidth))
    grid.write(right, in: row.inset(left: row.width - rightWidth))
  }

  /// Since which commit it fails, and what its cause is called, as far as there is room.
  private func append(_ single: Arrangement.Group, room: Int, to line: inout Line) {
    let since = standing?.since?.commit.map { "  since " + Sanitizer.line(String($0.prefix(7)), limit: 7) } ?? ""
    let sinceWidth = DisplayWidth.of(since) <= room ? DisplayWidth.of(since) : 0
    if sinceWidth > 0 { line.append(since, .dim) }
    let left = room - sinceWidth - 2
    if left >= 12 { line.append("  " + Sanitizer.line(single.title, limit: 300).keepingStart(columns: left), .dim) }
  }

  private var indent: String { triage.rows.isGrouped && single == nil ? "  " : "" }

  /// The name alone under its suite, the whole id elsewhere.
  private var title: String {
    let isShort = triage.rows.isGrouped && (triage.query.grouping == .suite || triage.query.grouping == .cause)
    return Sanitizer.line(isShort ? run.table.name(of: test) : run.table.id(of: test), limit: 400)
  }

  private func facts(width: Int) -> Line {
    var line = Line()
    if showsLeg {
      let leg = run.table.leg(of: test)
      if !leg.isEmpty { line.append(" [\(Sanitizer.line(leg, limit: 30))]", .dim) }
    }
    let attempts = run.table.attemptCount(of: test)
    if attempts > 1 { line.append(" ×\(attempts)", .flaky) }
    if let state = triage.decided.state(of: test, in: run) {
      line.append(" \(state.glyph) \(state.rawValue)", state.role, .bold)
    }
    if let verdict { line.append(" \(verdict.letter) ", verdict.role, .bold) }
    if let standing, standing.hasPast {
      line = line + Sparkline.line(standing.recent, width: width < Self.widthForDuration ? 8 : 12)
    }
    // Where the columns are few, how it went lately says more than how long it took.
    let hasRoom = standing?.hasPast != true || width >= Self.widthForDuration || triage.query.order == .duration
    if hasRoom {
      // What took no time leaves its place empty, so that the columns before it stay straight.
      let text = run.table.duration(of: test).flatMap(DurationText.of) ?? ""
      line.append(String(repeating: " ", count: max(1, 8 - text.count)) + text, .dim)
    }
    line.append(" ")
    return line
  }
}
