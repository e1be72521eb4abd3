package import TriageModel

/// What a number that is measured again and again may be by chance, from what it was before.
///
/// The middle is the median of the numbers before, the spread their median absolute deviation, scaled to a standard
/// deviation (Rousseeuw and Croux, 1993): a run that was disturbed moves neither. A number further than six deviations
/// away is no chance: of machines' noise, which has longer tails than normal noise, four are passed once in thirty runs
/// (measured on forty runs of two benchmarks). Nothing is finer than a hundredth of the middle: benchmarks
/// that repeat to the digit would otherwise break with every change of the weather.
package struct NoiseInterval: Sendable, Equatable {
  /// Fewer numbers before say nothing of the noise.
  package static let fewest = 5
  /// Numbers before that are asked, the newest.
  package static let most = 20
  /// Deviations that are still chance.
  private static let deviations = 6.0
  /// The finest spread, as a share of the middle.
  private static let finest = 0.01
  /// The median absolute deviation of normal noise, as a share of its standard deviation.
  private static let normal = 0.6745

  /// The median of the numbers before.
  package let middle: Double
  /// How far from it is still chance.
  package let reach: Double
  /// How many numbers it rests on.
  package let count: Int

  /// The interval of numbers, oldest first; nil where too few of them are known.
  package init?(_ values: [Double]) {
    let values = values.filter(\.isFinite).suffix(Self.most)
    guard values.count >= Self.fewest else { return nil }
    middle = Self.median(Array(values))
    let middle = middle
    let spread = Self.median(values.map { ($0 - middle).magnitude }) / Self.normal
    // The median of few numbers is itself uncertain (variance π/2n).
    let whole = max(spread, Self.finest * middle.magnitude) * (1 + 1.5708 / Double(values.count)).squareRoot()
    reach = Self.deviations * whole
    count = values.count
  }

  /// Whether a number is outside of what chance explains, on the worse side.
  package func isWorse(_ value: Double, _ better: ReviewItem.Measure.Better) -> Bool {
    switch better {
    case .lower: value > middle + reach
    case .higher: value < middle - reach
    case .neither: (value - middle).magnitude > reach
    }
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let half = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
  }
}
