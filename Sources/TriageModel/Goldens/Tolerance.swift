/// How far two numbers may lie apart and still count as equal.
///
/// A number is accepted when |actual − expected| ≤ absolute + relative · |expected| (numpy's `allclose`, with the
/// golden as the desired side), or when they are at most `ulps` units in the last place apart. Whole numbers written as
/// such, NaN and infinities must agree exactly unless said otherwise by the judge.
package struct Tolerance: Hashable, Sendable {
  /// The relative part, of the expected number.
  package var relative: Double
  /// The absolute part.
  package var absolute: Double
  /// Units in the last place of the numbers' own type.
  package var ulps: Int

  /// A tolerance; exact unless said otherwise.
  package init(relative: Double = 0, absolute: Double = 0, ulps: Int = 0) {
    self.relative = relative
    self.absolute = absolute
    self.ulps = ulps
  }

  /// Only equal numbers are equal.
  package static let exact = Tolerance()

  /// Whether nothing but equal numbers is accepted.
  package var isExact: Bool { self == .exact }
}

/// A pair of globs of the repository's configuration (`goldens:`): where goldens lie, and where runs leave what they
/// produced instead: `expected: tests/**/X.json, actual: out/**/X.actual.json`.
package struct GoldenRule: Sendable, Equatable {
  /// Goldens, relative to the repository.
  package var expected: String
  /// What runs produce, relative to the run's folder or the repository; each `*` and `**` stands for what it stood for in
  /// `expected`.
  package var actual: String
  /// The tolerance that the repository gives these goldens (`rtol`, `atol`); nil leaves it to the test.
  package var tolerance: Tolerance?

  /// A rule.
  package init(expected: String, actual: String, tolerance: Tolerance? = nil) {
    self.expected = expected
    self.actual = actual
    self.tolerance = tolerance
  }
}
