internal import Goldens
internal import SafeText
internal import TriageModel

/// The figures of a comparison in a few lines.
enum DiffSummary {
  /// The lines: what changed, how far, and which tolerance would accept it.
  static func lines(_ comparison: Comparison, _ style: TextStyle) -> [String] {
    let summary = comparison.summary
    var lines = [counts(summary, style)]
    let distances = distances(summary)
    if !distances.isEmpty { lines.append(distances.joined(separator: style.separator)) }
    lines += summary.structure.map { Sanitizer.line($0) }
    if let tolerances = tolerances(summary) { lines.append(tolerances) }
    return lines
  }

  private static func counts(_ summary: ChangeSummary, _ style: TextStyle) -> String {
    let share = "\(Figure.grouped(summary.changed)) of \(Figure.grouped(summary.total)) \(summary.unit) differ"
    let rows = ["lines", "bytes", "values", "elements"].contains(summary.unit) ? summary.unit : "rows"
    var parts = [share]
    if summary.tolerated > 0 { parts.append("\(Figure.grouped(summary.tolerated)) within the tolerance") }
    if summary.removed > 0 { parts.append("\(Figure.grouped(summary.removed)) \(rows) only expected") }
    if summary.added > 0 { parts.append("\(Figure.grouped(summary.added)) \(rows) only actual") }
    if summary.moved > 0 { parts.append("\(Figure.grouped(summary.moved)) \(rows) moved") }
    if summary.nanBorn > 0 { parts.append("\(Figure.grouped(summary.nanBorn)) became NaN") }
    if let first = summary.first { parts.append("first " + Sanitizer.line(first)) }
    return parts.joined(separator: style.separator)
  }

  private static func distances(_ summary: ChangeSummary) -> [String] {
    func words(_ name: String, _ extreme: ChangeSummary.Extreme?) -> String? {
      extreme.map { "\(name) \(Figure.of($0.value)) (\(Sanitizer.line($0.place)))" }
    }
    return [
      words("max abs", summary.maxAbsolute), words("max rel", summary.maxRelative), words("max ulp", summary.maxULP),
    ].compactMap(\.self)
  }

  private static func tolerances(_ summary: ChangeSummary) -> String? {
    let parts = [
      summary.smallestRelative.map { "--rtol \($0)" }, summary.smallestAbsolute.map { "--atol \($0)" },
    ].compactMap(\.self)
    return parts.isEmpty ? nil : "would pass with " + parts.joined(separator: " or ")
  }
}
