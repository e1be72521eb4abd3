import SafeText
import TerminalKit
import TriageModel

/// One line of the list: mark, state, name, kind, size of the change, how it was recovered, whether it was seen.
struct GoldenRow {
  let change: GoldenChange
  let isMarked: Bool
  let wasDisplayed: Bool
  let isNotable: Bool
  let isGrouped: Bool
  let find: String

  func draw(in row: Rect, on grid: inout Grid) {
    let right = facts(width: row.width)
    let rightWidth = right.width
    var line = Line([
      Span(isMarked ? " *" : "  ", Style(.mark, on: .background, .bold)),
      Span(isGrouped ? "  " : "", .dim),
      Span("\(change.state.glyph) ", Style(change.state.role, on: .background, .bold)),
    ])
    let room = max(8, row.width - line.width - rightWidth - 1)
    append(name: room, to: &line)
    if !find.isEmpty { line = line.highlighting(find) }
    grid.write(line, in: row.inset(right: rightWidth))
    grid.write(right, in: row.inset(left: row.width - rightWidth))
  }

  /// The file's name tells most; the folder is there as far as it fits.
  private func append(name room: Int, to line: inout Line) {
    let entry = change.location.entry.map { "::" + $0 } ?? ""
    let name = Sanitizer.line(change.location.fileName + entry, limit: 300)
    let folder = Sanitizer.line(String(change.location.path.dropLast(change.location.fileName.count)), limit: 300)
    let left = room - DisplayWidth.of(name) - 1
    line.append(name.keepingMiddle(columns: room), isNotable ? .text : .context, isNotable ? .bold : [])
    if left > 8, !folder.isEmpty { line.append(" " + folder.keepingEnd(columns: left - 1), .dim) }
  }

  private func facts(width: Int) -> Line {
    var line = Line()
    if !change.secrets.isEmpty { line.append(" secret?", .danger) }
    if let badge = change.recovery.badge { line.append(" \(badge) ", change.recovery.isApprovable ? .dim : .warning) }
    if change.kind != "" { line.append(" " + Sanitizer.line(change.kind, limit: 8), .dim) }
    line.append(
      " " + (change.summary.map(SummaryText.short) ?? "").filledBefore(to: 9), change.summary == nil ? .dim : .text)
    if width >= 76 {
      let relative = change.summary?.maxRelative.map { "rel " + FigureText.of($0.value) } ?? ""
      line.append(" " + relative.filledBefore(to: 13), .dim)
    }
    line.append(wasDisplayed ? "   " : " ◦ ", .info)
    return line
  }
}
