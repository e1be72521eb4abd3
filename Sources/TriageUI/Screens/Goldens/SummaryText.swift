import SafeText
import TriageModel

/// How much two goldens differ, in words.
enum SummaryText {
  /// How many changed of how many: `31/40`; with what one side alone has.
  static func short(_ summary: ChangeSummary) -> String {
    let changed = CountText.compact(summary.changed)
    var text = summary.total > 0 ? "\(changed)/\(CountText.compact(summary.total))" : changed
    if summary.added > 0 { text += " +\(CountText.compact(summary.added))" }
    if summary.removed > 0 { text += " -\(CountText.compact(summary.removed))" }
    return text
  }

  /// All of it, a part each.
  static func parts(_ summary: ChangeSummary) -> [String] {
    var parts = summary.counts + summary.structure.prefix(3) + summary.distances
    if let smallest = summary.smallestRelative, smallest > 0 {
      parts.append("passes at rtol \(FigureText.notBelow(smallest))")
    }
    return parts.map { Sanitizer.line($0, limit: 120) }
  }
}
