/// Aligns two sequences of hashes: elements of arrays, rows of tables.
enum SequenceAlignment {
  /// What lies between two matches, and the match behind it.
  struct Gap {
    var left: Range<Int>
    var right: Range<Int>
    /// The places of the match; nil at the end.
    var match: (Int, Int)?
  }

  /// For each element of the left side its partner on the right or -1, increasing.
  static func matches(
    _ left: [UInt64], _ right: [UInt64], steps: inout Int
  ) -> (partners: [Int], isLimited: Bool) {
    var numbers: [UInt64: UInt32] = [:]
    func number(_ hash: UInt64) -> UInt32 {
      if let known = numbers[hash] { return known }
      let next = UInt32(truncatingIfNeeded: numbers.count)
      numbers[hash] = next
      return next
    }
    let (expected, actual) = (left.map(number), right.map(number))
    // A quarter of what is left: one hopeless array must not take the steps of all that follow it.
    let allowance = steps / 4
    let found = AlignmentFinder.matches(expected: expected, actual: actual, kinds: numbers.count, steps: allowance)
    steps -= allowance - found.steps
    var partners = [Int](repeating: -1, count: left.count)
    for match in found.matches {
      for offset in 0..<match.count { partners[match.expected + offset] = match.actual + offset }
    }
    return (partners, found.isLimited)
  }

  /// The stretches between matches, in order, the last without a match.
  static func gaps(_ partners: [Int], _ rightCount: Int) -> [Gap] {
    var gaps: [Gap] = []
    var (row, other) = (0, 0)
    for (index, partner) in partners.enumerated() where partner >= 0 {
      gaps.append(Gap(left: row..<index, right: other..<partner, match: (index, partner)))
      (row, other) = (index + 1, partner + 1)
    }
    gaps.append(Gap(left: row..<partners.count, right: other..<rightCount, match: nil))
    return gaps
  }
}
