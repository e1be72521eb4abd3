import SafeText
import TerminalKit
import TriageModel

/// What a person should know of a golden change before deciding, most telling first.
struct GoldenFacts {
  let change: GoldenChange
  /// Which of several goldens this is.
  var ordinal = ""
  /// What a person should know of how it was compared.
  var remarks: [String] = []

  /// The change's warnings but for the one that the proof says.
  private var told: [String] { change.warnings.filter { $0 != (change.drift?.proof ?? "") + "." } }
  private var cautions: [String] { told + remarks }

  func draw(in rect: Rect, on grid: inout Grid) {
    let proof = drift.wrapped(width: max(1, rect.width))
    let room = rect.height - 3 - proof.count
    drawTitle(in: rect.row(0), hasState: room < 0, on: &grid)
    let lines = room < 0 ? proof + [summary] : proof + [summary, state] + warnings(room: room)
    for (y, line) in lines.prefix(max(0, rect.height - 1)).enumerated() { grid.write(line, in: rect.row(y + 1)) }
  }

  /// The path, and what else stands in its row: the state too, where there is no row for it.
  private func drawTitle(in row: Rect, hasState: Bool, on grid: inout Grid) {
    var right = Line(ordinal.isEmpty ? "" : ordinal + "  ", .info)
    if hasState { right.append("\(change.state.glyph) \(change.state.rawValue)  ", change.state.role, .bold) }
    right.append(Sanitizer.line(change.kind, limit: 20), .dim)
    right.append("  \(change.recovery.name) ", change.recovery.isApprovable ? .dim : .warning)
    let path = Sanitizer.line(change.id, limit: 600)
    grid.write(Line(path.keepingEnd(columns: max(8, row.width - right.width - 2)), .title, .bold), in: row)
    grid.write(right, in: row.inset(left: max(0, row.width - right.width)))
  }

  private var drift: Line {
    guard let drift = change.drift else {
      return Line(change.isComparisonRefused ? "not compared" : "comparing…", .dim)
    }
    var line = Line([Span(drift.kind.title, Style(drift.kind.role, on: .background, .bold))])
    for other in drift.others { line.append(", " + other.title, other.role) }
    if !drift.proof.isEmpty { line.append("  " + Sanitizer.line(drift.proof)) }
    return line
  }

  /// Rows that the verdict and its proof take.
  func driftRows(width: Int) -> Int { width > 0 ? drift.wrapped(width: width).count : 1 }

  private var summary: Line {
    guard let summary = change.summary else { return Line() }
    var line = Line()
    for (place, part) in SummaryText.parts(summary).enumerated() {
      if place > 0 { line.append(" · ", .dim) }
      line.append(part, place == 0 ? .text : .dim)
    }
    return line
  }

  private var state: Line {
    let state = Style(change.state.role, on: .background, .bold)
    var line = Line([Span("\(change.state.glyph) \(change.state.rawValue)", state)])
    if let caution = cautions.first, cautions.count == 1 {
      line.append("  " + Sanitizer.line(caution, limit: 400), told.isEmpty ? .dim : .warning)
    } else {
      line.append("  " + change.state.reason, .dim)
      if !told.isEmpty {
        line.append(" · " + CountText.of(told.count, "warning"), .warning)
      }
    }
    if !change.test.isEmpty { line.append("  " + Sanitizer.line(change.test, limit: 300), .dim) }
    return line
  }

  /// What warns first, then how it was compared.
  private func warnings(room: Int) -> [Line] {
    guard cautions.count > 1, room > 0 else { return [] }
    let warnings = told.map { Line("· " + Sanitizer.line($0, limit: 400), .warning) }
    return Array((warnings + remarks.map { Line("· " + Sanitizer.line($0, limit: 400), .dim) }).prefix(room))
  }
}
