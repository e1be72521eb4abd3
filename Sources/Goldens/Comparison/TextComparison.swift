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
  package var isWhole = false
  /// Whether the limit of steps was reached, and the whole lines are marked for that.
  package var isLimited = false
}

extension TextComparison {
  /// Marked parts that lie closer than this become one, so that a line does not look like confetti.
  private static let gap = 3
  /// The share of a line that is marked at most; beyond it the whole line is.
  private static let share = 0.6

  /// The parts of two lines that differ, token by token; a number is one token.
  ///
  /// Ranges are bytes within each line. Work is bounded by `refinementSteps`; beyond it the whole lines are marked, and
  /// the answer says so. Lines that are not there give an empty answer.
  package func refine(expectedLine: Int, actualLine: Int) -> Refinement {
    guard expectedLine >= 0, expectedLine < expected.count, actualLine >= 0, actualLine < actual.count else {
      return Refinement(expected: [], actual: [])
    }
    let left = expected.content(expectedLine)
    let right = actual.content(actualLine)
    let whole = Refinement(
      expected: left.isEmpty ? [] : [0..<left.count], actual: right.isEmpty ? [] : [0..<right.count], isWhole: true)
    if left.count + right.count > refinementSteps { return limited(whole) }
    var table = LineTable(capacity: 64)
    let first = Self.pieces(expected, left, &table)
    let second = Self.pieces(actual, right, &table)
    var search = MiddleSnake(first.items, second.items, steps: refinementSteps)
    search.find()
    if search.isLimited { return limited(whole) }
    let marks = marks(
      first, second, search.matches.sorted { $0.expected < $1.expected }.map { ($0.expected, $0.actual) })
    return Self.isMostly(marks.expected, left.count) || Self.isMostly(marks.actual, right.count) ? whole : marks
  }

  /// The parts that differ: whole tokens, and of numbers that stand for one another the digits.
  private func marks(_ first: Pieces, _ second: Pieces, _ matches: [(expected: Int, actual: Int)]) -> Refinement {
    var marks = Refinement(expected: [], actual: [])
    var next = (expected: 0, actual: 0)
    for match in matches + [(first.ranges.count, second.ranges.count)] {
      let left = next.expected..<match.expected
      let right = next.actual..<match.actual
      for offset in 0..<max(left.count, right.count) {
        let one = offset < left.count ? left.lowerBound + offset : nil
        let other = offset < right.count ? right.lowerBound + offset : nil
        if let one, let other, left.count == right.count, first.areNumbers[one], second.areNumbers[other],
          let parts = digits(first.place(one), second.place(other))
        {
          Self.add(parts.expected, to: &marks.expected)
          Self.add(parts.actual, to: &marks.actual)
          continue
        }
        if let one { Self.add(first.ranges[one], to: &marks.expected) }
        if let other { Self.add(second.ranges[other], to: &marks.actual) }
      }
      next = (match.expected + 1, match.actual + 1)
    }
    return marks
  }

  private func digits(
    _ left: (start: Int, range: Range<Int>), _ right: (start: Int, range: Range<Int>)
  ) -> (expected: Range<Int>, actual: Range<Int>)? {
    expected.bytes.withUnsafeBufferPointer { one in
      actual.bytes.withUnsafeBufferPointer { other in
        let first = left.start + left.range.lowerBound..<left.start + left.range.upperBound
        let second = right.start + right.range.lowerBound..<right.start + right.range.upperBound
        return DigitDifference.parts(
          UnsafeBufferPointer(rebasing: one[first]), UnsafeBufferPointer(rebasing: other[second])
        ).map { parts in
          (
            parts.expected.lowerBound + left.range.lowerBound..<parts.expected.upperBound + left.range.lowerBound,
            parts.actual.lowerBound + right.range.lowerBound..<parts.actual.upperBound + right.range.lowerBound
          )
        }
      }
    }
  }

  private static func add(_ range: Range<Int>, to marks: inout [Range<Int>]) {
    guard !range.isEmpty else { return }
    if let last = marks.last, range.lowerBound - last.upperBound < gap {
      marks[marks.count - 1] = last.lowerBound..<range.upperBound
    } else {
      marks.append(range)
    }
  }

  /// The tokens of a line: what they say as numbers of equal content, and where they lie in the line.
  private struct Pieces {
    /// Where the line begins in the text.
    var start: Int
    var items: [UInt32] = []
    var ranges: [Range<Int>] = []
    var areNumbers: [Bool] = []

    func place(_ index: Int) -> (start: Int, range: Range<Int>) { (start, ranges[index]) }
  }

  private func limited(_ whole: Refinement) -> Refinement {
    var whole = whole
    whole.isLimited = true
    return whole
  }

  private static func pieces(_ text: TextLines, _ range: Range<Int>, _ table: inout LineTable) -> Pieces {
    text.bytes.withUnsafeBufferPointer { bytes in
      var scanner = TextTokens(bytes, range)
      var pieces = Pieces(start: range.lowerBound)
      while let token = scanner.next() {
        let content = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[token.range]))
        pieces.items.append(table.number(of: ByteHash.of(content)))
        pieces.ranges.append(token.range.lowerBound - range.lowerBound..<token.range.upperBound - range.lowerBound)
        pieces.areNumbers.append(token.isNumber)
      }
      return pieces
    }
  }

  private static func isMostly(_ marks: [Range<Int>], _ count: Int) -> Bool {
    Double(marks.reduce(0) { $0 + $1.count }) > share * Double(count)
  }
}

extension Refinement {
  /// The parts of two values of one line that differ.
  package static func of(_ expected: String, _ actual: String) -> Refinement {
    let text = TextComparison(
      expected: TextLines(Array(expected.utf8)), actual: TextLines(Array(actual.utf8)), alignment: Alignment([]))
    guard text.expected.count == 1, text.actual.count == 1 else {
      return Refinement(expected: [], actual: [], isWhole: true)
    }
    return text.refine(expectedLine: 0, actualLine: 0)
  }
}
