import SafeText
import TerminalKit
import TriageActions
import TriageMessages
import TriageModel

/// Draws a person's word on causes: its words at the foot of the screen, what it would do over the screen.
enum CauseView {
  static func draw(_ cause: CauseState, on grid: inout Grid) {
    if cause.isShown { drawBox(cause, on: &grid) } else { drawLine(cause, on: &grid) }
  }

  private static func drawLine(_ cause: CauseState, on grid: inout Grid) {
    let row = Rect(x: 0, y: grid.size.height - 1, width: grid.size.width, height: 1)
    let above = Rect(x: 0, y: grid.size.height - 2, width: grid.size.width, height: 1)
    let isMerge = cause.decision.kind == .merge
    let what = isMerge ? "merge \(CountText.of(cause.titles.count, "cause"))" : "split this failure from its cause"
    let help = cause.problem ?? "enter shows what it would do · esc leaves"
    grid.fill(above, Style(.status, on: .status))
    grid.write(
      Line([
        Span(" \(what)  ", Style(.titleFocus, on: .status, .bold)),
        Span(help, Style(cause.problem == nil ? .status : .warning, on: .status)),
      ]), in: above)
    cause.editor.draw(label: isMerge ? " name of the cause: " : " reason: ", in: row, on: &grid)
  }

  private static func drawBox(_ cause: CauseState, on grid: inout Grid) {
    let isMerge = cause.decision.kind == .merge
    var lines = [
      Line(
        isMerge ? "these failures would be one cause from now on" : "this failure would be a cause of its own", .title,
        .bold)
    ]
    lines += cause.titles.prefix(8).map { Line("  " + Sanitizer.line($0, limit: 200), .dim) }
    if cause.titles.count > 8 { lines.append(Line("  and \(CountText.of(cause.titles.count - 8)) more", .dim)) }
    lines.append(Line("a rule is added to .assay/causes.yaml"))
    lines.append(Line(""))
    lines.append(
      Line([
        Span("y", .key, .bold), Span(isMerge ? " merges   " : " splits   ", .text), Span("esc", .key, .bold),
        Span(" leaves", .text),
      ]))
    let title = isMerge ? "Merge" : "Split"
    Panel.draw(title: "\(title): " + Sanitizer.line(cause.decision.words, limit: 200), lines, on: &grid)
  }
}
