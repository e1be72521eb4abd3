/// Outcomes of one kind in a row: how likely chance alone makes them.
package enum Streak {
  /// The probability of so many in a row, each with a probability of `share`: shareⁿ.
  package static func chance(of count: Int, share: Double) -> Double {
    if count <= 0 || share >= 1 { return 1 }
    return share <= 0 ? 0 : LogGamma.exponential(Double(count) * LogGamma.logarithm(share))
  }

  /// The least number in a row whose probability is at most `error`: ⌈ln error ÷ ln share⌉, at least 1; `Int.max` where
  /// no number is enough.
  package static func length(share: Double, error: Double) -> Int {
    if error >= 1 || share <= 0 { return 1 }
    guard share < 1, error > 0 else { return .max }
    let length = LogGamma.logarithm(error) / LogGamma.logarithm(share)
    // What is whole but for its last digits is whole.
    return length < 1e15 ? max(1, Int((length - 1e-9).rounded(.up))) : .max
  }
}
