import Goldens
import SafeText
import TerminalKit
import TriageModel

/// Two tables row by row: the header and the keys stay, changed cells stand out, numbers align on the decimal point.
struct TableView {
  let pair: PairState
  let table: TableComparison
  let isFocused: Bool

  /// The widest that a cell is drawn.
  private static let widest = 28
  /// Rows beyond those that are seen which decide the widths, so that these hold still.
  private static let sample = 40
  /// Cells beyond those that are seen which are made for that at most: a table of a thousand columns is sampled less.
  private static let sampleCells = 4000

  /// The columns that are shown, by their places in the table.
  static func columns(of table: TableComparison, onlyChanged: Bool) -> [Int] {
    table.columns.indices.filter { place in
      let column = table.columns[place]
      if column.isKey { return false }
      return !onlyChanged || column.changed > 0 || column.expected == nil || column.actual == nil
    }
  }

  func draw(in rect: Rect, on grid: inout Grid) {
    let plan = plan()
    let seen = pair.offset..<max(pair.offset, min(pair.rows.count, pair.offset + rect.height - 1))
    drawHeader(plan, in: rect.row(0), on: &grid)
    for (y, index) in seen.enumerated() {
      let row = rect.row(y + 1)
      switch pair.rows.row(at: index) {
      case .fold(let range): PairView.drawFold(range.count, "rows", in: row, on: &grid)
      case .aligned(let place, let half):
        if let aligned = table.alignment.row(at: place) {
          draw(aligned, half, plan.cells[place] ?? table.cells(of: aligned), plan, in: row, on: &grid)
        }
      case nil: break
      }
      if index == pair.index { PairView.paintCursor(row, isFocused: isFocused, on: &grid) }
    }
    if table.alignment.count == 0 { grid.write("  no rows", Style(.dim), in: rect.row(1)) }
  }

  /// What every row is drawn by.
  private struct Plan {
    var columns: [Int]
    var widths: [NumberColumn]
    /// Columns of the row numbers, and of the keys behind them.
    var gutter: Int
    var label: Int
    /// The cells that were made, by their row of the alignment.
    var cells: [Int: [TableComparison.Cell]]
  }

  private func plan() -> Plan {
    let shown = Self.columns(of: table, onlyChanged: pair.showsOnlyChanged).dropFirst(pair.column)
    let columns = Array(shown.prefix(64))
    var widths = columns.map { place in
      var width = NumberColumn(isNumeric: table.columns[place].isNumeric)
      width.add("")
      return width
    }
    let names = table.columns.filter(\.isKey).map { Self.shown($0.name) }.joined(separator: " ")
    var label = min(16, DisplayWidth.of(names))
    let hasKey = table.columns.contains { $0.isKey }
    var made: [Int: [TableComparison.Cell]] = [:]
    for place in sampled() where made[place] == nil {
      guard let row = table.alignment.row(at: place) else { continue }
      let cells = table.cells(of: row)
      made[place] = cells
      for (index, column) in columns.enumerated() where cells.indices.contains(column) {
        for text in [cells[column].expected, cells[column].actual] { widths[index].add(Self.shown(text)) }
      }
      if hasKey { label = max(label, DisplayWidth.of(Self.shown(table.label(of: row)))) }
    }
    let last = table.firstRowNumber + table.alignment.count
    return Plan(
      columns: columns, widths: widths, gutter: max(3, String(last).count), label: min(label, Self.widest),
      cells: made)
  }

  /// Rows of the alignment that are seen or sampled.
  private func sampled() -> [Int] {
    let seen = (pair.offset..<pair.offset + pair.height).compactMap { index -> Int? in
      if case .aligned(let row, _) = pair.rows.row(at: index) { row } else { nil }
    }
    let sample = min(Self.sample, table.alignment.count, Self.sampleCells / max(1, table.columns.count))
    return seen + Array(0..<sample)
  }

  private static func shown(_ text: String?) -> String {
    text.map { Sanitizer.line($0, limit: 200) } ?? ""
  }

  private func width(_ index: Int, _ plan: Plan) -> Int {
    let name = DisplayWidth.of(Self.shown(table.columns[plan.columns[index]].name))
    return min(Self.widest, max(plan.widths[index].width, min(name, 16)))
  }

