import Goldens
import SafeText
import TerminalKit
import TriageModel

/// Two texts line by line, with a gutter of line numbers a side.
struct TextPairView {
  let pair: PairState
  let text: TextComparison
  let isFocused: Bool

  func draw(in rect: Rect, on grid: inout Grid) {
    var y = 0
    var index = pair.offset
    while y < rect.height, let row = pair.rows.row(at: index) {
      let area = rect.inset(top: y)
      let used = draw(row, in: area, on: &grid)
      if index == pair.index {
        for line in 0..<min(used, area.height) {
          PairView.paintCursor(area.row(line), isFocused: isFocused && line == 0, on: &grid)
        }
      }
      y += used
      index += 1
    }
  }

  /// Draws a row of the pair; returns the rows of the screen it took.
  private func draw(_ row: PairRows.Row, in area: Rect, on grid: inout Grid) -> Int {
    switch row {
    case .fold(let range):
      PairView.drawFold(range.count, "lines", in: area.row(0), on: &grid)
      return 1
    case .aligned(let place, let half):
      guard let row = text.alignment.row(at: place) else { return 1 }
      let sides = lines(of: row)
      return pair.isUnified
        ? drawUnified(row, half, sides, in: area, on: &grid) : drawBeside(row, sides, in: area, on: &grid)
    }
  }

  private typealias Sides = (expected: Line?, actual: Line?)

  /// Both sides' text, what differs emphasised; only rows that are seen are refined.
  private func lines(of row: Alignment.Row) -> Sides {
    let differs = !row.kind.isQuiet
    var expected = row.expected.map {
      LineText(bytes: text.expected.line($0), style: style(row.kind, .minus), emphasis: Style(.minusEmphasis))
    }
    var actual = row.actual.map {
      LineText(bytes: text.actual.line($0), style: style(row.kind, .plus), emphasis: Style(.plusEmphasis))
    }
    var isLimited = false
    expected?.showsTrailingBlanks = differs
    actual?.showsTrailingBlanks = differs
    if row.kind == .changed, let left = row.expected, let right = row.actual {
      let refinement = text.refine(expectedLine: left, actualLine: right)
      if refinement.isLimited { isLimited = true }
      if !refinement.isWhole {
        // Where the parts that differ stand out, the rest of the line is quiet.
        expected?.emphasised = refinement.expected
        expected?.style = Style(.context)
        actual?.emphasised = refinement.actual
        actual?.style = Style(.context)
      }
    }
    let left = expected.map { line($0, isLast: row.expected == text.expected.count - 1, text.expected, text.actual) }
    return (
      // The work limit is named where it was reached.
      left.map { isLimited ? Line([Span("(too long to compare within) ", .truncated)] + $0.spans) : $0 },
      actual.map { line($0, isLast: row.actual == text.actual.count - 1, text.actual, text.expected) }
    )
  }

  /// The line; a missing line end is said where only one side misses it.
  private func line(_ text: LineText, isLast: Bool, _ side: TextLines, _ other: TextLines) -> Line {
    var line = Line(text.spans)
    if isLast, side.lacksFinalNewline != other.lacksFinalNewline {
      line.append(side.lacksFinalNewline ? " (no final newline)" : " (final newline)", .control)
    }
    return line
  }

  private func style(_ kind: AlignedRun.Kind, _ side: Role) -> Style {
    switch kind {
    case .equal: Style(.context)
    case .tolerated: Style(.dim)
    case .changed, .removed, .added: Style(side)
    case .movedAway, .movedHere: Style(side, on: .background, .italic)
    }
  }

  private func drawUnified(
    _ row: Alignment.Row, _ half: PairRows.Half, _ sides: Sides, in area: Rect, on grid: inout Grid
  ) -> Int {
    let isExpected = half == .expected || (half == .both && row.actual == nil)
    let isActual = half == .actual || (half == .both && row.expected == nil)
    let gutter = number(isActual ? nil : row.expected) + number(isExpected ? nil : row.actual)
    let mark = isExpected ? marker(row.kind, .minus) : isActual ? marker(row.kind, .plus) : Span("  ", .context)
    let content = isExpected ? sides.expected : sides.actual ?? sides.expected
    return draw(content ?? Line(), [Span(" " + gutter, .lineNumber), mark], in: area, on: &grid)
  }

