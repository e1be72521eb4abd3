import SafeText
import TerminalKit
import TriageMessages
import TriageModel

/// A block of a runbook, shown whole before it runs: `y` runs what was seen to its end, and nothing else does.
struct ScriptPanel: Overlay {
  /// The block that was asked for.
  let place: RunbookScript.Place
  /// It, as it would be run; nil until that is known.
  private(set) var offer: ScriptOffer?
  /// The first row of the text that is shown.
  private(set) var offset = 0
  /// The lines of the text that were on the screen, from the first on.
  private(set) var seen = 0
  /// What is wrong with the key that was pressed.
  private(set) var problem: String?

  init(_ place: RunbookScript.Place) { self.place = place }

  /// A row of the text, and the line it is of.
  private struct Row {
    let line: Int
    let text: Line
    /// Whether the line ends here.
    let isLast: Bool
  }

  private var lines: [String] { offer.map { Sanitizer.lines($0.script.text, limit: .max) } ?? [] }

  /// The box for a screen of a size.
  private static func box(_ size: Size) -> Rect {
    Rect(x: 2, y: 1, width: size.width - 4, height: size.height - 2)
  }

  /// The rows of the box that the text has: the others say what it is, and what keys do.
  private func textHeight(_ size: Size) -> Int { max(1, Self.box(size).height - 4 - heading(size).count) }

  /// The text in rows of the box's width; what goes on in the next row has no number.
  private func rows(_ size: Size) -> [Row] {
    let width = Self.box(size).width - 4
    let lines = lines
    let digits = String(lines.count).count
    return lines.enumerated().flatMap { number, text -> [Row] in
      let parts = Line(text, .code).wrapped(width: max(1, width - digits - 3))
      return parts.enumerated().map { place, part in
        let label = place == 0 ? String(number + 1) : ""
        let gutter = String(repeating: " ", count: digits - label.count) + label + " │ "
        return Row(line: number, text: Line([Span(gutter, .border)] + part.spans), isLast: place == parts.count - 1)
      }
    }
  }

  mutating func take(_ event: Event) -> [Reaction] {
    switch event {
    case .preparedScript(let offer) where offer.script.place == place && self.offer == nil:
      self.offer = offer
      return []
    case .scriptRefused(place, _) where offer == nil: return [.close]
    default: return []
    }
  }

  mutating func handle(_ key: Key, _ context: AppContext) -> [Reaction] {
    if [.escape, .control("c"), .character("q")].contains(key) { return [.close] }
    guard let offer else { return [] }
    problem = nil
    let (rows, height) = (rows(context.size), textHeight(context.size))
    look(rows, height)
    switch key {
    case .character("y") where offer.refusal == nil:
      guard seen == lines.count else {
        problem = "\(CountText.of(lines.count - seen, "line")) of it were not shown yet: scroll to its end first"
        return []
      }
      return [.close, .ask(.acceptScript(offer))]
    case .character("j"), .down: offset += 1
    case .character("k"), .up: offset -= 1
    case .pageDown, .control("f"), .control("d"), .character(" "): offset += max(1, height - 1)
    case .pageUp, .control("b"), .control("u"): offset -= max(1, height - 1)
    case .character("g"), .home: offset = 0
    default: break
    }
    offset = max(0, min(offset, rows.count - height))
    look(rows, height)
    return []
  }

  /// Counts what is on the screen as seen, if all before it was.
  private mutating func look(_ rows: [Row], _ height: Int) {
    let first = max(0, min(offset, rows.count - height))
    for row in rows[first..<min(rows.count, first + height)] where row.isLast && row.line == seen { seen += 1 }
  }

  // MARK: - How it is drawn

  /// What is said over the text.
  private func heading(_ size: Size) -> [Line] {
    facts.flatMap { $0.wrapped(width: max(1, Self.box(size).width - 4)) }
  }

  private var facts: [Line] {
    guard let offer else { return [Line("looking what this would run…", .dim)] }
    let page = Sanitizer.line(place.page, limit: 200)
    let trust =
      offer.isTrusted
      ? Line("you trust \(page) as it is (\(offer.script.pageHash.short))", .dim)
      : Line("y also trusts \(page) as it is now (\(offer.script.pageHash.short))", .warning)
    let told = Line("\(offer.script.shell) -e in the repository, with the failure in $ASSAY_TEST …", .dim)
    return [trust, told]
  }

  /// What keys do, or why nothing is run.
  private func foot(_ rows: [Row], _ height: Int) -> Line {
    if let refusal = offer?.refusal {
      return Line([
        Span(Sanitizer.line(refusal, limit: 400) + "   ", .danger, .bold), Span("esc", .key, .bold), Span(" leaves"),
      ])
    }
    if let problem { return Line(problem, .warning, .bold) }
    let below = rows.count - offset - height
    let more = below > 0 ? [Span("j", .key, .bold), Span(" shows \(CountText.of(below, "more row"))   ")] : []
    let yes = offer == nil || below > 0 ? [] : [Span("y", .key, .bold), Span(" runs it   ")]
    return Line(more + yes + [Span("esc", .key, .bold), Span(" leaves")])
  }

  func draw(_ context: AppContext, on grid: inout Grid) {
    let (rows, height, heading) = (rows(grid.size), textHeight(grid.size), heading(grid.size))
    var box = Self.box(grid.size)
    box.height = min(box.height, heading.count + rows.count + 4)
    Frame.draw(title: "Run " + Sanitizer.line(place.words, limit: 200), in: box, on: &grid)
    let inner = box.inset(left: 2, top: 1, right: 2, bottom: 1)
    for (y, line) in heading.enumerated() { grid.write(line.on(.dialog), in: inner.row(y)) }
    let first = max(0, min(offset, rows.count - height))
    for (y, row) in rows.dropFirst(first).prefix(height).enumerated() {
      grid.write(row.text.on(.dialog), in: inner.row(heading.count + 1 + y))
    }
    grid.focus = Point(x: inner.x, y: inner.maxY - 1)
    grid.write(foot(rows, height).on(.dialog), in: inner.row(inner.height - 1))
  }
}
