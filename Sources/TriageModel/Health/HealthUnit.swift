/// What the number of a figure counts: how it is written in the configuration, and read by people.
package enum HealthUnit: String, MachineWord, Sendable, CaseIterable {
  /// A part of a whole, 0 … 1; of a budget more.
  case share
  case seconds
  /// Percentage points.
  case points
  /// One thing for each of another.
  case ratio
  case count

  /// The number as people read it. What is not all is never written as all: `> 99.9 %`.
  package func text(_ value: Double) -> String {
    switch self {
    case .share: Self.percent(value)
    case .seconds: DurationText.of(value) ?? FigureText.of(value) + " s"
    case .points: (value > 0 ? "+" : "") + Self.fixed(value * 100, digits: 2) + " points"
    case .ratio: FigureText.of(value)
    case .count: FigureText.of(value, digits: 6)
    }
  }

  /// What stands at the axis of a plot, in few columns.
  package func axisText(_ value: Double) -> String { text(value).replacing(" points", with: "") }

  /// What the configuration may say, for errors.
  package var expectation: String {
    switch self {
    case .share: "a share, as 99 % or 0.99"
    case .seconds: "a time, as 90s, 10m or 1h"
    case .points: "percentage points, as -0.5"
    case .ratio, .count: "a number of at least 0"
    }
  }

  /// The number that a text of the configuration means; nil for any other text.
  package func number(_ text: String) -> Double? {
    let text = text.filter { $0 != " " }
    let value: Double?
    switch self {
    case .share: value = text.hasSuffix("%") ? Double(text.dropLast()).map { $0 / 100 } : Double(text)
    case .seconds: value = Self.seconds(text)
    case .points: value = Double(text.hasSuffix("%") ? text.dropLast() : text[...]).map { $0 / 100 }
    case .ratio, .count: value = Double(text)
    }
    guard let value, value.isFinite, self == .points || value >= 0 else { return nil }
    return self != .share || value <= 100 ? value : nil
  }

  private static func seconds(_ text: String) -> Double? {
    let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600]
    guard let unit = text.last.flatMap({ units[$0] }) else { return Double(text) }
    return Double(text.dropLast()).map { $0 * unit }
  }

  private static func percent(_ share: Double) -> String {
    guard share.isFinite else { return FigureText.of(share) }
    if share > 0, share < 0.001 { return "< 0.1 %" }
    if share < 1, share > 0.999 { return "> 99.9 %" }
    if share > 1, share < 1.001 { return "> 100 %" }
    if share >= 10 { return CountText.of(Int((min(share, 1e12) * 100).rounded())) + " %" }
    // A rate of few per cent is told from a target of one.
    return fixed(share * 100, digits: share < 0.1 ? 2 : 1) + " %"
  }

  /// With so many digits behind the point, without the zeros at its end.
  private static func fixed(_ value: Double, digits: Int) -> String {
    let scale = digits == 2 ? 100 : 10
    let scaled = Int((max(-1e12, min(value, 1e12)) * Double(scale)).rounded())
    var rest = String(abs(scaled) % scale)
    rest = String(repeating: "0", count: digits - rest.count) + rest
    while rest.last == "0" { rest.removeLast() }
    return (scaled < 0 ? "-" : "") + String(abs(scaled) / scale) + (rest.isEmpty ? "" : "." + rest)
  }
}
