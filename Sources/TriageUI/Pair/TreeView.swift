import Goldens
import SafeText
import TerminalKit
import TriageModel

/// Two trees path by path: what is alike is folded, each change with both its values.
struct TreeView {
  let pair: PairState
  let tree: TreeComparison
  let isFocused: Bool

  func draw(in rect: Rect, on grid: inout Grid) {
    let seen = pair.offset..<max(pair.offset, min(tree.count, pair.offset + rect.height))
    let rows = seen.map { tree.row(at: $0) }
    let label = min(rect.width * 2 / 5, max(24, rows.map { Self.labelWidth($0) }.max() ?? 0))
    for (y, index) in seen.enumerated() {
      let row = rect.row(y)
      draw(rows[y], label, in: row, on: &grid)
      if index == pair.index { PairView.paintCursor(row, isFocused: isFocused, on: &grid) }
    }
  }

  /// The columns of a row's label with its indent.
  private static func labelWidth(_ row: TreeComparison.Row) -> Int {
    2 * min(row.depth, 24) + 6 + DisplayWidth.of(row.label.prefix(80))
  }

  private func draw(_ row: TreeComparison.Row, _ labelWidth: Int, in rect: Rect, on grid: inout Grid) {
    let indent = String(repeating: "  ", count: min(row.depth, 24) + 1)
    if row.folded > 0 {
      grid.write(Line("\(indent)⋯ \(CountText.of(row.folded)) equal", .hunk), in: rect)
      return
    }
    let label = Sanitizer.line(row.label.isEmpty && row.depth == 0 ? "$" : row.label, limit: 300)
    let name = Line([Span(indent, .dim), Span(label, row.isBranch ? .heading : .text)])
    if pair.isUnified {
      drawInOneLine(row, name, in: rect, on: &grid)
    } else {
      drawInColumns(row, name, labelWidth, in: rect, on: &grid)
    }
  }

  private func drawInOneLine(_ row: TreeComparison.Row, _ name: Line, in rect: Rect, on grid: inout Grid) {
    var line = name
    line.append(": ", .dim)
    switch row.kind {
    case .equal, .tolerated: line.append(Self.shown(row.expected ?? row.actual), row.kind == .equal ? .dim : .context)
    case .changed where row.isBranch: line.append(Self.shown(row.actual ?? row.expected), .dim)
    case .changed:
      line.spans += Self.changed(row, isExpected: true)
      line.append(" → ", .dim)
      line.spans += Self.changed(row, isExpected: false)
    case .removed, .movedAway: line.append("- " + Self.shown(row.expected), .minus)
    case .added, .movedHere: line.append("+ " + Self.shown(row.actual), .plus)
    }
    grid.write(searched(line), in: rect)
  }

  private func drawInColumns(
    _ row: TreeComparison.Row, _ name: Line, _ labelWidth: Int, in rect: Rect, on grid: inout Grid
  ) {
    let parts = rect.split(atColumn: labelWidth)
    let values = parts.right.split(atColumn: parts.right.width / 2)
    let isQuiet = row.kind.isQuiet || row.isBranch
    let isWhole = row.kind == .removed || row.kind == .added
    grid.write(searched(name), in: parts.left.inset(right: 1))
    let isChanged = !isQuiet && !isWhole
    let left =
      isChanged ? Line(Self.changed(row, isExpected: true)) : Line(Self.shown(row.expected), isQuiet ? .dim : .minus)
    let right =
      isChanged ? Line(Self.changed(row, isExpected: false)) : Line(Self.shown(row.actual), isQuiet ? .dim : .plus)
    grid.write(searched(left), in: values.left.inset(right: 1))
    grid.write(searched(right), in: values.right)
  }

  private static func changed(_ row: TreeComparison.Row, isExpected: Bool) -> [Span] {
    ValueSpans(expected: row.expected, actual: row.actual).spans(
      shown: shown(isExpected ? row.expected : row.actual), isExpected: isExpected,
      emphasis: Style(isExpected ? .minusEmphasis : .plusEmphasis))
  }

  private func searched(_ line: Line) -> Line { pair.search.isEmpty ? line : line.highlighting(pair.search) }

  private static func shown(_ text: String?) -> String { text.map { Sanitizer.line($0, limit: 400) } ?? "" }
}
