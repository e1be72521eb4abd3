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
    let marks = Refinement(
      expected: Self.marked(first.ranges, Set(search.matches.map(\.expected))),
      actual: Self.marked(second.ranges, Set(search.matches.map(\.actual))))
    return Self.isMostly(marks.expected, left.count) || Self.isMostly(marks.actual, right.count) ? whole : marks
  }

  private func limited(_ whole: Refinement) -> Refinement {
    var whole = whole
    whole.isLimited = true
    return whole
  }

  /// The tokens of a line: what they say as numbers of equal content, and where they lie in the line.
  private static func pieces(
    _ text: TextLines, _ range: Range<Int>, _ table: inout LineTable
  ) -> (items: [UInt32], ranges: [Range<Int>]) {
    text.bytes.withUnsafeBufferPointer { bytes in
      var scanner = TextTokens(bytes, range)
      var items: [UInt32] = []
      var ranges: [Range<Int>] = []
      while let token = scanner.next() {
        let content = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[token.range]))
        items.append(table.number(of: ByteHash.of(content)))
        ranges.append(token.range.lowerBound - range.lowerBound..<token.range.upperBound - range.lowerBound)
      }
      return (items, ranges)
    }
  }

  private static func marked(_ ranges: [Range<Int>], _ same: Set<Int>) -> [Range<Int>] {
    var marks: [Range<Int>] = []
    for (place, range) in ranges.enumerated() where !same.contains(place) {
      if let last = marks.last, range.lowerBound - last.upperBound < gap {
        marks[marks.count - 1] = last.lowerBound..<range.upperBound
      } else {
        marks.append(range)
      }
    }
    return marks
  }

  private static func isMostly(_ marks: [Range<Int>], _ count: Int) -> Bool {
    Double(marks.reduce(0) { $0 + $1.count }) > share * Double(count)
  }
}
