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

/// Pairs the lines of a replaced block: in order when both sides have as many, else by likeness.
///
/// Likeness goes as delta does it: each expected line takes the first actual line behind the last taken one that is
/// alike enough. Numbers are alike whatever they are.
struct TextPairing {
  /// Lines of a side that are compared by likeness at most; larger blocks are paired in order.
  static let blockLimit = 400
  /// Actual lines that one expected line is compared with.
  static let reach = 32
  /// The share of tokens in common that makes two lines a pair.
  static let likeness = 0.4

  private let expected: TextLines
  private let actual: TextLines

  /// Pairs lines of two texts.
  init(expected: TextLines, actual: TextLines) {
    self.expected = expected
    self.actual = actual
  }

  /// Calls `pair` for lines that stand beside one another and `gap` for what stands alone before them, top down.
  func walk(_ left: Range<Int>, _ right: Range<Int>, pair: (Int, Int) -> Void, gap: (Range<Int>, Range<Int>) -> Void) {
    if left.count == right.count || left.count > Self.blockLimit || right.count > Self.blockLimit {
      let count = min(left.count, right.count)
      for offset in 0..<count { pair(left.lowerBound + offset, right.lowerBound + offset) }
      gap(left.lowerBound + count..<left.upperBound, right.lowerBound + count..<right.upperBound)
      return
    }
    let tokens = right.map { Self.tokens(actual, $0) }
    var next = (left: left.lowerBound, right: right.lowerBound)
    for line in left {
      let own = Self.tokens(expected, line)
      let candidates = next.right..<min(right.upperBound, next.right + Self.reach)
      guard let partner = candidates.first(where: { Self.isAlike(own, tokens[$0 - right.lowerBound]) }) else {
        continue
      }
      gap(next.left..<line, next.right..<partner)
      pair(line, partner)
      next = (line + 1, partner + 1)
    }
    gap(next.left..<left.upperBound, next.right..<right.upperBound)
  }

  /// The hashes of a line's first tokens, sorted; blanks are left out.
  private static func tokens(_ text: TextLines, _ line: Int) -> [UInt64] {
    let range = text.range(line)
    return text.bytes.withUnsafeBufferPointer { tokens($0, range) }
  }

  private static func tokens(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, withMarks: Bool = true
  ) -> [UInt64] {
    var scanner = TextTokens(bytes, range.lowerBound..<min(range.upperBound, range.lowerBound + 3_000))
    var hashes: [UInt64] = []
    while let token = scanner.next() {
      switch token.kind {
      case .number, .missing: hashes.append(1)
      case .mark where !withMarks: break
      case .word, .mark:
        hashes.append(ByteHash.of(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[token.range])))
      case .blank: break
      }
    }
    return hashes.sorted()
  }

  /// Whether two texts are alike enough to be one that was changed; brackets and quotation marks do not count.
  static func areAlike(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
    isAlike(tokens(left, 0..<left.count, withMarks: false), tokens(right, 0..<right.count, withMarks: false))
  }

  private static func isAlike(_ left: [UInt64], _ right: [UInt64]) -> Bool {
    var common = 0
    var (first, second) = (0, 0)
    while first < left.count, second < right.count {
      if left[first] == right[second] { common += 1 }
      let isBehind = left[first] <= right[second]
      if left[first] >= right[second] { second += 1 }
      if isBehind { first += 1 }
    }
    return Double(2 * common) >= likeness * Double(left.count + right.count)
  }
}

/// Aligns two lists of lines that no golden is: the same search as for goldens, on exact lines.
package enum LineAlignment {
  /// For each line of the first list its partner in the second, increasing; nil where it has none.
  ///
  /// Where `steps` run out, some lines that are the same stand without a partner.
  package static func partners(
    of first: [String], in second: [String], steps: Int = 4_000_000
  ) -> (partners: [Int?], isLimited: Bool) {
    var numbers: [String: UInt32] = [:]
    func number(_ line: String) -> UInt32 {
      if let known = numbers[line] { return known }
      let next = UInt32(truncatingIfNeeded: numbers.count)
      numbers[line] = next
      return next
    }
    let (left, right) = (first.map(number), second.map(number))
    let found = AlignmentFinder.matches(expected: left, actual: right, kinds: numbers.count, steps: steps)
    var partners = [Int?](repeating: nil, count: first.count)
    for match in found.matches {
      for offset in 0..<match.count { partners[match.expected + offset] = match.actual + offset }
    }
    return (partners, found.isLimited)
  }
}
