package import TriageModel

/// What a comparison found, as far as it helps to say what kind of change it is.
package struct DriftEvidence: Sendable {
  /// What is known of the numbers of one column on both sides, equal ones too.
  package struct Column: Sendable, Equatable {
    /// The name, as proofs call it; empty where there is only one.
    package var name: String
    /// Numbers compared.
    package var compared = 0
    /// The range of the finite expected numbers; nil when there are none.
    package private(set) var expected: ClosedRange<Double>?
    /// The range of the finite actual numbers; nil when there are none.
    package private(set) var actual: ClosedRange<Double>?

    /// A column without numbers yet.
    package init(name: String) {
      self.name = name
    }

    /// Takes ranges that were found elsewhere.
    package mutating func set(expected: ClosedRange<Double>?, actual: ClosedRange<Double>?) {
      self.expected = expected
      self.actual = actual
    }

    /// Counts a pair of numbers in.
    package mutating func add(expected number: Double, actual other: Double) {
      compared += 1
      expected = DriftEvidence.range(expected, with: number)
      actual = DriftEvidence.range(actual, with: other)
    }
  }

  /// The differences beyond equality (not: beyond the tolerance).
  package var numbers: NumberDifferences
  /// Numbers compared on both sides, equal ones too.
  package var comparedNumbers = 0
  /// The columns that `numbers` counts; may be empty, then only all numbers together can be called clipped.
  package var columns: [Column] = []
  /// Distinct changed words and how often each was changed, at most 1,000.
  package var words: [(expected: String, actual: String, count: Int)] = []
  /// The expected words of `words` that also stand unchanged somewhere; nil when that was not looked at, and then no
  /// change of words is called a renaming.
  package var keptWords: Set<String>?
  /// Changes that no tolerance accepts and that are neither numbers nor words: rows added and removed, types.
  package var otherChanges = 0
  /// Numbers that are NaN, infinite or missing now; none of them is among `otherChanges`.
  package var lost = LostNumbers()
  /// Numbers in whose place NaN, an infinity or a word for *nothing* stood; none of them is among `otherChanges`.
  package var regained = 0
  /// Changes that nobody can see, a clause a kind; none of them is among `otherChanges` or `words`.
  package var unseen: [String] = []
  /// Changes of structure, a clause each: `column b vanished`.
  package var shape: [String] = []
  /// Rows are the same, so many further on; not 0.
  package var rowShift: Int?
  /// A clause when rows or columns are the same in another order.
  package var isPermutation: String?

  /// The evidence of differences of numbers; the rest is filled in.
  package init(numbers: NumberDifferences = NumberDifferences(types: [.float64])) {
    self.numbers = numbers
  }

  /// A range made to hold one more number; NaN and infinities are left out.
  package static func range(_ range: ClosedRange<Double>?, with number: Double) -> ClosedRange<Double>? {
    guard number.isFinite else { return range }
    guard let range else { return number...number }
    if range.contains(number) { return range }
    return min(range.lowerBound, number)...max(range.upperBound, number)
  }
}
