import SafeText
import TerminalKit
import TriageMessages
import TriageModel

extension MutesScreen {
  func standing(_ context: AppContext) -> (left: Line, right: Line) { (left, shownWords(rows.count)) }

  /// How many there are, and how many want a person.
  private var left: Line {
    guard let table else { return Line("looking at the mutes…", .dim) }
    var line = Line("\(CountText.of(table.rows.count)) muted", table.rows.isEmpty ? .pass : .muted, .bold)
    for state in MuteRecord.State.allCases where state.needsAttention && table.count(state) > 0 {
      line.append(" · ", .dim)
      line.append("\(CountText.of(table.count(state))) \(state.rawValue)", state.role)
    }
    if !table.problems.isEmpty {
      line.append(" · ", .dim)
      line.append("\(CountText.of(table.problems.count)) not read: what they say is not muted", .danger, .bold)
    }
    return line
  }

  func draw(_ context: AppContext, on grid: inout Grid) {
    let columns = MuteColumns(width: panes.list.width)
    if !panes.list.isEmpty, !rows.isEmpty { columns.drawHead(in: panes.list.row(0), on: &grid) }
    drawList(empty: emptyLines, top: 0, on: &grid) { index, rect, grid in
      guard let row = row(at: index) else { return }
      columns.draw(row, isMarked: marks.contains(row.mute.subject), find: find, in: rect, on: &grid)
    }
    panes.drawBorder(on: &grid)
    guard !detailArea.isEmpty else { return }
    pane.draw(textLines(context), search: listPane.textSearch, isFocused: focus == .detail, in: textArea, on: &grid)
  }

  private var emptyLines: [Line] {
    guard let table else { return [Line("looking at the mutes…", .dim)] }
    if !filter.isEmpty, !table.rows.isEmpty { return nothingMatches("mute", hint: "esc clears the filter") }
    let problems = table.problems.map { Line(Sanitizer.line($0, limit: 400), .danger) }
    return problems + [
      Line("Nothing is muted.", .pass, .bold),
      Line("m mutes the failure under the cursor in Triage; a mute needs a ticket and ends", .dim),
    ]
  }

  /// All that is known of the chosen mute.
  func textLines(_ context: AppContext) -> [Line] {
    var lines = (table?.problems ?? []).map { Line(Sanitizer.line($0, limit: 400), .danger) }
    guard let row = selected else { return lines }
    let mute = row.mute
    lines.append(Line(Sanitizer.line(mute.scope.text, limit: 1000), .title, .bold))
    func add(_ label: String, _ text: String?, _ role: Role = .text) {
      if let text { lines.append(Line(label, label: 10, Span(Sanitizer.line(text, limit: 1000), role))) }
    }
    add(row.state.rawValue, row.why, row.state.role)
    add("ticket", mute.ticket, .link)
    add("reason", mute.reason)
    add(
      "muted", mute.signature.map { "only the failure \($0.text)" } ?? "whatever it says: new failures too",
      mute.signature == nil ? .warning : .text)
    add(
      "labels",
      mute.labels.isEmpty
        ? nil : mute.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " "))
    add("owner", mute.owner)
    add("by", mute.author.map { author in author + (mute.created.map { " on \($0)" } ?? "") })
    add("absorbed", row.absorbed.map { "\(CountText.of($0, "failure")) since it was made" })
    add(
      "passes",
      row.passesInARow.map { "\(CountText.of($0)) in a row" + (mute.passes.map { " of \($0) asked for" } ?? "") })
    return lines
  }
}

/// The columns of a line of the list.
private struct MuteColumns {
  private let state = 10
  private let ticket = 12
  private let owner: Int
  private let absorbed: Int
  private let width: Int

  init(width: Int) {
    self.width = width
    owner = width >= 100 ? 18 : 0
    absorbed = width >= 80 ? 9 : 0
  }

  private var test: Int { max(10, width - 2 - state - ticket - 12 - owner - absorbed) }

  func drawHead(in row: Rect, on grid: inout Grid) {
    write("state", Style(.dim), "ends", "ticket", "absorbed", "owner", Line("test", .dim), in: row, on: &grid)
  }

  func draw(_ record: MuteRecord, isMarked: Bool, find: String, in row: Rect, on grid: inout Grid) {
    if isMarked { grid.write("*", Style(.mark, on: .background, .bold), in: row) }
    let mute = record.mute
    let name = Sanitizer.line(mute.scope.text, limit: 400).keepingEnd(columns: test - 1)
    var line = Line(name, record.state == .live ? .muted : .text)
    if !find.isEmpty { line = line.highlighting(find) }
    write(
      record.state.rawValue, Style(record.state.role), mute.expires.description,
      Sanitizer.line(mute.ticket, limit: 60).keepingStart(columns: ticket - 1),
      record.absorbed.map { CountText.compact($0) } ?? "",
      Sanitizer.line(mute.owner ?? "", limit: 60).keepingStart(columns: max(1, owner - 1)),
      line, in: row, on: &grid)
  }

  private func write(
    _ stateWord: String, _ style: Style, _ ends: String, _ ticketWord: String, _ count: String, _ ownerWord: String,
    _ name: Line, in row: Rect, on grid: inout Grid
  ) {
    var x = row.x + 2
    func place(_ columns: Int) -> Rect {
      defer { x += columns }
      return Rect(x: x, y: row.y, width: max(0, columns - 1), height: 1)
    }
    grid.write(stateWord, style, in: place(state))
    grid.write(ends, Style(.dim), in: place(12))
    grid.write(ticketWord, Style(.dim), in: place(ticket))
    grid.write(name, in: place(test))
    if absorbed > 0 {
      let area = place(absorbed)
      grid.write(count, Style(.dim), in: area.inset(left: max(0, area.width - DisplayWidth.of(count))))
    }
    if owner > 0 { grid.write(ownerWord, Style(.dim), in: place(owner)) }
  }
}

extension MuteRecord.State {
  /// How it looks.
  fileprivate var role: Role {
    switch self {
    case .expired, .orphaned: .danger
    case .healed: .pass
    case .expiring: .warning
    case .live: .muted
    }
  }
}
