internal import Goldens
internal import SafeText
internal import TriageModel

/// The figures of a comparison in a few lines.
enum DiffSummary {
  /// The lines: what changed, how far, and which tolerance would accept it.
  static func lines(_ comparison: Comparison, _ style: TextStyle) -> [String] {
    let summary = comparison.summary
    let counts = summary.counts + [summary.first.map { "first " + $0 }].compactMap(\.self)
    let lines = [counts, summary.distances].filter { !$0.isEmpty }.map { $0.joined(separator: style.separator) }
    return (lines + summary.structure + [tolerances(summary)].compactMap(\.self)).map { Sanitizer.line($0) }
  }

  /// In full, to be given as they are.
  private static func tolerances(_ summary: ChangeSummary) -> String? {
    let parts = [
      summary.smallestRelative.map { "--rtol \($0)" }, summary.smallestAbsolute.map { "--atol \($0)" },
    ].compactMap(\.self)
    return parts.isEmpty ? nil : "would pass with " + parts.joined(separator: " or ")
  }
}
