import SafeText
import TerminalKit
import TriageActions
import TriageMessages
import TriageModel

/// Draws a decision: the reason at the foot of the screen, what it would do over the screen.
enum DecisionView {
  static func draw(_ decision: DecisionState, on grid: inout Grid) {
    switch decision.stage {
    case .reason: drawReason(decision, on: &grid)
    case .preparing: drawBox([Line("looking what this would do…", .dim)], decision, on: &grid)
    case .working: drawBox([Line("working…", .dim)], decision, on: &grid)
    case .confirm(let preview):
      drawBox(lines(of: preview, decision, isLow: grid.size.height < 22), decision, on: &grid)
    }
  }

  private static func drawReason(_ decision: DecisionState, on grid: inout Grid) {
    let row = Rect(x: 0, y: grid.size.height - 1, width: grid.size.width, height: 1)
    let above = Rect(x: 0, y: grid.size.height - 2, width: grid.size.width, height: 1)
    let count = decision.request.places.count
    let verb = decision.request.kind == .approve ? "approve" : "reject"
    let what = count == 1 ? decision.request.places[0].fileName : "\(CountText.of(count)) goldens"
    let offer = decision.isReasonOffered ? "the last reason: typing replaces it · " : ""
    let help = decision.problem ?? offer + "enter shows what it would do · tab: a ticket · esc leaves"
    grid.fill(above, Style(.status, on: .status))
    var line = Line([
      Span(" \(verb) \(Sanitizer.line(what, limit: 80))  ", Style(.titleFocus, on: .status, .bold)),
      Span(help, Style(decision.problem == nil ? .status : .warning, on: .status)),
    ])
    if !decision.isOnTicket, !decision.ticket.text.isEmpty {
      line.spans.append(Span("  ticket " + Sanitizer.line(decision.ticket.text), Style(.link, on: .status)))
    }
    grid.write(line, in: above)
    if decision.isOnTicket {
      decision.ticket.draw(label: " ticket: ", in: row, on: &grid)
    } else {
      decision.reason.draw(label: " reason: ", in: row, on: &grid)
    }
  }

  /// A box with lines, in the middle of the screen; what does not fit is counted.
  private static func drawBox(_ lines: [Line], _ decision: DecisionState, on grid: inout Grid) {
    let verb = decision.request.kind == .approve ? "Approve" : "Reject"
    Panel.draw(title: "\(verb): " + Sanitizer.line(decision.request.reason, limit: 200), lines, on: &grid)
  }

  /// What it would do, what is left out, what to press; a low screen has no room for names.
  private static func lines(of preview: DecisionPreview, _ decision: DecisionState, isLow: Bool) -> [Line] {
    if let refusal = preview.refusal {
      return [Line(Sanitizer.line(refusal, limit: 400), .danger, .bold), Line(""), Line("esc leaves", .dim)]
    }
    var lines = [headline(preview)]
    if preview.neverDisplayed > 0 {
      let count = CountText.of(preview.neverDisplayed)
      lines.append(Line("\(count) of \(CountText.of(preview.places.count)) were never on the screen", .warning, .bold))
    }
    if decision.unseenOutliers > 0 {
      let count = CountText.of(decision.unseenOutliers)
      lines.append(Line("\(count) of these stand out in their group, and were not looked at", .danger, .bold))
    }
    lines += isLow ? heldInOneLine(preview) : held(preview)
    lines += preview.warnings.prefix(5).map { Line("! " + Sanitizer.line($0, limit: 400), .warning) }
    if let ticket = preview.request.ticket { lines.append(Line("ticket \(Sanitizer.line(ticket, limit: 80))", .dim)) }
    if !isLow { lines += files(preview) + [Line("")] }
    lines += questions(preview, decision)
    return lines
  }

  private static func headline(_ preview: DecisionPreview) -> Line {
    let goldens = CountText.of(preview.places.count, "golden")
    if preview.places.isEmpty { return Line("Nothing would be done.", .warning, .bold) }
    switch preview.request.kind {
    case .approve:
      let files = CountText.of(preview.files.count, "file")
      return Line("\(files) would be written, \(goldens): the very bytes of the run", .title, .bold)
    case .reject: return Line("\(goldens) would be refused with these actuals; no golden is changed", .title, .bold)
    }
  }

  /// The files, as many as tell what they are.
  private static func files(_ preview: DecisionPreview) -> [Line] {
    let most = preview.files.count > 12 ? 3 : 12
    let lines = preview.files.prefix(most).map { Line("  " + Sanitizer.line($0, limit: 200), .dim) }
    guard preview.files.count > most else { return lines }
    return lines + [Line("  and \(CountText.of(preview.files.count - most)) more", .dim)]
  }

  /// What is left out, by its reason.
  private static func held(_ preview: DecisionPreview) -> [Line] {
    var lines: [Line] = []
    for obstacle in Obstacle.allCases {
      let held = preview.held.filter { $0.obstacle == obstacle }
      guard let first = held.first else { continue }
      lines.append(Line("left out: \(CountText.of(held.count)) \(obstacle.title)", .warning))
      let detail = held.count == 1 ? "\(first.place.description): \(first.reason)" : first.reason
      lines.append(Line("  " + Sanitizer.line(detail, limit: 300), .dim))
    }
    return lines
  }

  private static func heldInOneLine(_ preview: DecisionPreview) -> [Line] {
    let counts = Obstacle.allCases.compactMap { obstacle -> String? in
      let count = preview.held.count { $0.obstacle == obstacle }
      return count > 0 ? "\(CountText.of(count)) \(obstacle.rawValue)" : nil
    }
    return counts.isEmpty ? [] : [Line("left out: " + counts.joined(separator: ", "), .warning)]
  }

  private static func questions(_ preview: DecisionPreview, _ decision: DecisionState) -> [Line] {
    var lines: [Line] = []
    for (obstacle, letter) in DecisionState.nameable(preview) {
      let isNamed = preview.request.named.contains(obstacle)
      lines.append(
        Line([
          Span(String(letter), .key, .bold), Span(isNamed ? " leave out again: " : " take in all the same: ", .text),
          Span(obstacle.title, isNamed ? .warning : .text),
        ]))
    }
    if let wanted = DecisionState.countWanted(preview), !preview.places.isEmpty {
      let typed = Sanitizer.line(decision.count.text)
      lines.append(Line([Span("type the count \(wanted): ", .text), Span(typed + "▁", .prompt, .bold)]))
    }
    if let problem = decision.problem { lines.append(Line(problem, .warning, .bold)) }
    let verb = preview.request.kind == .approve ? " approves   " : " rejects   "
    let yes = preview.places.isEmpty ? [] : [Span("y", .key, .bold), Span(verb, .text)]
    lines.append(Line(yes + [Span("esc", .key, .bold), Span(" leaves", .text)]))
    return lines
  }
}
