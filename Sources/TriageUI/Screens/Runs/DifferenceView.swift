import ItemQueries
import SafeText
import TerminalKit
import TriageMessages
import TriageModel

/// Draws what differs between two runs: which they are, how much, and the tests in sections.
struct DifferenceView {
  let state: RunsScreen

  func draw(in rect: Rect, on grid: inout Grid) {
    guard let compared = state.compared else {
      for (y, line) in emptyLines.enumerated() { grid.write(line, in: rect.inset(left: 2, right: 1).row(y)) }
      return
    }
    drawRun(compared.earlier, arrow: "from ", in: rect.row(0), on: &grid)
    drawRun(compared.later, arrow: "  to ", in: rect.row(1), on: &grid)
    guard let answer = state.answer else {
      grid.write(Line("comparing…", .dim), in: rect.inset(left: 2).row(2))
      return
    }
    guard let rows = state.difference else {
      let problem = Sanitizer.line(answer.problem ?? "nothing is known of these runs", limit: 400)
      grid.write(Line(problem, .warning), in: rect.inset(left: 2).row(2))
      return
    }
    grid.write(summary(rows, compared), in: rect.inset(left: 2, right: 1).row(2))
    draw(rows, in: state.detailArea, on: &grid)
  }

  /// Why there is nothing to compare, and what to press.
  private var emptyLines: [Line] {
    guard let selected = state.selected else { return [] }
    let name = Sanitizer.line(selected.shortName, limit: 60)
    if state.base == selected.key {
      return [
        Line("\(name) is the base.", .title, .bold),
        Line("Go to another run to see what differs; space takes the mark off", .dim),
      ]
    }
    return [
      Line("\(name) is the first run here: there is none to compare it with.", .title, .bold),
      Line(state.list?.request.window == .all ? "another run can be marked with space" : "W looks further back", .dim),
    ]
  }

  /// `from 4135  c4f9905 “Check the round trip”      2026-11-16 09:15`.
  private func drawRun(_ place: Int, arrow: String, in row: Rect, on grid: inout Grid) {
    let run = state.sequence.runs[place]
    let time = (run.startedAt?.minuteText ?? "no time") + " "
    let isBase = run.key == state.base
    let name = Sanitizer.line(run.shortName, limit: 60).keepingEnd(columns: state.columns.nameWidth)
    var line = Line([
      Span(isBase ? "* " : "  ", Style(.mark, on: .background, .bold)),
      Span(arrow, Style(.dim)),
      Span(
        name.filled(to: state.columns.nameWidth) + "  ",
        Style(.title, on: .background, .bold)),
    ])
    if !run.isComplete { line.append("INCOMPLETE  ", .danger, .bold) }
    if let commit = run.commit { line.append(Sanitizer.line(String(commit.prefix(7)), limit: 7) + "  ", .info) }
    if let title = run.commitTitle { line.append("“\(Sanitizer.line(title, limit: 200))”") }
    grid.write(line, in: row.inset(right: time.count + 1))
    grid.write(Line(time, .dim), in: row.inset(left: row.width - time.count))
  }

  /// `1 newly failing · 1 fixed · 6 still failing`, and what must be known to read it.
  private func summary(_ rows: DifferenceRows, _ compared: (earlier: Int, later: Int)) -> Line {
    // Whether anything is new is the first question, so that it is answered either way.
    var line = rows.size(of: .tests(.newlyFailing)) == 0 ? Line("nothing newly failing", .pass) : Line()
    let sections = rows.sections.filter { $0.section != .commits }
    for (section, count) in sections {
      if !line.spans.isEmpty { line.append(" · ", .dim) }
      line.append(
        "\(CountText.of(count)) \(section.title)", section.role, section == .tests(.newlyFailing) ? .bold : [])
    }
    let (first, last) = (state.sequence.runs[compared.earlier], state.sequence.runs[compared.later])
    if !first.isComplete || !last.isComplete {
      line.append(" · tests that were not read are missing", .warning)
      if let whole = state.sequence.lastWhole(before: first.isComplete ? compared.later : compared.earlier),
        whole != compared.earlier
      {
        let name = Sanitizer.line(state.sequence.runs[whole].shortName, limit: 40)
        line.append("; the last whole run is \(name): space there compares with it", .info)
      }
    } else if let commit = first.commit, commit == last.commit {
      line.append(" · the same commit", .info)
    }
    return line
  }

  private func draw(_ rows: DifferenceRows, in rect: Rect, on grid: inout Grid) {
    let isFocused = state.focus == .detail
    for (y, index) in state.differenceCursor.visible(count: rows.count, height: rect.height).enumerated() {
      let row = rect.row(y)
      switch rows.row(at: index) {
      case .section(let section): drawHeading(section, rows, in: row, on: &grid)
      case .item(.commits, let place): drawCommit(place, in: row, on: &grid)
      case .item(let section, let place): drawTest(section, place, in: row, on: &grid)
      case nil: break
      }
      if isFocused, index == state.differenceCursor.index { ListCursor.draw(in: row, isFocused: true, on: &grid) }
    }
    state.differenceCursor.drawPosition(count: rows.count, in: rect, on: &grid)
  }

  private func drawHeading(
    _ section: ComparisonSection, _ rows: DifferenceRows, in row: Rect, on grid: inout Grid
  ) {
    var line = Line("  \(rows.isFolded(section) ? "▸" : "▾") ", .dim)
    line.spans.append(Span(section.title, Style(section.role, on: .background, .bold)))
    line.append("  ×\(CountText.of(rows.size(of: section)))", .count)
    let listed = state.answer?.comparison?.items(of: section).count ?? 0
    if section.fate != nil, listed < rows.size(of: section) {
      line.append("  the first \(CountText.of(listed)) listed: assay compare --json has all", .dim)
    }
    grid.write(line, in: row)
  }

  private func drawCommit(_ place: Int, in row: Rect, on grid: inout Grid) {
    guard let commit = state.looked?.commits[place] else { return }
    var line = Line("      " + Sanitizer.line(String(commit.commit.prefix(7)), limit: 7), .info)
    line.append("  " + Sanitizer.line(commit.title ?? "", limit: 300))
    grid.write(line, in: row)
  }

  private func drawTest(_ section: ComparisonSection, _ place: Int, in row: Rect, on grid: inout Grid) {
    guard let items = state.answer?.comparison?.items(of: section), place < items.count else { return }
    DifferenceRow(item: items[place], section: section, find: state.focus == .detail ? state.find : "")
      .draw(in: row, on: &grid)
  }
}

extension ComparisonSection {
  /// The role that colours it: what is new first, what is as before calm.
  var role: Role {
    switch fate {
    case .newlyFailing: .fail
    case .fixed: .pass
    case .stillFailing, nil: .heading
    case .added: .info
    case .nowSkipped, .vanished, .slower: .warning
    }
  }
}
