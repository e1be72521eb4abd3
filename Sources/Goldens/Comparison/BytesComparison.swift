/// Two goldens of no kind that is read: where they begin to differ.
package struct BytesComparison: Sendable, Equatable {
  /// The golden.
  package let expected: [UInt8]
  /// What the run produced.
  package let actual: [UInt8]
  /// The first byte that differs; the shorter side's length when it begins the longer.
  package let firstDifference: Int

  /// A comparison of bytes.
  package init(expected: [UInt8], actual: [UInt8]) {
    self.expected = expected
    self.actual = actual
    firstDifference =
      zip(expected, actual).enumerated().first { $1.0 != $1.1 }?.offset ?? min(expected.count, actual.count)
  }
}