  private func drawBeside(_ row: Alignment.Row, _ sides: Sides, in area: Rect, on grid: inout Grid) -> Int {
    let halves = PairView.halves(area)
    let left = drawHalf(sides.expected, row.expected, row.kind, .minus, in: halves.left, on: &grid)
    let right = drawHalf(sides.actual, row.actual, row.kind, .plus, in: halves.right, on: &grid)
    let used = max(left, right)
    for y in 0..<min(used, area.height) {
      PairView.drawBorder(area.row(y), on: &grid)
    }
    return used
  }

  private func drawHalf(
    _ content: Line?, _ place: Int?, _ kind: AlignedRun.Kind, _ side: Role, in area: Rect, on grid: inout Grid
  ) -> Int {
    guard let content else {
      grid.fill(area.row(0), Style(.filler, on: .filler))
      return 1
    }
    let mark = kind.isQuiet ? Span("  ", .context) : marker(kind, side)
    return draw(content, [Span(" " + number(place), .lineNumber), mark], in: area, on: &grid)
  }

  /// Draws a line behind its gutter, wrapped or scrolled; returns the rows it took.
  private func draw(_ content: Line, _ head: [Span], in area: Rect, on grid: inout Grid) -> Int {
    let headWidth = grid.write(Line(head), in: area.row(0))
    let body = area.inset(left: headWidth)
    let shown = pair.search.isEmpty ? content : content.highlighting(pair.search)
    guard pair.wraps else {
      grid.write(shown.dropping(columns: pair.column), in: body.row(0))
      return 1
    }
    let rows = shown.wrapped(width: max(1, body.width)).prefix(max(1, area.height))
    for (y, line) in rows.enumerated() { grid.write(line, in: body.row(y)) }
    return rows.count
  }

  private func marker(_ kind: AlignedRun.Kind, _ side: Role) -> Span {
    let sign = side == .minus ? "-" : "+"
    return Span((kind == .movedAway || kind == .movedHere ? "»" : sign) + " ", Style(side, on: .background, .bold))
  }

  private func number(_ line: Int?) -> String {
    let digits = max(3, String(max(text.expected.count, text.actual.count)).count)
    let number = line.map { String($0 + 1) } ?? ""
    return String(repeating: " ", count: max(0, digits - number.count)) + number + " "
  }
}

/// The bytes of one line as spans: made harmless, with what differs standing out and hidden characters seen there.
struct LineText {
  /// Bytes of a line that are looked at; the rest is counted.
  static let limit = 8192

  /// The line.
  let bytes: ArraySlice<UInt8>
  /// What differs, as ranges from the line's beginning, left to right.
  var emphasised: [Range<Int>] = []
  /// How the line looks.
  var style = Style(.context)
  /// How what differs looks.
  var emphasis = Style(.context)
  /// Whether blanks at the end are shown, as they are where the line differs.
  var showsTrailingBlanks = false

  var spans: [Span] {
    var spans: [Span] = []
    var place = 0
    let end = min(bytes.count, Self.limit)
    for range in emphasised where range.upperBound <= bytes.count {
      let range = range.clamped(to: place..<max(place, end))
      addPlain(place..<range.lowerBound, to: &spans)
      if !range.isEmpty { spans.append(Span(Self.visible(text(range)), emphasis)) }
      place = max(place, range.upperBound)
    }
    addPlain(place..<max(place, end), to: &spans)
    if bytes.count > end { spans.append(Span(" … (+\(CountText.of(bytes.count - end)) bytes)", Style(.truncated))) }
    return spans
  }

  private func addPlain(_ range: Range<Int>, to spans: inout [Span]) {
    guard !range.isEmpty else { return }
    let isLast = range.upperBound == bytes.count
    var text = text(range)
    if isLast, text.last == "\r" { text.removeLast() }
    var blanks = 0
    if isLast, showsTrailingBlanks {
      while let last = text.last, last == " " || last == "\t" {
        text.removeLast()
        blanks += 1
      }
    }
    let shown = text.contains("\t") ? String(text.flatMap { $0 == "\t" ? "    " : String($0) }) : text
    spans.append(Span(Sanitizer.line(shown, limit: .max), style))
    if blanks > 0 {
      spans.append(Span(String(repeating: "·", count: min(blanks, 200)), Style(.control, on: style.surface)))
    }
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[bytes.startIndex + range.lowerBound..<bytes.startIndex + range.upperBound], as: UTF8.self)
  }

  /// Where lines differ, a blank is a character like any other.
  private static func visible(_ text: String) -> String {
    Sanitizer.line(VisibleBlanks.marked(text), limit: .max)
  }
}
