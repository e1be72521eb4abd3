/// Seconds as people read them.
package enum DurationText {
  /// `0.003 s`, `0.12 s`, `4.1 s`, `2 m 05 s`, `1 h 04 m`; nil for what is no time.
  package static func of(_ seconds: Double) -> String? {
    guard seconds.isFinite, seconds >= 0, seconds < 1e9 else { return nil }
    if seconds < 0.0995 { return fixed(seconds, decimals: 3) + " s" }
    if seconds < 9.95 { return fixed(seconds, decimals: seconds < 0.995 ? 2 : 1) + " s" }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) m \(twoDigits(whole % 60)) s" }
    return "\(whole / 3600) h \(twoDigits(whole / 60 % 60)) m"
  }

  private static func fixed(_ value: Double, decimals: Int) -> String {
    let scale = decimals == 3 ? 1000 : decimals == 2 ? 100 : 10
    let scaled = Int((value * Double(scale)).rounded())
    let fraction = String(scaled % scale)
    return "\(scaled / scale)." + String(repeating: "0", count: decimals - fraction.count) + fraction
  }

  private static func twoDigits(_ value: Int) -> String { (value < 10 ? "0" : "") + String(value) }
}
