internal import TriageModel

/// Which rows of two arrays stand beside one another.
struct ArrayRows {
  /// A stretch of rows.
  enum Step {
    /// Rows one for one.
    case pair(Int, Int)
    case removed(Int)
    case added(Int)
  }

  private(set) var steps: [Step] = []
  /// Rows are the same, so many further on.
  private(set) var shift: Int?
  /// A clause when the rows are the same in another order.
  private(set) var permutation: String?
  private(set) var isLimited = false

  /// Aligns rows by the hashes of their values; `coarse` hashes leave out the last digits and are asked for when needed.
  init(
    _ left: [UInt64], _ right: [UInt64], steps budget: Int, coarse: () -> (expected: [UInt64], actual: [UInt64])
  ) {
    let isSquare = left.count == right.count
    let changed = isSquare ? left.indices.count { left[$0] != right[$0] } : Int.max
    if changed <= 2 {
      steps = left.indices.map { .pair($0, $0) }
      return
    }
    if isSquare, let clause = Self.permuted(left, right) { permutation = clause }
    var budget = budget
    let alignment = SequenceAlignment.matches(left, right, steps: &budget)
    isLimited = alignment.isLimited
    let gaps = SequenceAlignment.gaps(alignment.partners, right.count)
    let edits = gaps.reduce(0) { $0 + max($1.left.count, $1.right.count) }
    if isSquare, changed <= 2 * edits {
      steps = left.indices.map { .pair($0, $0) }
      return
    }
    if permutation == nil { shift = Self.shift(alignment.partners, right.count) }
    fill(gaps, isSquare: isSquare, &budget, coarse)
  }

  private mutating func fill(
    _ gaps: [SequenceAlignment.Gap], isSquare: Bool, _ budget: inout Int,
    _ coarse: () -> (expected: [UInt64], actual: [UInt64])
  ) {
    let isUneven = gaps.contains { $0.left.count != $0.right.count && !$0.left.isEmpty && !$0.right.isEmpty }
    let hashes = isUneven ? coarse() : ([], [])
    for gap in gaps {
      if gap.left.count == gap.right.count || gap.left.isEmpty || gap.right.isEmpty {
        inTurn(gap.left, gap.right)
      } else {
        let inner = SequenceAlignment.matches(
          Array(hashes.0[gap.left]), Array(hashes.1[gap.right]), steps: &budget)
        if inner.isLimited { isLimited = true }
        for small in SequenceAlignment.gaps(inner.partners, gap.right.count) {
          let (row, other) = (gap.left.lowerBound, gap.right.lowerBound)
          inTurn(
            row + small.left.lowerBound..<row + small.left.upperBound,
            other + small.right.lowerBound..<other + small.right.upperBound)
          if let match = small.match { steps.append(.pair(row + match.0, other + match.1)) }
        }
      }
      if let match = gap.match { steps.append(.pair(match.0, match.1)) }
    }
  }

  private mutating func inTurn(_ left: Range<Int>, _ right: Range<Int>) {
    let common = min(left.count, right.count)
    for offset in 0..<common { steps.append(.pair(left.lowerBound + offset, right.lowerBound + offset)) }
    for row in left.dropFirst(common) { steps.append(.removed(row)) }
    for row in right.dropFirst(common) { steps.append(.added(row)) }
  }

  /// The same rows in another order; rows that repeat much prove nothing, since flipped labels look so too.
  private static func permuted(_ left: [UInt64], _ right: [UInt64]) -> String? {
    guard Set(left).count * 2 > left.count, left.sorted() == right.sorted() else { return nil }
    let moved = left.indices.count { left[$0] != right[$0] }
    return "the same \(CountText.of(left.count, "row")) in another order, \(CountText.of(moved)) of them elsewhere"
  }

  /// One distance for all rows but those at the ends.
  private static func shift(_ partners: [Int], _ count: Int) -> Int? {
    guard let first = partners.firstIndex(where: { $0 >= 0 }) else { return nil }
    let distance = partners[first] - first
    guard distance != 0, partners.count == count, abs(distance) * 2 < count else { return nil }
    let isShift = partners.enumerated().allSatisfy { row, partner in
      row + distance < 0 || row + distance >= count ? partner < 0 : partner == row + distance
    }
    return isShift ? distance : nil
  }
}
