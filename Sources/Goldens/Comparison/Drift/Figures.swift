internal import Foundation

/// Numbers in sentences.
enum Figures {
  /// Six significant digits: `1.19209e-07`.
  static func short(_ value: Double) -> String {
    String(format: "%.6g", value)
  }

  /// Two significant digits, for sizes of differences: `1.2e-16`.
  static func size(_ value: Double) -> String {
    String(format: "%.2g", value)
  }

  /// A count with thin groups of three: `12,480`.
  static func grouped(_ count: Int) -> String {
    let digits = String(count.magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return count < 0 ? "-" + text : text
  }

  /// A count and its noun: `1 number`, `12 numbers`.
  static func count(_ count: Int, _ noun: String) -> String {
    grouped(count) + " " + noun + (count == 1 ? "" : "s")
  }
}
