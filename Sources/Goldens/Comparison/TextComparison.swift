/// Two texts line by line.
package struct TextComparison: Sendable {
  /// The expected side's lines.
  package let expected: TextLines
  /// The actual side's lines.
  package let actual: TextLines
  /// Which line stands beside which.
  package let alignment: Alignment
  /// The limit of steps inside a pair of lines.
  package let refinementSteps: Int

  /// Two texts that were aligned.
  package init(expected: TextLines, actual: TextLines, alignment: Alignment, refinementSteps: Int = 200_000) {
    self.expected = expected
    self.actual = actual
    self.alignment = alignment
    self.refinementSteps = refinementSteps
  }
}

/// The parts of a pair of lines that differ: byte ranges within each line, left to right.
package struct Refinement: Sendable, Equatable {
  /// What differs on the expected side.
  package var expected: [Range<Int>]
  /// What differs on the actual side.
  package var actual: [Range<Int>]
  /// Whether so much differs that marking parts would not help: then the ranges are the whole lines.
  package var isWhole: Bool
  /// Whether the limit of steps was reached, and the whole lines are marked for that.
  package var isLimited: Bool

  /// Parts that differ.
  package init(expected: [Range<Int>], actual: [Range<Int>], isWhole: Bool = false, isLimited: Bool = false) {
    self.expected = expected
    self.actual = actual
    self.isWhole = isWhole
    self.isLimited = isLimited
  }
}