  private func drawHeader(_ plan: Plan, in row: Rect, on grid: inout Grid) {
    let halves = PairView.halves(row)
    if pair.isUnified {
      grid.write(header(plan, side: nil), in: row)
    } else {
      grid.write(header(plan, side: .expected), in: halves.left)
      grid.write(header(plan, side: .actual), in: halves.right)
    }
  }

  private func header(_ plan: Plan, side: PairRows.Half?) -> Line {
    let keys = table.columns.filter(\.isKey).map { Self.shown($0.name) }.joined(separator: " ")
    var line = Line([Span(lead("", keys, plan), Style(.heading, on: .background, .bold))])
    for (index, place) in plan.columns.enumerated() {
      let column = table.columns[place]
      let isMissing = (side == .expected && column.expected == nil) || (side == .actual && column.actual == nil)
      let role: Role = column.expected == nil ? .plus : column.actual == nil ? .minus : .heading
      let name = isMissing ? "" : Self.shown(column.name)
      line.spans.append(
        Span(Self.fit(name, width(index, plan), right: column.isNumeric) + "  ", Style(role, on: .background, .bold)))
    }
    if pair.column > 0 { line.spans.insert(Span("‹\(pair.column) ", .dim), at: 1) }
    if !table.title.isEmpty { line.append(" " + Self.shown(table.title), .dim) }
    return line
  }

  /// Row number and key, as wide as their columns.
  private func lead(_ number: String, _ label: String, _ plan: Plan) -> String {
    " " + Self.fit(number, plan.gutter, right: true) + "   "
      + (plan.label > 0 ? Self.fit(label, plan.label) + "  " : "")
  }

  private static func fit(_ text: String, _ width: Int, right: Bool = false) -> String {
    let cut = text.keepingMiddle(columns: width)
    return right ? cut.filledBefore(to: width) : cut.filled(to: width)
  }

  private func draw(
    _ row: Alignment.Row, _ half: PairRows.Half, _ cells: [TableComparison.Cell], _ plan: Plan, in rect: Rect,
    on grid: inout Grid
  ) {
    guard pair.isUnified else {
      let halves = PairView.halves(rect)
      drawSide(row, .expected, cells, plan, in: halves.left, on: &grid)
      PairView.drawBorder(rect, on: &grid)
      drawSide(row, .actual, cells, plan, in: halves.right, on: &grid)
      return
    }
    let side: PairRows.Half = half == .both ? (row.expected == nil ? .actual : .expected) : half
    let isSecond = half == .actual
    drawLine(row, side, cells, plan, onlyDifferences: isSecond, in: rect, on: &grid)
  }

  private func drawSide(
    _ row: Alignment.Row, _ side: PairRows.Half, _ cells: [TableComparison.Cell], _ plan: Plan, in rect: Rect,
    on grid: inout Grid
  ) {
    guard (side == .expected ? row.expected : row.actual) != nil else {
      grid.fill(rect, Style(.filler, on: .filler))
      return
    }
    drawLine(row, side, cells, plan, onlyDifferences: false, in: rect, on: &grid)
  }

  private func drawLine(
    _ row: Alignment.Row, _ side: PairRows.Half, _ cells: [TableComparison.Cell], _ plan: Plan, onlyDifferences: Bool,
    in rect: Rect, on grid: inout Grid
  ) {
    let isExpected = side == .expected
    let role: Role = isExpected ? .minus : .plus
    let isWhole = row.kind != .changed && !row.kind.isQuiet
    let number = (isExpected ? row.expected : row.actual).map { String($0 + table.firstRowNumber) } ?? ""
    let label = plan.label > 0 && !onlyDifferences ? Self.shown(table.label(of: row)) : ""
    var line = Line([Span(lead(number, label, plan), isWhole ? Style(role) : Style(.lineNumber))])
    let isMoved = row.kind == .movedAway || row.kind == .movedHere
    let sign = row.kind.isQuiet ? "  " : (isMoved ? "» " : isExpected ? "- " : "+ ")
    for (index, place) in plan.columns.enumerated() where cells.indices.contains(place) {
      line.spans += cell(cells[place], index, plan, isExpected, isWhole ? role : nil, onlyDifferences)
    }
    if !pair.search.isEmpty { line = line.highlighting(pair.search) }
    grid.write(line, in: rect)
    grid.write(sign, Style(role, on: .background, .bold), in: rect.inset(left: plan.gutter + 2).row(0))
  }

