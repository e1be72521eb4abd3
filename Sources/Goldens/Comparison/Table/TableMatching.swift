/// Which data row of the one side stands beside which of the other, top to bottom.
struct TableMatching: Sendable {
  /// A run of rows before they were judged; `changed` stands for pairs.
  var runs: [AlignedRun] = []
  /// The columns that tell rows apart; empty when rows went by their place or content.
  var keys: [Int] = []
  /// The column that only counts the rows, and is not compared where rows moved; nil when there is none.
  var counter: Int?
  /// What a person should know of how rows were matched, a sentence each.
  var remarks: [String] = []
  /// Rows are the same, so many further on; nil when they are not.
  var shift: Int?
  /// A clause when both sides have the same rows in another order and stand beside one another by their place all the
  /// same: what differs in the places is explained by it.
  var permutation: String?

  /// Orders pairs: rows of both sides in the order of the longest part that kept its order, others as moved.
  ///
  /// `partner` has the expected row of each actual row, -1 for none.
  init(partner: [Int32], expectedCount: Int) {
    var isMatched = Array(repeating: false, count: expectedCount)
    var isRising = true
    var last: Int32 = -1
    for row in partner where row >= 0 {
      isMatched[Int(row)] = true
      if row < last { isRising = false }
      last = row
    }
    let moved = isRising ? [] : Self.moved(partner)
    var builder = AlignmentBuilder()
    // Where each moved row of the expected side went.
    var destination: [Int: Int] = [:]
    for row in moved { destination[Int(partner[row])] = row }
    let stays = Set(moved)
    var next = 0
    func left(upTo end: Int, at row: Int) {
      while next < end {
        if let target = destination[next] {
          builder.add(.movedAway, next, target)
        } else if !isMatched[next] {
          builder.add(AlignedRun(.removed, expected: next..<next + 1, actual: row..<row))
        }
        next += 1
      }
    }
    for (row, expected) in partner.enumerated() {
      if expected < 0 {
        builder.add(AlignedRun(.added, expected: next..<next, actual: row..<row + 1))
      } else if !stays.isEmpty, stays.contains(row) {
        builder.add(.movedHere, Int(expected), row)
      } else {
        left(upTo: Int(expected), at: row)
        builder.add(.changed, Int(expected), row)
        next = Int(expected) + 1
      }
    }
    left(upTo: expectedCount, at: partner.count)
    runs = builder.runs
  }

  /// The actual rows that are not in the longest part that kept its order.
  private static func moved(_ partner: [Int32]) -> [Int] {
    let rows = partner.indices.filter { partner[$0] >= 0 }
    let kept = Set(LongestRise.indices(rows.map { Int(partner[$0]) }))
    return rows.indices.filter { !kept.contains($0) }.map { rows[$0] }
  }

  /// Says that steps ran out.
  mutating func noteLimit(_ steps: Int) {
    remarks.append("Aligning stopped after \(steps) steps: some rows that are the same may stand as changed.")
  }

  /// How many rows of the screen the runs take before each, and all.
  var starts: [Int] { Alignment(runs).starts }
}

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
