/// Rows of two sides that were found to belong together, one for one.
struct RowPairs {
  /// The expected row of each actual row; -1 for none.
  private(set) var partner: [Int32]
  private var isTaken: [Bool]

  /// No pairs yet.
  init(expected: Int, actual: Int) {
    partner = Array(repeating: -1, count: actual)
    isTaken = Array(repeating: false, count: expected)
  }

  /// Pairs two rows, unless one of them has a partner.
  mutating func set(_ expected: Int, _ actual: Int) {
    if isTaken[expected] || partner[actual] >= 0 { return }
    isTaken[expected] = true
    partner[actual] = Int32(truncatingIfNeeded: expected)
  }

  /// Pairs the rows of a match.
  mutating func set(_ match: AlignmentFinder.Match) {
    for offset in 0..<match.count { set(match.expected + offset, match.actual + offset) }
  }

  /// Pairs the rows of a gap that have no partner yet, first with first.
  mutating func setInOrder(_ gap: AlignmentFinder.Region) {
    var next = gap.expected.lowerBound
    for row in gap.actual where partner[row] < 0 {
      while next < gap.expected.upperBound, isTaken[next] { next += 1 }
      if next == gap.expected.upperBound { return }
      set(next, row)
    }
  }
}