  private func cell(
    _ cell: TableComparison.Cell, _ index: Int, _ plan: Plan, _ isExpected: Bool, _ whole: Role?,
    _ onlyDifferences: Bool
  ) -> [Span] {
    let width = width(index, plan)
    let text = Self.shown(isExpected ? cell.expected : cell.actual)
    let differs = !cell.kind.isQuiet
    if onlyDifferences, !differs { return [Span(String(repeating: " ", count: width + 2), .context)] }
    let padded = Self.fit(plan.widths[index].padded(text, width: width), width)
    let emphasis: Style = isExpected ? Style(.minusEmphasis) : Style(.plusEmphasis)
    if whole == nil, differs {
      // Only the characters stand out, not the blanks that align them.
      let blanks = padded.prefix { $0 == " " }
      let rest = padded.dropFirst(blanks.count)
      let trail = rest.reversed().prefix { $0 == " " }.count
      return [Span(String(blanks), .context)]
        + ValueSpans(expected: cell.expected, actual: cell.actual).spans(
          shown: String(rest.dropLast(trail)), isExpected: isExpected, emphasis: emphasis)
        + [Span(String(repeating: " ", count: trail + 2), .context)]
    }
    return [Span(padded + "  ", whole.map { Style($0) } ?? Style(cell.kind == .tolerated ? .dim : .context))]
  }
}

/// How wide the cells of a column are, so that numbers align on the decimal point.
struct NumberColumn: Equatable {
  /// Columns before the point, and the point with what stands behind it.
  private(set) var whole = 0
  private(set) var fraction = 0
  /// Columns of texts that are no numbers.
  private(set) var text = 0
  let isNumeric: Bool

  var width: Int { max(whole + fraction, text) }

  /// Makes room for a cell.
  mutating func add(_ cell: String) {
    guard isNumeric, let parts = Self.parts(of: cell) else {
      text = max(text, DisplayWidth.of(cell))
      return
    }
    whole = max(whole, parts.whole)
    fraction = max(fraction, parts.fraction)
  }

  /// The cell with blanks around it: as wide as the column.
  func padded(_ cell: String, width: Int) -> String {
    let own = DisplayWidth.of(cell)
    guard own < width else { return cell }
    var before = 0
    if isNumeric {
      before = Self.parts(of: cell).map { max(0, width - fraction - $0.whole) } ?? width - own
    }
    before = min(before, width - own)
    return String(repeating: " ", count: before) + cell + String(repeating: " ", count: width - own - before)
  }

  /// Columns before the decimal point (or the exponent), and from it on; nil for what is no number.
  private static func parts(of cell: String) -> (whole: Int, fraction: Int)? {
    guard let first = cell.utf8.first(where: { $0 != 0x2D && $0 != 0x2B && $0 != 0x2E }), (0x30...0x39).contains(first)
    else { return nil }
    let count = cell.utf8.count
    let point = cell.utf8.firstIndex { $0 == 0x2E || $0 | 0x20 == 0x65 } ?? cell.utf8.endIndex
    let whole = cell.utf8.distance(from: cell.utf8.startIndex, to: point)
    return (whole, count - whole)
  }
}

/// One side of a changed value: what differs stands out, the rest is quiet.
struct ValueSpans {
  let expected: String?
  let actual: String?

  /// The spans of a side as it is shown; all of it stands out where it is shown otherwise than it is written, or where
  /// nearly all differs.
  func spans(shown: String, isExpected: Bool, emphasis: Style) -> [Span] {
    guard let expected, let actual, shown == (isExpected ? expected : actual) else { return [Span(shown, emphasis)] }
    let marks = Refinement.of(expected, actual)
    let ranges = isExpected ? marks.expected : marks.actual
    guard !marks.isWhole, !ranges.isEmpty else { return [Span(shown, emphasis)] }
    let bytes = Array(shown.utf8)
    var spans: [Span] = []
    var place = 0
    func append(_ end: Int, _ style: Style) {
      if end > place { spans.append(Span(String(decoding: bytes[place..<end], as: UTF8.self), style)) }
      place = max(place, end)
    }
    for range in ranges where range.lowerBound >= place && range.upperBound <= bytes.count {
      append(range.lowerBound, Style(.context))
      append(range.upperBound, emphasis)
    }
    append(bytes.count, Style(.context))
    return spans
  }
}
