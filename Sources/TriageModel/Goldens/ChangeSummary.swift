/// How much two goldens differ, in the words of their kind.
package struct ChangeSummary: Hashable, Sendable {
  /// A difference of two numbers and where it is.
  package struct Extreme: Hashable, Sendable {
    /// How far apart: an absolute or relative difference, or ULPs.
    package var value: Double
    /// The place, as people say it: `row 12, score`, `$.scores[3]`, `[0, 4]`.
    package var location: String

    /// A difference at a place.
    package init(value: Double, location: String) {
      self.value = value
      self.location = location
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

extension ChangeSummary {
  /// What differs, counted, a part each: `31 of 40 cells differ`, `2 rows added`, `3 became NaN`.
  package var counts: [String] {
    let counted = [(removed, "\(rows) removed"), (added, "\(rows) added"), (moved, "\(rows) moved")].filter { $0.0 > 0 }
    var parts: [String] = []
    if changed > 0 || counted.isEmpty {
      parts.append("\(CountText.of(changed)) of \(CountText.of(total)) \(unit) differ")
    }
    if tolerated > 0 { parts.append("\(CountText.of(tolerated)) within the tolerance") }
    parts += counted.map { "\(CountText.of($0)) \($1)" }
    parts += lost.clauses
    if regained > 0 { parts.append("\(CountText.of(regained)) were NaN, infinite or missing") }
    if setAsideCount > 0 { parts.append("\(CountText.of(setAsideCount)) set aside") }
    return parts
  }

  /// How far numbers lie apart at the most, and where, a part each: `max abs 0.32`, `max rel 0.64 at row 12, score`; one
  /// place of both is said once.
  package var distances: [String] {
    var parts: [String] = []
    if let maxAbsolute {
      let place = maxAbsolute.location == maxRelative?.location ? "" : " at \(maxAbsolute.location)"
      parts.append("max abs \(FigureText.of(maxAbsolute.value))\(place)")
    }
    if let maxRelative { parts.append("max rel \(FigureText.of(maxRelative.value)) at \(maxRelative.location)") }
    // Far apart, the count of numbers between says nothing any more.
    if let maxULP, maxULP.value < 100_000 { parts.append("\(FigureText.of(maxULP.value)) ULP") }
    return parts
  }

  /// What is added, removed and moved.
  private var rows: String { ["cells", "pixels"].contains(unit) ? "rows" : unit }
}

/// Numbers that are none any more, by what stands in their place.
package struct LostNumbers: Hashable, Sendable {
  /// Those that became NaN.
  package var nan = 0
  /// Those that became infinite.
  package var infinite = 0
  /// Those in whose place a word for *nothing* stands, or nothing at all.
  package private(set) var missing = 0
  /// The first such words, as they are written; an empty one for nothing at all.
  package private(set) var words: [String] = []

  private static let wordLimit = 3

  /// None.
  package init() {}

  /// All of them.
  package var count: Int { nan + infinite + missing }

  /// Counts a number in whose place a word for *nothing* stands.
  package mutating func addMissing(_ word: String) {
    missing += 1
    note(word)
  }

  /// Counts another's in.
  package static func += (left: inout LostNumbers, right: LostNumbers) {
    left.nan += right.nan
    left.infinite += right.infinite
    left.missing += right.missing
    for word in right.words { left.note(word) }
  }

  /// What became of them, a clause each: `2 became NaN`, `1 became null or empty`.
  package var clauses: [String] { counted.map { "\(CountText.of($0.count)) became \($0.what)" } }

  /// The same as a proof: `2 numbers became NaN; 1 became null or empty`.
  package var proof: String {
    guard let first = counted.first else { return "" }
    let head = "\(CountText.of(first.count, "number")) became \(first.what)"
    return ([head] + clauses.dropFirst()).joined(separator: "; ")
  }

  private var counted: [(count: Int, what: String)] {
    let names = words.map { $0.isEmpty ? "empty" : $0 }
    let list =
      names.count > 1 ? names.dropLast().joined(separator: ", ") + " or " + names[names.count - 1] : names.first
    let counted = [(nan, "NaN"), (infinite, "infinite"), (missing, list ?? "empty")]
    return counted.filter { $0.0 > 0 }.map { (count: $0.0, what: $0.1) }
  }

  private mutating func note(_ word: String) {
    if words.count < Self.wordLimit, !words.contains(word) { words.append(word) }
  }
}
