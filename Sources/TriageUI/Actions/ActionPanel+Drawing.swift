import SafeText
import TerminalKit
import TriageActions

extension ActionPanel {
  /// Draws what is typed at the foot of the screen, what it would do over the screen.
  func draw(_ context: AppContext, on grid: inout Grid) {
    switch stage {
    case .typing: drawTyping(on: &grid)
    case .preparing: drawBox([Line("looking what this would do…", .dim)], on: &grid)
    case .working: drawBox([Line("working…", .dim)], on: &grid)
    case .confirm: action.preview(isLow: grid.size.height < 22).map { drawBox(lines(of: $0), on: &grid) }
    }
  }

  private func drawTyping(on grid: inout Grid) {
    let foot = grid.bounds.split(atRow: grid.size.height - 2).bottom
    let field = fields[current]
    let offer = field.isOffered ? (field.input.id == "reason" ? "the last reason: " : "") + "typing replaces it · " : ""
    let others = fields.dropFirst().map { " · tab: a \($0.input.label)" }.joined()
    let help = problem ?? offer + "enter shows what it would do\(others) · esc leaves"
    var line = Line([
      Span(" \(action.subject)  ", Style(.titleFocus, on: .status, .bold)),
      Span(help, Style(problem == nil ? .status : .warning, on: .status)),
    ])
    for (place, other) in fields.enumerated().dropFirst() where place != current && !other.editor.text.isEmpty {
      line.spans.append(
        Span("  \(other.input.label) " + Sanitizer.line(other.editor.text), Style(.link, on: .status)))
    }
    grid.fill(foot.row(0), Style(.status, on: .status))
    grid.write(line, in: foot.row(0))
    let hint = field.input.hint.map { " (\($0))" } ?? ""
    field.editor.draw(label: " \(field.input.label)\(hint): ", in: foot.row(1), on: &grid)
  }

  private func drawBox(_ lines: [Line], on grid: inout Grid) {
    let title = action.title
    let heading = action.heading.isEmpty ? "" : ": " + Sanitizer.line(action.heading, limit: 200)
    Panel.draw(title: title + heading, lines, on: &grid)
  }

  /// What it would do, and what to press.
  private func lines(of preview: ActionPreview) -> [Line] {
    let edits = fields.isEmpty ? [] : [Span("e", .key, .bold), Span(" edits   ", .text)]
    let leaves = edits + [Span("esc", .key, .bold), Span(" leaves", .text)]
    let options = preview.choices.map(line)
    if let refusal = preview.refusal {
      let why = Line(Sanitizer.line(refusal, limit: 400), .danger, .bold)
      return [why, Line("")] + options.filter { _ in preview.choices.contains(where: \.isOption) } + [Line(leaves)]
    }
    var lines = preview.lines + options
    if let wanted = preview.count {
      let typed = Sanitizer.line(count.text)
      lines.append(Line([Span("type the count \(wanted): ", .text), Span(typed + "▁", .prompt, .bold)]))
    }
    if let problem { lines.append(Line(problem, .warning, .bold)) }
    let yes = preview.isEmpty ? [] : [Span("y", .key, .bold), Span(" \(action.verb)   ", .text)]
    lines.append(Line(yes + leaves))
    return lines
  }

  private func line(of choice: ActionPreview.Choice) -> Line {
    let words =
      choice.isOption
      ? (choice.isNamed ? " [x] " : " [ ] ") : choice.isNamed ? " leave out again: " : " take in all the same: "
    return Line([
      Span(String(choice.letter), .key, .bold), Span(words, .text),
      Span(choice.title, choice.isNamed ? .warning : .text),
    ])
  }
}
