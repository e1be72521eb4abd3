import SafeText
import TerminalKit
import TriageModel

/// One line of the list of runs: marks, how many failed, id, time, commit, title, labels.
struct RunRow {
  let run: RunRecord
  let columns: RunColumns
  let isBase: Bool
  let isOpen: Bool
  /// Whether the run below is of another commit: the title stands out where it comes in.
  let beginsCommit: Bool
  let find: String

  private static let bars: [String] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  func draw(in row: Rect, on grid: inout Grid) {
    let right = labels(width: row.width)
    let rightWidth = right.width
    var line = Line([
      Span(isBase ? " *" : "  ", Style(.mark, on: .background, .bold)),
      Span(isOpen ? "• " : "  ", Style(.dim)),
    ])
    appendCounts(between: row.width < 72 ? " of " : " failing of ", to: &line)
    append(
      Sanitizer.line(run.shortName, limit: 60).keepingEnd(columns: columns.nameWidth).filled(to: columns.nameWidth),
      to: &line
    )
    append(time(width: row.width), .dim, to: &line)
    append(commit, .dim, to: &line)
    if run.missing > 0 { append("\(CountText.of(run.missing)) did not run", .danger, to: &line) }
    line.append(Sanitizer.line(run.commitTitle ?? "", limit: 300), beginsCommit ? .text : .dim)
    if !find.isEmpty { line = line.highlighting(find) }
    grid.write(line, in: row.inset(right: rightWidth + 1))
    grid.write(right, in: row.inset(left: row.width - rightWidth - 1))
  }

  private func append(
    _ text: String, _ role: Role = .text, _ attributes: Style.Attributes = [], to line: inout Line
  ) {
    line.append(text + "  ", role, attributes)
  }

  /// `▇ 7 failing of 29 ↻2`; nothing is green about a run that is not whole.
  private func appendCounts(between words: String, to line: inout Line) {
    let failing = run.failing
    let width = columns.failingWidth + words.count + columns.totalWidth
    let isWhole = run.isComplete && run.missing == 0
    if !isWhole, failing > 0 {
      // A bar would make a run that stopped early look better than a whole one.
      line.append("! ", .danger, .bold)
      line.append(CountText.of(failing).filledBefore(to: columns.failingWidth), .fail, .bold)
      line.append(" failing, INCOMPLETE".filled(to: words.count + columns.totalWidth), .danger, .bold)
    } else if failing > 0 {
      let height = (failing * Self.bars.count + columns.mostFailing - 1) / max(1, columns.mostFailing)
      line.append(Self.bars[max(1, min(height, Self.bars.count)) - 1] + " ", .fail)
      line.append(CountText.of(failing).filledBefore(to: columns.failingWidth), .fail, .bold)
      line.append(words + CountText.of(run.resultCount).filledBefore(to: columns.totalWidth), .dim)
    } else if !isWhole {
      line.append("  " + "INCOMPLETE".filled(to: width), .danger, .bold)
    } else if run.resultCount == 0 {
      line.append("  " + "no tests".filled(to: width), .warning)
    } else {
      line.append("  " + "0".filledBefore(to: columns.failingWidth), .pass)
      line.append(words + CountText.of(run.resultCount).filledBefore(to: columns.totalWidth), .dim)
    }
    if columns.retriedWidth > 0 {
      let retried = run.counts[.passedOnRetry]
      line.append(" " + (retried > 0 ? "↻\(CountText.compact(retried))" : "").filled(to: columns.retriedWidth), .flaky)
    }
    line.append("  ")
  }

  /// The moment to the minute; the year only where it is needed or there is room.
  private func time(width: Int) -> String {
    let isLong = width >= 100
    guard let text = run.startedAt?.minuteText else {
      return "no time".filled(to: isLong ? 16 : columns.hasYears ? 10 : 11)
    }
    if isLong { return text }
    return String(columns.hasYears ? text.prefix(10) : text.dropFirst(5))
  }

  private var commit: String { Sanitizer.line(String(run.commit?.prefix(7) ?? "-"), limit: 7).filled(to: 7) }

  /// What tells it from runs of the same commit: the branch where there are several, and its labels.
  private func labels(width: Int) -> Line {
    var words: [String] = []
    if columns.hasBranches, let branch = run.branch { words.append(branch) }
    words += run.labels.sorted { $0.key < $1.key }.map(\.value)
    guard !words.isEmpty else { return Line() }
    let text = Sanitizer.line(words.joined(separator: " "), limit: 200).keepingMiddle(columns: max(8, width / 5))
    return Line(" " + text, .info)
  }
}
