internal import SafeText
package import TriageModel

/// How much a golden changed, in a few words: `31 of 40 cells · max rel 0.42 at row 12, score`.
package enum ChangeWords {
  /// The size of a change in one line; empty when nothing is known.
  package static func size(of summary: ChangeSummary, separator: String) -> String {
    var parts: [String] = []
    if summary.total > 0, summary.changed > 0 {
      parts.append("\(CountText.of(summary.changed)) of \(CountText.of(summary.total)) \(summary.unit)")
    }
    let rows = [(summary.added, "added"), (summary.removed, "removed"), (summary.moved, "moved")]
    for (count, word) in rows where count > 0 { parts.append("\(CountText.of(count)) \(word)") }
    if let extreme = summary.maxAbsolute { parts.append("max abs \(number(extreme.value))") }
    if let extreme = summary.maxRelative { parts.append("max rel \(number(extreme.value)) at \(extreme.place)") }
    if summary.nanBorn > 0 { parts.append("\(CountText.of(summary.nanBorn)) NaN born") }
    return Sanitizer.line((parts + summary.structure.prefix(3)).joined(separator: separator), limit: 400)
  }

  /// A number of a summary with three digits: `0.185`, `1.2e-16`, `42`.
  package static func number(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return value == 0 ? "0" : value.isNaN ? "NaN" : "inf" }
    let size = abs(value)
    if size >= 1e-3, size < 1e6 {
      let scale = size >= 100 ? 1.0 : size >= 1 ? 100 : 10000
      let text = ((value * scale).rounded() / scale).description
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
    return scientific(value)
  }

  /// `1.85e-07` as `1.85e-7`, in three digits.
  private static func scientific(_ value: Double) -> String {
    var exponent = 0
    var mantissa = abs(value)
    while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    // Rounded to three digits it has one more before the point.
    if mantissa >= 9.995 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    let text = ((mantissa * 100).rounded() / 100).description
    let short = text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    return (value < 0 ? "-" : "") + short + "e\(exponent)"
  }
}
