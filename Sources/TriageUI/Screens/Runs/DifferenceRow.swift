import ItemQueries
import SafeText
import TerminalKit
import TriageMessages
import TriageModel
import TriageStyle

/// One test of a difference: how it ended before and after, its name, and what else changed.
struct DifferenceRow {
  let item: RunComparison.Item
  let section: ComparisonSection
  let find: String

  func draw(in row: Rect, on grid: inout Grid) {
    let right = facts
    let rightWidth = right.width
    var line = Line("      ")
    appendOutcomes(to: &line)
    appendName(room: max(8, row.width - line.width - rightWidth - 1), to: &line)
    if !find.isEmpty { line = line.highlighting(find) }
    grid.write(line, in: row.inset(right: rightWidth))
    grid.write(right, in: row.inset(left: row.width - rightWidth))
  }

  /// What it was and is; where it is as it was, or in one of the runs alone, that is enough.
  private func appendOutcomes(to line: inout Line) {
    switch section.fate {
    case .newlyFailing, .fixed, .nowSkipped:
      appendOutcome(item.before, to: &line)
      line.append(" → ", .dim)
      appendOutcome(item.after, to: &line)
    case .stillFailing, .added, .vanished, .slower, nil: appendOutcome(item.after ?? item.before, to: &line)
    }
    line.append("  ")
  }

  private func appendOutcome(_ result: ResultRecord?, to line: inout Line) {
    guard let outcome = result?.outcome else { return line.append("new", .info) }
    line.append("\(outcome.glyph) ", outcome.role)
    line.append("\(outcome.letter)", outcome.role, .bold)
  }

  /// The test's own name tells most; where it lies is there as far as it fits.
  private func appendName(room: Int, to line: inout Line) {
    let parts = TestIDParts(Sanitizer.line(item.test, limit: 600))
    let name = String(parts.name)
    let left = room - DisplayWidth.of(name)
    if left >= 8, !parts.suite.isEmpty {
      line.append((parts.suite + "::").keepingEnd(columns: left), .dim)
      line.append(name)
    } else {
      line.append(name.keepingMiddle(columns: room))
    }
  }

  private var facts: Line {
    var line = Line()
    if let leg = (item.after ?? item.before)?.leg, !leg.isEmpty {
      line.append("  [\(Sanitizer.line(leg, limit: 30))]", .dim)
    }
    if section.fate == .stillFailing, let before = item.before?.outcome, before != item.after?.outcome {
      line.append("  \(before.words) before", .warning)
    } else if section.fate == .stillFailing, let before = item.before?.signature, let after = item.after?.signature,
      before != after
    {
      line.append("  fails differently", .warning)
    }
    if section.fate == .slower, let before = item.before?.duration, let after = item.after?.duration {
      let texts = [before, after].map { DurationText.of($0) ?? "?" }
      line.append("  \(texts[0]) → ", .dim)
      line.append(texts[1], .warning)
      if before > 0 { line.append("  ×\(FigureText.of((after / before * 10).rounded() / 10))", .dim) }
    }
    line.append(" ")
    return line
  }
}
