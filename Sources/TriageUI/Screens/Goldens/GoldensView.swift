import SafeText
import TerminalKit
import ItemQueries
import TriageMessages
import TriageModel

extension GoldensScreen {
  func draw(_ context: AppContext, on grid: inout Grid) {
    drawList(empty: emptyLines(context), on: &grid) { index, row, grid in
      switch rows.row(at: index) {
      case .group(let group): drawGroup(group, context, in: row, on: &grid)
      case .change(let place, let group): drawChange(place, group, context, in: row, on: &grid)
      case .rest(let count, let group): drawRest(count, group, in: row, on: &grid)
      case nil: break
      }
    }
    panes.drawBorder(on: &grid)
    let detail = self.detail
    guard !detail.pair.isEmpty else { return }
    let facts = detail.facts.inset(left: 1)
    switch rows.row(at: cursor.index) {
    case .change(let place, _):
      let change = changes[place]
      GoldenFacts(change: change, remarks: context.pair.remarks(of: change)).draw(in: facts, on: &grid)
      PairView.draw(context.pair, of: change, isFocused: isOnPair, in: detail.pair, on: &grid)
    case .group(let group):
      // A group has no pair: its facts have both places.
      let height = facts.height + detail.pair.height
      drawGroupFacts(group, in: Rect(x: facts.x, y: facts.y, width: facts.width, height: height), on: &grid)
    case .rest(let count, _):
      grid.write(Line("\(CountText.of(count)) changes like the ones above", .title, .bold), in: facts.row(0))
      grid.write(Line("enter lists them; a and x decide on all of them", .dim), in: facts.row(1))
    case nil: break
    }
  }

  private func drawChange(_ place: Int, _ group: Int, _ context: AppContext, in row: Rect, on grid: inout Grid) {
    let change = changes[place]
    let notable = rows.groups[group]
    GoldenRow(
      change: change, isMarked: marks.contains(change.location), wasDisplayed: context.pair.wasDisplayed(change),
      isNotable: notable.indices.prefix(notable.notable).contains(place), isGrouped: rows.isGrouped,
      find: find
    ).draw(in: row, on: &grid)
  }

  private func drawRest(_ count: Int, _ group: Int, in row: Rect, on grid: inout Grid) {
    let marked = rows.groups[group].rest.count { marks.contains(changes[$0].location) }
    var line = Line([
      Span(marked > 0 ? " *" : "  ", Style(.mark, on: .background, .bold)),
      Span("  ⋯ \(CountText.of(count)) more like these", Style(.dim)),
    ])
    if marked > 0, marked < count { line.append("  \(CountText.of(marked)) marked", .mark) }
    grid.write(line, in: row)
  }

  private func drawGroup(_ index: Int, _ context: AppContext, in row: Rect, on grid: inout Grid) {
    let group = rows.groups[index]
    let unseen = group.indices.count { !context.pair.wasDisplayed(changes[$0]) }
    var right = Line()
    if unseen > 0 { right.append(unseen == group.indices.count ? "none seen  " : "\(unseen) unseen  ", .info) }
    right.append("×\(CountText.of(group.indices.count)) ", .count)
    let kind = group.indices.first.flatMap { changes[$0].drift?.kind }
    let role: Role = query.grouping == .drift ? kind?.role ?? .heading : .heading
    var line = Line("  \(rows.isFolded(index) ? "▸" : "▾") ", .dim)
    line.spans.append(Span(Sanitizer.line(group.title, limit: 200), Style(role, on: .background, .bold)))
    if group.notable > 0, group.indices.count >= 4 {
      line.append(group.notable == 1 ? "  largest first" : "  the largest \(group.notable) stand out", .dim)
    }
    grid.write(line, in: row.inset(right: right.width + 1))
    grid.write(right, in: row.inset(left: row.width - right.width - 1))
  }

  private func drawGroupFacts(_ index: Int, in rect: Rect, on grid: inout Grid) {
    let group = rows.groups[index]
    let size = group.indices.count == 1 ? "1 golden" : "\(CountText.of(group.indices.count)) goldens"
    let title = "\(Sanitizer.line(group.title, limit: 200)): \(size)"
    grid.write(Line(title, .title, .bold), in: rect.row(0))
    let first = group.indices.first.map { changes[$0] }
    var lines = [Line()]
    if query.grouping == .drift, let proof = first?.drift?.proof {
      lines = Line("the first: " + Sanitizer.line(proof), .dim).wrapped(width: max(1, rect.width))
    }
    lines.append(Line("a and x decide on all of them; j looks at the first", .dim))
    for (y, line) in lines.prefix(max(0, rect.height - 1)).enumerated() { grid.write(line, in: rect.row(y + 1)) }
  }

  /// Why the list is empty, and what to press.
  private func emptyLines(_ context: AppContext) -> [Line] {
    guard let list else {
      return [Line(context.currentRun == nil ? "no run is open" : "looking for golden changes…", .dim)]
    }
    if list.changes.isEmpty {
      guard list.isComplete else { return [Line("looking for golden changes…", .dim)] }
      return [
        Line("This run left no golden changes.", .pass, .bold),
        Line("assay doctor says which conventions are known and what each found", .dim),
      ]
    }
    if !filter.isEmpty { return nothingMatches("golden", hint: "esc clears the filter, A looks among all") }
    return [
      Line("Nothing is left to decide: \(CountText.of(list.changes.count)) golden changes.", .pass, .bold),
      Line("A shows them all, u undoes the last decision", .dim),
    ]
  }
}
