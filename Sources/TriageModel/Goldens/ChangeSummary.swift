/// How much two goldens differ, in the words of their kind.
package struct ChangeSummary: Hashable, Sendable {
  /// A difference of two numbers and where it is.
  package struct Extreme: Hashable, Sendable {
    /// How far apart: an absolute or relative difference, or ULPs.
    package var value: Double
    /// The place, as people say it: `row 12, score`, `$.scores[3]`, `[0, 4]`.
    package var place: String

    /// A difference at a place.
    package init(value: Double, place: String) {
      self.value = value
      self.place = place
    }
  }

  /// Differences that a rule set aside, and how many.
  package struct SetAside: Hashable, Sendable {
    /// The rule as it was written.
    package var rule: String
    /// How many differences it set aside.
    package var count: Int

    /// Differences that a rule set aside.
    package init(rule: String, count: Int) {
      self.rule = rule
      self.count = count
    }
  }

  /// What is counted: `cells`, `values`, `elements`, `lines`, `pixels`, `bytes`.
  package var unit: String
  /// How many of them differ, beyond the tolerance when there is one.
  package var changed = 0
  /// How many there are on the larger side.
  package var total = 0
  /// How many differ and lie within the tolerance.
  package var tolerated = 0
  /// Rows, lines or elements that only the expected side has.
  package var removed = 0
  /// Rows, lines or elements that only the actual side has.
  package var added = 0
  /// Rows that stand elsewhere.
  package var moved = 0
  /// The largest |actual − expected| of two finite numbers.
  package var maxAbsolute: Extreme?
  /// The largest |actual − expected| / |expected|; numbers that were 0 have none.
  package var maxRelative: Extreme?
  /// The largest distance in units in the last place of the numbers' type.
  package var maxULP: Extreme?
  /// The first place that differs.
  package var first: String?
  /// The place that a person should look at first.
  package var worst: String?
  /// Numbers that are NaN, infinite or missing now.
  package var lost = LostNumbers()
  /// Numbers in whose place NaN, an infinity or a word for *nothing* stood.
  package var regained = 0
  /// Differences that rules set aside; no other figure counts them.
  package var setAside: [SetAside] = []
  /// Changes of shape, type, columns or order, a clause each: `column b vanished`.
  package var structure: [String] = []
  /// The smallest `rtol` with `atol` 0 that accepts all; nil when none does.
  package var smallestRelative: Double?
  /// The smallest `atol` with `rtol` 0 that accepts all; nil when none does.
  package var smallestAbsolute: Double?

  /// Numbers that are lost, whatever stands in their place.
  package var nanBorn: Int { lost.count }

  /// How many differences rules set aside.
  package var setAsideCount: Int { setAside.reduce(0) { $0 + $1.count } }

  /// Nothing differs.
  package init(unit: String) {
    self.unit = unit
  }
}
