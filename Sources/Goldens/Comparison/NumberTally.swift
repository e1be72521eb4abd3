internal import TriageModel

/// The extremes of the differences of numbers, kept as places so that a name is made only for those that are told.
struct NumberTally {
  /// A difference and where it is.
  struct Peak {
    var value = -1.0
    var index = 0
    var column = 0

    /// Keeps the larger of two; the first of equals.
    @inline(__always)
    mutating func raise(_ value: Double, _ place: Int, _ column: Int) {
      guard value > self.value else { return }
      self.value = value
      self.index = place
      self.column = column
    }
  }

  private(set) var absolute = Peak()
  private(set) var relative = Peak()
  private(set) var ulps = Peak()
  /// The smallest `rtol` that accepts all so far.
  private var smallestRelative = 0.0
  /// The largest difference of a number that was 0, which has no relative one.
  private var fromZero = Peak()
  /// Numbers that are NaN, infinite or missing now.
  var lost = LostNumbers()
  /// Numbers in whose place something else stood.
  var regained = 0
  /// Pairs of which one is NaN or infinite.
  private(set) var unlike = 0
  /// The first of those.
  private(set) var firstUnlike: (place: Int, column: Int)?

  /// Counts a pair of numbers that differ.
  mutating func add(expected: Double, actual: Double, type: NumberType, place: Int, column: Int = 0) {
    guard expected.isFinite, actual.isFinite else {
      if expected.isFinite, actual.isInfinite { lost.infinite += 1 }
      if actual.isNaN { lost.nan += 1 }
      if actual.isFinite { regained += 1 }
      addUnlike(place, column)
      return
    }
    let difference = abs(actual - expected)
    absolute.raise(difference, place, column)
    let share = expected == 0 ? Double.infinity : difference / abs(expected)
    if expected == 0 { fromZero.raise(difference, place, column) } else { relative.raise(share, place, column) }
    if type != .integer { ulps.raise(type.ulps(expected, actual), place, column) }
    if share > smallestRelative {
      // The quotient was rounded: the product may fall short of the difference by a last place.
      smallestRelative = share * abs(expected) < difference ? share.nextUp : share
    } else if smallestRelative * abs(expected) < difference {
      smallestRelative = smallestRelative.nextUp
    }
  }

  /// Notes a place where a number stands on one side only.
  mutating func addUnlike(_ place: Int, _ column: Int = 0) {
    unlike += 1
    if firstUnlike == nil { firstUnlike = (place, column) }
  }

  /// Counts in what another tally has seen behind this one.
  mutating func add(_ other: NumberTally) {
    absolute.raise(other.absolute.value, other.absolute.index, other.absolute.column)
    relative.raise(other.relative.value, other.relative.index, other.relative.column)
    ulps.raise(other.ulps.value, other.ulps.index, other.ulps.column)
    smallestRelative = max(smallestRelative, other.smallestRelative)
    fromZero.raise(other.fromZero.value, other.fromZero.index, other.fromZero.column)
    lost += other.lost
    regained += other.regained
    unlike += other.unlike
    firstUnlike = firstUnlike ?? other.firstUnlike
  }

  /// Writes what was seen into a summary; `intolerable` says whether something differs that no tolerance accepts.
  func fill(_ summary: inout ChangeSummary, intolerable: Bool, name: (_ place: Int, _ column: Int) -> String) {
    func extreme(_ peak: Peak) -> ChangeSummary.Extreme? {
      peak.value < 0 ? nil : ChangeSummary.Extreme(value: peak.value, location: name(peak.index, peak.column))
    }
    summary.maxAbsolute = extreme(absolute)
    summary.maxRelative = extreme(relative)
    summary.maxULP = extreme(ulps)
    summary.lost += lost
    summary.regained += regained
    if let firstUnlike {
      summary.worst = name(firstUnlike.place, firstUnlike.column)
    } else if fromZero.value >= absolute.value, let worst = summary.maxAbsolute {
      summary.worst = worst.location
    } else if let worst = summary.maxRelative {
      summary.worst = worst.location
    }
    guard !intolerable, unlike == 0, absolute.value >= 0 else { return }
    summary.smallestAbsolute = absolute.value
    if smallestRelative.isFinite { summary.smallestRelative = smallestRelative }
  }
}

extension ChangeSummary {
  /// Fills in the largest differences and the smallest tolerances that accept all; `name` says a number's place.
  mutating func measure(
    _ numbers: NumberDifferences, intolerable: Int, name: (_ place: Int, _ column: Int) -> String
  ) {
    var tally = NumberTally()
    for index in numbers.expected.indices {
      let column = Int(numbers.columns[index])
      let type = numbers.types.isEmpty ? .float64 : numbers.types[min(column, numbers.types.count - 1)]
      tally.add(
        expected: numbers.expected[index], actual: numbers.actual[index], type: type,
        place: Int(numbers.indices[index]), column: column)
    }
    tally.fill(&self, intolerable: intolerable > 0, name: name)
  }
}
