/// Aligns two sequences of hashes: elements of arrays, rows of tables.
///
/// What is unique on both sides anchors (patience), between anchors Myers' greedy way finds the rest as long as few
/// edits do it; what is left is for the caller to pair. Time and memory are bounded by the steps and an edit limit.
enum SequenceAlignment {
  /// What lies between two matches, and the match behind it.
  struct Gap {
    var left: Range<Int>
    var right: Range<Int>
    /// The places of the match; nil at the end.
    var match: (Int, Int)?
  }

  /// Edits that are looked for in one stretch without anchors.
  private static let editLimit = 500

  /// For each element of the left side its partner on the right or -1, increasing.
  static func matches(
    _ left: [UInt64], _ right: [UInt64], steps: inout Int
  ) -> (partners: [Int], isLimited: Bool) {
    var partners = [Int](repeating: -1, count: left.count)
    var isLimited = false
    var work = [(0..<left.count, 0..<right.count)]
    while let (rows, others) = work.popLast() {
      var (rows, others) = (rows, others)
      while let row = rows.first, let other = others.first, left[row] == right[other] {
        partners[row] = other
        rows.removeFirst()
        others.removeFirst()
      }
      while let row = rows.last, let other = others.last, left[row] == right[other] {
        partners[row] = other
        rows.removeLast()
        others.removeLast()
      }
      if rows.isEmpty || others.isEmpty { continue }
      steps -= rows.count + others.count
      if steps < 0 {
        isLimited = true
        continue
      }
      let anchors = anchors(left, rows, right, others)
      if anchors.isEmpty {
        if !greedy(left, rows, right, others, &partners, &steps) { isLimited = true }
        continue
      }
      var (row, other) = (rows.lowerBound, others.lowerBound)
      for anchor in anchors {
        partners[anchor.0] = anchor.1
        work.append((row..<anchor.0, other..<anchor.1))
        (row, other) = (anchor.0 + 1, anchor.1 + 1)
      }
      work.append((row..<rows.upperBound, other..<others.upperBound))
    }
    return (partners, isLimited)
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

  /// Marks the longest increasing run of partners; those below 0 are left out.
  static func longestIncreasing(_ partners: [Int]) -> [Bool] {
    var tails: [Int] = []
    var before = [Int](repeating: -1, count: partners.count)
    for (index, partner) in partners.enumerated() where partner >= 0 {
      var (low, high) = (0, tails.count)
      while low < high {
        let middle = (low + high) / 2
        if partners[tails[middle]] < partner { low = middle + 1 } else { high = middle }
      }
      if low > 0 { before[index] = tails[low - 1] }
      if low == tails.count { tails.append(index) } else { tails[low] = index }
    }
    var kept = [Bool](repeating: false, count: partners.count)
    var next = tails.last ?? -1
    while next >= 0 {
      kept[next] = true
      next = before[next]
    }
    return kept
  }

  /// Pairs of what is unique in both stretches, in order on both sides.
  private static func anchors(
    _ left: [UInt64], _ rows: Range<Int>, _ right: [UInt64], _ others: Range<Int>
  ) -> [(Int, Int)] {
    let twice = -2
    var places: [UInt64: Int] = [:]
    places.reserveCapacity(others.count)
    for other in others { places[right[other]] = places[right[other]] == nil ? other : twice }
    var rowsOf: [Int: Int] = [:]
    var isRepeated: Set<Int> = []
    for row in rows {
      guard let place = places[left[row]], place >= 0 else { continue }
      if rowsOf.updateValue(row, forKey: place) != nil { isRepeated.insert(place) }
    }
    let candidates = rowsOf.filter { !isRepeated.contains($0.key) }.map { ($0.value, $0.key) }.sorted { $0.0 < $1.0 }
    let kept = longestIncreasing(candidates.map(\.1))
    return candidates.indices.filter { kept[$0] }.map { candidates[$0] }
  }
}

extension SequenceAlignment {
  /// Myers' greedy shortest edit in a stretch; false when it needs more edits than are looked for.
  private static func greedy(
    _ left: [UInt64], _ rows: Range<Int>, _ right: [UInt64], _ others: Range<Int>, _ partners: inout [Int],
    _ steps: inout Int
  ) -> Bool {
    let (width, height) = (rows.count, others.count)
    let limit = min(editLimit, width + height)
    var furthest = [Int](repeating: 0, count: 2 * limit + 3)
    var trace: [[Int]] = []
    for edits in 0...limit {
      trace.append(Array(furthest[(limit + 1 - edits - 1)...(limit + 1 + edits + 1)]))
      var diagonal = -edits
      while diagonal <= edits {
        let middle = limit + 1 + diagonal
        var row =
          diagonal == -edits || (diagonal != edits && furthest[middle - 1] < furthest[middle + 1])
          ? furthest[middle + 1] : furthest[middle - 1] + 1
        if edits == 0 { row = 0 }
        var other = row - diagonal
        while row < width, other >= 0, other < height, left[rows.lowerBound + row] == right[others.lowerBound + other] {
          row += 1
          other += 1
          steps -= 1
        }
        furthest[middle] = row
        if row >= width, other >= height {
          backtrack(trace, (row, other), rows.lowerBound, others.lowerBound, &partners)
          return true
        }
        diagonal += 2
      }
      steps -= edits
      if steps < 0 { return false }
    }
    return false
  }

  /// Follows the kept fronts back and notes the matches.
  private static func backtrack(
    _ trace: [[Int]], _ end: (Int, Int), _ start: Int, _ otherStart: Int, _ partners: inout [Int]
  ) {
    var (row, other) = end
    for edits in stride(from: trace.count - 1, through: 1, by: -1) {
      // Each front is kept from diagonal −edits−1 to edits+1.
      let front = trace[edits]
      let diagonal = row - other
      let place = diagonal + edits + 1
      let isDown = diagonal == -edits || (diagonal != edits && front[place - 1] < front[place + 1])
      let before = isDown ? diagonal + 1 : diagonal - 1
      let beforeRow = front[before + edits + 1]
      let beforeOther = beforeRow - before
      while row > max(beforeRow, 0), other > max(beforeOther, 0), row > (isDown ? beforeRow : beforeRow + 1) {
        row -= 1
        other -= 1
        partners[start + row] = otherStart + other
      }
      (row, other) = (beforeRow, beforeOther)
    }
    while row > 0, other > 0 {
      row -= 1
      other -= 1
      partners[start + row] = otherStart + other
    }
  }
}
