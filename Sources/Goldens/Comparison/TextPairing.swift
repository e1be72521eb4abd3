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
