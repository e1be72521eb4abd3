import SafeText
import TriageModel

/// How much two goldens differ, in words.
enum SummaryText {
  /// How many changed of how many: `31/40`; with what one side alone has.
  static func short(_ summary: ChangeSummary) -> String {
    var text = summary.total > 0 ? "\(compact(summary.changed))/\(compact(summary.total))" : compact(summary.changed)
    if summary.added > 0 { text += " +\(compact(summary.added))" }
    if summary.removed > 0 { text += " -\(compact(summary.removed))" }
    return text
  }

  /// All of it, a part each.
  static func parts(_ summary: ChangeSummary) -> [String] {
    var parts = ["\(CountText.of(summary.changed)) of \(CountText.of(summary.total)) \(summary.unit) changed"]
    if summary.tolerated > 0 { parts.append("\(CountText.of(summary.tolerated)) within tolerance") }
    if summary.added > 0 { parts.append("\(CountText.of(summary.added)) added") }
    if summary.removed > 0 { parts.append("\(CountText.of(summary.removed)) removed") }
    if summary.moved > 0 { parts.append("\(CountText.of(summary.moved)) moved") }
    if summary.nanBorn > 0 { parts.append("\(CountText.of(summary.nanBorn)) became NaN") }
    parts += summary.structure.prefix(3).map { Sanitizer.line($0, limit: 120) }
    if let extreme = summary.maxAbsolute {
      parts.append("max abs \(number(extreme.value)) at \(Sanitizer.line(extreme.place, limit: 60))")
    }
    if let extreme = summary.maxRelative { parts.append("max rel \(number(extreme.value))") }
    // Far apart, the count of numbers between says nothing any more.
    if let extreme = summary.maxULP, extreme.value < 100_000 { parts.append("\(compact(extreme.value)) ULP") }
    if let smallest = summary.smallestRelative, smallest > 0 { parts.append("passes at rtol \(number(smallest))") }
    return parts
  }

  /// A number with three digits that say something.
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-inf" : "inf" }
    guard value != 0 else { return "0" }
    let magnitude = value.magnitude
    var exponent = 0
    var scaled = magnitude
    while scaled >= 10, exponent < 400 { (scaled, exponent) = (scaled / 10, exponent + 1) }
    while scaled < 1, exponent > -400 { (scaled, exponent) = (scaled * 10, exponent - 1) }
    // Rounded to three digits it has one more before the point: 9.999 is 10, not "10" of its own size.
    if scaled >= 9.995 { (scaled, exponent) = (scaled / 10, exponent + 1) }
    let sign = value < 0 ? "-" : ""
    if (-3...5).contains(exponent) { return sign + fixed(magnitude, decimals: max(0, 2 - exponent)) }
    return sign + fixed(scaled, decimals: 2) + "e\(exponent)"
  }

  /// A decimal number without zeros at its end; below a million, so that the digits fit.
  private static func fixed(_ value: Double, decimals: Int) -> String {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    guard let units = Int(exactly: (value * scale).rounded()) else { return "\(value)" }
    guard decimals > 0 else { return String(units) }
    let whole = units / Int(scale)
    var digits = String(units % Int(scale))
    digits = String(repeating: "0", count: max(0, decimals - digits.count)) + digits
    while digits.last == "0" { digits.removeLast() }
    return digits.isEmpty ? String(whole) : "\(whole).\(digits)"
  }

  /// A count in few columns: `812`, `41k`, `1.2M`.
  static func compact(_ count: Int) -> String {
    switch count {
    case ..<10_000: String(count)
    case ..<1_000_000: "\(count / 1000)k"
    default: "\(count / 1_000_000).\(count / 100_000 % 10)M"
    }
  }

  private static func compact(_ value: Double) -> String {
    guard value.isFinite, value < 1e15, let count = Int(exactly: value.rounded()) else { return number(value) }
    return count < 100_000 ? CountText.of(count) : number(value)
  }
}
