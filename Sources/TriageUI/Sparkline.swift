import TerminalKit
import TriageModel

/// How a test ended lately, newest at the right: failures stand up, passes lie low. With more results than cells, a cell
/// is several runs, as high as the share of them that failed; the newest has a cell of its own.
enum Sparkline {
  /// The results in so many cells, blanks before them where there are fewer.
  static func line(_ recent: [Outcome], width: Int) -> Line {
    let older = recent.dropLast()
    let perCell = width > 1 ? max(1, (older.count + width - 2) / (width - 1)) : max(1, older.count)
    // What is left over is the oldest cell's.
    let first = older.count % perCell
    var cells: [ArraySlice<Outcome>] = first > 0 ? [older[..<first]] : []
    for start in stride(from: first, to: older.count, by: perCell) { cells.append(older[start..<start + perCell]) }
    if !recent.isEmpty { cells = cells.suffix(width - 1) + [recent.suffix(1)] }
    var line = Line(String(repeating: " ", count: max(0, width - cells.count)))
    for cell in cells { append(cell, to: &line) }
    return line
  }

  private static let steps: [Character] = ["▂", "▃", "▄", "▅", "▆"]

  private static func append(_ cell: ArraySlice<Outcome>, to line: inout Line) {
    let told = cell.filter { $0 != .skipped }
    if told.isEmpty { return line.append("·", .dim) }
    // A pass on retry failed by half.
    let failed = told.reduce(0) { $0 + ($1.isFailing ? 2 : $1 == .passedOnRetry ? 1 : 0) }
    switch failed {
    case 0: line.append("▁", .dim)
    case told.count * 2: line.append("▇", .fail)
    default: line.append(String(steps[failed * steps.count / (told.count * 2)]), .flaky)
    }
  }
}
