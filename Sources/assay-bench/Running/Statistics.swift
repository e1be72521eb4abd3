import Foundation

/// Numbers that stand for many.
enum Statistics {
  /// The value below which such a part of them lies; 0 of none.
  static func quantile(_ part: Double, of values: [Double]) -> Double {
    let sorted = values.sorted()
    guard let last = sorted.indices.last else { return 0 }
    return sorted[min(last, Int((Double(last) * part).rounded()))]
  }

  /// The middle one.
  static func median(_ values: [Double]) -> Double { quantile(0.5, of: values) }

  /// The exponent by which values grow with sizes: the slope of the line through their logarithms.
  static func exponent(_ points: [(size: Double, value: Double)]) -> Double {
    let logs = points.map { (x: log($0.size), y: log(max($0.value, 1e-9))) }
    let count = Double(logs.count)
    let (x, y) = (logs.map(\.x).reduce(0, +) / count, logs.map(\.y).reduce(0, +) / count)
    let spread = logs.map { ($0.x - x) * ($0.x - x) }.reduce(0, +)
    return spread == 0 ? 0 : logs.map { ($0.x - x) * ($0.y - y) }.reduce(0, +) / spread
  }
}
