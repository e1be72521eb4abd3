import Goldens
import SafeText
import TerminalKit
import TriageMessages
import TriageModel

/// Draws the two sides of a golden: the words over them, and the view of their kind.
enum PairView {
  static func draw(
    _ pair: PairState, of change: GoldenChange, isFocused: Bool, in rect: Rect, on grid: inout Grid
  ) {
    guard rect.height > 1, rect.width > 10 else { return }
    drawHead(pair, of: change, in: rect.row(0), on: &grid)
    let rest = rect.inset(top: 1)
    switch pair.body {
    case .text(let text): TextPairView(pair: pair, text: text, isFocused: isFocused).draw(in: rest, on: &grid)
    case .tables:
      guard let table = pair.table else { return }
      TableView(pair: pair, table: table, isFocused: isFocused).draw(in: rest, on: &grid)
    case .tree(let tree): TreeView(pair: pair, tree: tree, isFocused: isFocused).draw(in: rest, on: &grid)
    case .image(let image): ImageView(image: image, showsDifference: pair.showsDifference).draw(in: rest, on: &grid)
    case .bytes(let bytes): BytesView(pair: pair, bytes: bytes, isFocused: isFocused).draw(in: rest, on: &grid)
    case .none: drawNothing(pair, of: change, in: rest, on: &grid)
    }
  }

  /// Where each side's half lies when they stand beside one another.
  static func halves(_ rect: Rect) -> (left: Rect, right: Rect) {
    let parts = rect.split(atColumn: rect.width / 2)
    return (parts.left.inset(right: 1), parts.right)
  }

  /// The line between the halves of a row.
  static func drawBorder(_ row: Rect, on grid: inout Grid) {
    grid.write("│", Style(.border), in: Rect(x: halves(row).left.maxX, y: row.y, width: 1, height: 1))
  }

  /// The words of the two sides that are compared.
  static func names(_ sides: ComparisonRequest.Sides) -> (left: String, right: String) {
    switch sides {
    case .expectedActual: ("expected", "actual")
    case .currentActual: ("golden now", "actual")
    case .expectedCurrent: ("expected", "golden now")
    }
  }

  private static func drawHead(_ pair: PairState, of change: GoldenChange, in row: Rect, on grid: inout Grid) {
    let names = names(pair.sides)
    let hashes = hashes(of: change, pair.sides)
    let left = Line([Span("- \(names.left) ", Style(.minus, on: .background, .bold)), Span(hashes.left, .dim)])
    let right = Line([Span("+ \(names.right) ", Style(.plus, on: .background, .bold)), Span(hashes.right, .dim)])
    let place = position(pair)
    grid.write(place, in: row.inset(left: max(0, row.width - place.width)))
    if pair.isUnified, !isBeside(pair) {
      grid.write(Line(left.spans + [Span("   ", .dim)] + right.spans), in: row.inset(right: place.width + 1))
    } else {
      let halves = halves(row)
      grid.write(left, in: halves.left)
      grid.write(right, in: halves.right.inset(right: place.width + 1))
    }
  }

  /// Pictures and bytes always stand beside one another.
  private static func isBeside(_ pair: PairState) -> Bool {
    switch pair.body {
    case .image: !pair.showsDifference
    case .bytes: true
    case .text, .tables, .tree, .none: false
    }
  }

  private static func hashes(of change: GoldenChange, _ sides: ComparisonRequest.Sides) -> (left: String, right: String)
  {
    func short(_ hash: ContentHash?) -> String { hash?.short ?? "none" }
    return switch sides {
    case .expectedActual: (short(change.expectedHash), short(change.actualHash))
    case .currentActual: (short(change.currentHash), short(change.actualHash))
    case .expectedCurrent: (short(change.expectedHash), short(change.currentHash))
    }
  }

  /// The view, the others there are, and how far down this is.
  private static func position(_ pair: PairState) -> Line {
    let names = pair.viewNames
    guard !names.shown.isEmpty else { return Line() }
    var line = Line([Span("[\(names.shown)]", .title)])
    if !names.others.isEmpty { line.append(" v: " + names.others.joined(separator: ", "), .dim) }
    if case .tables(let tables) = pair.body, tables.count > 1 {
      line.append("  . \(pair.part + 1) of \(tables.count)", .dim)
    }
    if pair.count > pair.height { line.append("  \(CountText.of(pair.index + 1))/\(CountText.of(pair.count))", .dim) }
    return line
  }

  private static func drawNothing(_ pair: PairState, of change: GoldenChange, in rect: Rect, on grid: inout Grid) {
    let line: Line =
      if let problem = pair.answer?.problem {
        Line(Sanitizer.line(problem, limit: 400), .warning)
      } else if pair.answer?.comparison?.isIdentical == true {
        Line("Both sides are the same bytes.", .pass)
      } else if pair.answer == nil {
        Line("comparing…", .dim)
      } else {
        Line("There is nothing to show of this one.", .dim)
      }
    grid.write(line, in: rect.inset(left: 1).row(min(1, rect.height - 1)))
  }

  /// Marks the row that keys act on.
  static func paintCursor(_ row: Rect, isFocused: Bool, on grid: inout Grid) {
    guard isFocused else { return }
    grid.focus = Point(x: row.x, y: row.y)
    grid.paint(row, on: .selectionInactive)
    grid.write(
      ">", Style(.titleFocus, on: .selectionInactive, .bold), in: Rect(x: row.x, y: row.y, width: 1, height: 1))
  }

  /// A row that stands for rows that are alike.
  static func drawFold(_ count: Int, _ unit: String, in row: Rect, on grid: inout Grid) {
    grid.write(Line("  ⋯ \(CountText.of(count)) equal \(unit)", .hunk), in: row)
  }
}
