/// Finds the lines that two texts have in common, in order; line ends do not count.
struct TextMatcher {
  let expected: TextLines
  let actual: TextLines

  /// What was found.
  struct Found {
    var matches: [AlignmentFinder.Match]
    var isLimited = false
    /// Whether both sides have the same lines, and not in the same order.
    var isPermutation = false
  }

  /// Matches what both ends have in common byte by byte, and aligns what is between by content.
  func matches(steps: Int) -> Found {
    let front = commonFront
    let back = commonBack(behind: front)
    let left = front..<expected.count - back
    let right = front..<actual.count - back
    var table = LineTable(capacity: min(left.count + right.count, 1 << 24))
    let leftItems = items(expected, left, &table)
    let rightItems = items(actual, right, &table)
    let inner = AlignmentFinder.matches(expected: leftItems, actual: rightItems, kinds: table.count, steps: steps)
    var found = Found(matches: [], isLimited: inner.isLimited)
    if front > 0 { found.matches.append(AlignmentFinder.Match(expected: 0, actual: 0, count: front)) }
    found.matches += inner.matches.map {
      AlignmentFinder.Match(expected: $0.expected + front, actual: $0.actual + front, count: $0.count)
    }
    if back > 0 {
      found.matches.append(AlignmentFinder.Match(expected: left.upperBound, actual: right.upperBound, count: back))
    }
    let matched = inner.matches.reduce(0) { $0 + $1.count }
    found.isPermutation =
      left.count == right.count && matched < left.count
      && Self.counts(leftItems, table.count) == Self.counts(rightItems, table.count)
    return found
  }

  private var commonFront: Int {
    let limit = min(expected.count, actual.count)
    return expected.bytes.withUnsafeBytes { left in
      actual.bytes.withUnsafeBytes { right in
        var line = 0
        while line < limit, Self.same(left, expected.content(line), right, actual.content(line)) { line += 1 }
        return line
      }
    }
  }

  private func commonBack(behind front: Int) -> Int {
    let limit = min(expected.count, actual.count) - front
    return expected.bytes.withUnsafeBytes { left in
      actual.bytes.withUnsafeBytes { right in
        var count = 0
        while count < limit,
          Self.same(
            left, expected.content(expected.count - count - 1), right, actual.content(actual.count - count - 1))
        {
          count += 1
        }
        return count
      }
    }
  }

  private func items(_ text: TextLines, _ lines: Range<Int>, _ table: inout LineTable) -> [UInt32] {
    text.bytes.withUnsafeBytes { bytes in
      lines.map { line in
        table.number(of: ByteHash.of(UnsafeRawBufferPointer(rebasing: bytes[text.content(line)])))
      }
    }
  }

  private static func same(
    _ left: UnsafeRawBufferPointer, _ first: Range<Int>, _ right: UnsafeRawBufferPointer, _ second: Range<Int>
  ) -> Bool {
    first.count == second.count && ByteRuns.areEqual(left, first.lowerBound, right, second.lowerBound, first.count)
  }

  private static func counts(_ items: [UInt32], _ kinds: Int) -> [UInt32] {
    var counts = Array(repeating: 0 as UInt32, count: kinds)
    for item in items { counts[Int(item)] &+= 1 }
    return counts
  }
}
