import SafeText
import TerminalKit
import TriageMessages
import TriageModel

/// Draws the Goldens screen's body: the changes in groups, the chosen one's facts, its two sides.
enum GoldensView {
  static func draw(_ state: AppState, on grid: inout Grid) {
    let layout = state.goldens.layout
    if !layout.list.isEmpty { drawList(state, in: layout.list, on: &grid) }
    layout.drawBorder(on: &grid)
    guard !layout.pair.isEmpty else { return }
    if let change = state.goldens.selected {
      GoldenFacts(change: change, remarks: state.pair.remarks(of: change)).draw(
        in: layout.facts.inset(left: 1), on: &grid)
      PairView.draw(state.pair, of: change, isFocused: state.goldens.focus == .pair, in: layout.pair, on: &grid)
      return
    }
    switch state.goldens.rows.row(at: state.goldens.cursor.index) {
    case .group(let group):
      // A group has no pair: its facts have both places.
      let height = layout.facts.height + layout.pair.height
      let rect = Rect(x: layout.facts.x, y: layout.facts.y, width: layout.facts.width, height: height)
      drawGroupFacts(state.goldens, group, in: rect.inset(left: 1), on: &grid)
    case .rest(let count, _):
      let line = Line("\(CountText.of(count)) changes like the ones above", .title, .bold)
      grid.write(line, in: layout.facts.inset(left: 1).row(0))
      grid.write(Line("enter lists them; a and x decide on all of them", .dim), in: layout.facts.inset(left: 1).row(1))
    case .change, nil: break
    }
  }

  private static func drawList(_ state: AppState, in rect: Rect, on grid: inout Grid) {
    let goldens = state.goldens
    guard goldens.rows.count > 0 else {
      for (y, line) in emptyLines(state).enumerated() {
        grid.write(line, in: rect.inset(left: 2, top: 1 + y, right: 1).row(0))
      }
      return
    }
    for (y, index) in goldens.cursor.visible(count: goldens.rows.count, height: rect.height).enumerated() {
      let row = rect.row(y)
      switch goldens.rows.row(at: index) {
      case .group(let group): drawGroup(goldens, group, in: row, on: &grid)
      case .change(let place, let group): drawChange(goldens, place, group, in: row, on: &grid)
      case .rest(let count, let group): drawRest(goldens, count, group, in: row, on: &grid)
      case nil: break
      }
      if index == goldens.cursor.index {
        ListCursor.draw(in: row, isFocused: goldens.focus == .list, on: &grid)
      }
    }
    goldens.cursor.drawPosition(count: goldens.rows.count, in: rect, on: &grid)
  }

  private static func drawChange(_ goldens: GoldensScreen, _ place: Int, _ group: Int, in row: Rect, on grid: inout Grid)
  {
    let change = goldens.changes[place]
    let notable = goldens.rows.groups[group]
    GoldenRow(
      change: change, isMarked: goldens.marks.contains(change.place), wasDisplayed: goldens.wasDisplayed(change),
      isNotable: notable.changes.prefix(notable.notable).contains(place), isGrouped: goldens.rows.isGrouped,
      find: goldens.find
    ).draw(in: row, on: &grid)
  }

  private static func drawRest(
    _ goldens: GoldensScreen, _ count: Int, _ group: Int, in row: Rect, on grid: inout Grid
  ) {
    let marked = goldens.rows.groups[group].rest.count { goldens.marks.contains(goldens.changes[$0].place) }
    var line = Line([
      Span(marked > 0 ? " *" : "  ", Style(.mark, on: .background, .bold)),
      Span("  ⋯ \(CountText.of(count)) more like these", Style(.dim)),
    ])
    if marked > 0, marked < count { line.append("  \(CountText.of(marked)) marked", .mark) }
    grid.write(line, in: row)
  }

  private static func drawGroup(_ goldens: GoldensScreen, _ index: Int, in row: Rect, on grid: inout Grid) {
    let group = goldens.rows.groups[index]
    let unseen = group.changes.count { !goldens.wasDisplayed(goldens.changes[$0]) }
    var right = Line()
    if unseen > 0 { right.append(unseen == group.changes.count ? "none seen  " : "\(unseen) unseen  ", .info) }
    right.append("×\(CountText.of(group.changes.count)) ", .count)
    let kind = group.changes.first.flatMap { goldens.changes[$0].drift?.kind }
    let role: Role = goldens.query.grouping == .drift ? kind?.role ?? .heading : .heading
    var line = Line("  \(goldens.rows.isFolded(index) ? "▸" : "▾") ", .dim)
    line.spans.append(Span(Sanitizer.line(group.title, limit: 200), Style(role, on: .background, .bold)))
    if group.notable > 0, group.changes.count >= 4 {
      line.append(group.notable == 1 ? "  largest first" : "  the largest \(group.notable) stand out", .dim)
    }
    grid.write(line, in: row.inset(right: right.width + 1))
    grid.write(right, in: row.inset(left: row.width - right.width - 1))
  }

  private static func drawGroupFacts(_ goldens: GoldensScreen, _ index: Int, in rect: Rect, on grid: inout Grid) {
    let group = goldens.rows.groups[index]
    let size = group.changes.count == 1 ? "1 golden" : "\(CountText.of(group.changes.count)) goldens"
    let title = "\(Sanitizer.line(group.title, limit: 200)): \(size)"
    grid.write(Line(title, .title, .bold), in: rect.row(0))
    let first = group.changes.first.map { goldens.changes[$0] }
    var lines = [Line()]
    if goldens.query.grouping == .drift, let proof = first?.drift?.proof {
      lines = Line("the first: " + Sanitizer.line(proof), .dim).wrapped(width: max(1, rect.width))
    }
    lines.append(Line("a and x decide on all of them; j looks at the first", .dim))
    for (y, line) in lines.prefix(max(0, rect.height - 1)).enumerated() { grid.write(line, in: rect.row(y + 1)) }
  }

  /// Why the list is empty, and what to press.
  private static func emptyLines(_ state: AppState) -> [Line] {
    let goldens = state.goldens
    guard let list = goldens.list else {
      return [Line(state.currentRun == nil ? "no run is open" : "looking for golden changes…", .dim)]
    }
    if list.changes.isEmpty {
      guard list.isComplete else { return [Line("looking for golden changes…", .dim)] }
      return [
        Line("This run left no golden changes.", .pass, .bold),
        Line("assay doctor says which conventions are known and what each found", .dim),
      ]
    }
    if !goldens.query.filter.isEmpty {
      return [
        goldens.filterProblem.map { Line(Sanitizer.line($0, limit: 400), .warning) }
          ?? Line("No golden matches “\(Sanitizer.line(goldens.query.filter, limit: 60))”."),
        Line("esc clears the filter, A looks among all", .dim),
      ]
    }
    return [
      Line("Nothing is left to decide: \(CountText.of(list.changes.count)) golden changes.", .pass, .bold),
      Line("A shows them all, u undoes the last decision", .dim),
    ]
  }
}
