import SafeText
import TerminalKit
import TriageMessages
import TriageModel
import TriageStyle

/// One line of the list: mark, facts, name, and what the test did in each run.
struct FlakeRow {
  let row: FlakeList.Row
  let columns: FlakeColumns
  let isMarked: Bool
  let find: String

  /// Draws the line; of the grid only the columns that are seen.
  func draw(seen: Range<Int>, in rect: Rect, on grid: inout Grid) {
    if isMarked { grid.write("*", Style(.mark, on: .background, .bold), in: rect.inset(left: 1)) }
    for column in columns.facts {
      let (text, role) = text(of: column)
      let width = DisplayWidth.of(text)
      let indent = column.fact.isNumber ? max(0, column.width - width) : 0
      grid.write(
        text, Style(role), in: Rect(x: rect.x + column.x + indent, y: rect.y, width: column.width - indent, height: 1))
    }
    grid.write(name, in: Rect(x: rect.x + columns.name.x, y: rect.y, width: columns.name.width, height: 1))
    grid.write(
      cells(seen), in: Rect(x: rect.x + columns.grid.x, y: rect.y, width: columns.grid.width, height: rect.height))
  }

  private func text(of column: FlakeColumns.Column) -> (String, Role) {
    let flake = row.flake
    switch column.fact {
    case .cost: return (CostText.of(flake.statistics.cost), .text)
    case .rate: return (ShareText.of(flake.shownRate.share), .text)
    case .trend:
      // A breakage, or its repair, is no trend.
      guard flake.verdict.label == .flaky else { return ("", .dim) }
      return Self.text(of: flake.statistics.trend, isShort: column.width == 1)
    case .interval:
      let (low, high) = (flake.shownRate.low * 100, flake.shownRate.high * 100)
      return ("\(Int(low.rounded()))–\(Int(high.rounded())) %", .dim)
    case .failures: return (CountText.compact(flake.statistics.failures), .text)
    case .lastSeen: return (row.lastSeen.map { $0.startedAt?.dayText ?? Self.id($0) } ?? "", .dim)
    case .owner: return (Sanitizer.line(flake.owner ?? "", limit: 60), .dim)
    case .verdict:
      let label = flake.verdict.label
      return (label.rawValue, label == .flaky ? .flaky : .dim)
    }
  }

  /// A trend that chance would hardly make; nothing of a steady one.
  private static func text(of trend: RateTrend?, isShort: Bool) -> (String, Role) {
    switch trend?.direction {
    case .rising: (isShort ? "↑" : "↑ rises", .fail)
    case .falling: (isShort ? "↓" : "↓ falls", .pass)
    case .steady, nil: ("", .dim)
    }
  }

  private static func id(_ run: RunRecord) -> String { Sanitizer.line(run.identity.id, limit: 30) }

  /// The name tells most; the suite is there as far as it fits.
  private var name: Line {
    let parts = TestIDParts(row.flake.test)
    let shown = Sanitizer.line(parts.name, limit: 300).keepingMiddle(columns: columns.name.width)
    var line = Line(shown)
    let left = columns.name.width - DisplayWidth.of(shown) - 1
    if columns.showsSuites, left > 8 { line.append(" " + Self.suite(String(parts.suite), columns: left), .dim) }
    return find.isEmpty ? line : line.highlighting(find)
  }

  /// A suite, or the end of its path as far as it fits.
  private static func suite(_ suite: String, columns: Int) -> String {
    let whole = Sanitizer.line(suite, limit: 300)
    guard DisplayWidth.of(whole) > columns, let slash = whole.lastIndex(of: "/") else {
      return whole.keepingEnd(columns: columns)
    }
    return ("…" + whole[slash...]).keepingEnd(columns: columns)
  }

  private func cells(_ seen: Range<Int>) -> Line {
    var line = Line()
    for place in seen {
      let outcome = FlakesScreen.cell(row, place)
      let glyph = outcome?.gridGlyph ?? " "
      let style = outcome.map(\.gridStyle) ?? Style()
      if line.spans.last?.style == style {
        line.spans[line.spans.count - 1].text.append(glyph)
      } else {
        line.spans.append(Span(String(glyph), style))
      }
    }
    return line
  }
}

extension Outcome {
  /// The character of a cell: it tells without colour, and a pass is hardly there.
  fileprivate var gridGlyph: Character {
    switch self {
    case .passed: "·"
    case .passedOnRetry: "↻"
    case .failed, .errored, .timedOut, .skipped, .expectedFailure, .unexpectedPass: letter
    }
  }

  fileprivate var gridStyle: Style { Style(role, on: .background, isFailing ? .bold : []) }
}
