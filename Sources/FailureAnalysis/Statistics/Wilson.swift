package import TriageModel

/// Wilson's score interval of a share: honest for small numbers and for shares near 0 and 1.
package enum Wilson {
  /// The share with its 95 % interval (E. B. Wilson 1927, without continuity correction); 0 … 1 of nothing.
  package static func rate(_ count: Int, of total: Int) -> Verdict.Rate {
    guard total > 0 else { return Verdict.Rate(count: 0, of: 0, low: 0, high: 1) }
    let count = min(max(count, 0), total)
    let z = 1.959_963_984_540_054
    let n = Double(total)
    let share = Double(count) / n
    let middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    return Verdict.Rate(
      count: count, of: total, low: count == 0 ? 0 : max(0, middle - half),
      high: count == total ? 1 : min(1, middle + half))
  }
}
