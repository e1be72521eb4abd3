/// Whether a test fails more or less often than it did, between the older and the newer half of its results.
package struct RateTrend: Sendable, Equatable {
  /// Which way it goes.
  package enum Direction: String, Sendable, CaseIterable {
    case steady
    case rising
    case falling
  }

  /// Which way it goes: steady unless chance alone would hardly do it (p < 0.05).
  package var direction: Direction
  /// How often it failed in the older half.
  package var before: Verdict.Rate
  /// How often it failed in the newer half.
  package var after: Verdict.Rate
  /// The probability of halves at least so unlike, were nothing changed (Fisher's exact test, two-sided).
  package var p: Double

  /// A trend.
  package init(direction: Direction, before: Verdict.Rate, after: Verdict.Rate, p: Double) {
    self.direction = direction
    self.before = before
    self.after = after
    self.p = p
  }
}
