import TriageModel

extension FlakyTest {
  /// Where the test is defined, as far as its name tells; nil where that is no file.
  var location: SourceLocation? {
    let file = test.prefix { $0 != ":" }
    guard file.contains("."), file.contains("/") || file.hasSuffix(".py"), file.count < test.count else { return nil }
    return SourceLocation(file: String(file), line: nil)
  }
}

/// Minutes that something costs, as people read them.
enum CostText {
  /// `< 1 min`, `48 min`, `5.2 h`, `1,240 h`.
  static func of(_ minutes: Double) -> String {
    let minutes = minutes.isFinite ? min(max(0, minutes), 1e9) : 0
    if minutes == 0 { return "0 min" }
    if minutes < 1 { return "< 1 min" }
    if minutes < 59.5 { return "\(Int(minutes.rounded())) min" }
    let tenths = Int((minutes / 6).rounded())
    return tenths < 100 ? "\(tenths / 10).\(tenths % 10) h" : "\(CountText.of((tenths + 5) / 10)) h"
  }
}
