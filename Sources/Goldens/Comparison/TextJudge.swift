internal import DataSyntax
internal import TriageModel

/// Judges pairs of lines: which say the same, but for numbers.
struct TextJudge {
  /// How two lines that differ in bytes relate.
  enum Verdict {
    /// Only blanks beside numbers or the way numbers are written differ.
    case rewritten
    /// Only numbers differ; whether the tolerance accepts them all.
    case numbers(areTolerated: Bool)
    /// Words differ and the lines are built alike: `words` tells which.
    case words
    /// Something else differs.
    case other
  }

  /// What counts as equal.
  let tolerance: Tolerance
  /// Two numbers that differ.
  struct Difference {
    var expected: Double
    var actual: Double
    var isWhole: Bool
    /// Which number of its line it is, from 0; those far to the right count as one.
    var column: Int
  }

  /// Numbers of a line that are told apart.
  static let columnLimit = 64

  /// The numbers of the last pair that differ, left to right.
  private(set) var differences: [Difference] = []
  /// All numbers of the last pair.
  private(set) var pairs: [(expected: Double, actual: Double)] = []
  /// The words of the last pair that differ.
  private(set) var words: [(expected: String, actual: String)] = []
  /// What stands in the place of numbers of the last pair: a word for *nothing*, or nothing at all.
  private(set) var missing: [String] = []
  /// Numbers of the last pair in whose place such a word stood.
  private(set) var regained = 0

  /// A judge that goes by a tolerance.
  init(tolerance: Tolerance) {
    self.tolerance = tolerance
  }

  /// Judges two lines; what differs is in the lists until the next.
  mutating func judge(
    _ expected: UnsafeBufferPointer<UInt8>, _ left: Range<Int>, _ actual: UnsafeBufferPointer<UInt8>,
    _ right: Range<Int>
  ) -> Verdict {
    clear()
    var sides = Sides(
      expected: expected, actual: actual, left: TextTokens(expected, left), right: TextTokens(actual, right))
    // Columns of numbers are padded: a longer number leaves fewer blanks. Other blanks count.
    var padding = Padding.none
    var before = TextToken(kind: .blank, range: 0..<0)
    while true {
      let (first, second) = sides.next()
      if first == nil, second == nil { return padding == .differs ? other() : verdict }
      if let first, case .number = first.kind, isEmptied(first, second, before, sides) {
        missing.append("")
        sides.pushBack(second)
        before = first
        continue
      }
      guard let first, let second, agrees(first, second, sides) else { return other() }
      before = first
      if first.kind == .blank, !sides.areSame(first, second) {
        padding = padding == .afterNumber ? .afterNumber : .differs
        continue
      }
      let isNumber = first.isNumber || second.isNumber
      if padding == .differs, !isNumber { return other() }
      padding = isNumber ? .afterNumber : .none
    }
  }

  private enum Padding {
    case none, afterNumber, differs
  }

  /// The tokens of both lines that are still to come.
  private struct Sides {
    let expected: UnsafeBufferPointer<UInt8>
    let actual: UnsafeBufferPointer<UInt8>
    var left: TextTokens
    var right: TextTokens
    /// A token of the actual side that comes once more.
    private var pushed: TextToken?

    init(
      expected: UnsafeBufferPointer<UInt8>, actual: UnsafeBufferPointer<UInt8>, left: TextTokens, right: TextTokens
    ) {
      self.expected = expected
      self.actual = actual
      self.left = left
      self.right = right
    }

    mutating func next() -> (TextToken?, TextToken?) {
      defer { pushed = nil }
      return (left.next(), pushed ?? right.next())
    }

    mutating func pushBack(_ token: TextToken?) { pushed = token }

    func areSame(_ first: TextToken, _ second: TextToken) -> Bool {
      expected[first.range].elementsEqual(actual[second.range])
    }

    func word(_ token: TextToken) -> String { String(decoding: expected[token.range], as: UTF8.self) }
    func actualWord(_ token: TextToken) -> String { String(decoding: actual[token.range], as: UTF8.self) }
  }

  private mutating func clear() {
    differences.removeAll(keepingCapacity: true)
    pairs.removeAll(keepingCapacity: true)
    words.removeAll(keepingCapacity: true)
    missing.removeAll(keepingCapacity: true)
    regained = 0
  }

  /// Lines that are not built alike say nothing of single numbers.
  private mutating func other() -> Verdict {
    clear()
    return .other
  }

  private var verdict: Verdict {
    if !words.isEmpty { return .words }
    if !missing.isEmpty || regained > 0 { return .numbers(areTolerated: false) }
    if differences.isEmpty { return .rewritten }
    let areTolerated = differences.allSatisfy {
      tolerance.accepts(expected: $0.expected, actual: $0.actual, type: $0.isWhole ? .integer : .float64)
    }
    return .numbers(areTolerated: areTolerated)
  }

  /// Whether nothing stands where a number stood behind a separator, and the lines go on alike.
  private func isEmptied(_ number: TextToken, _ other: TextToken?, _ before: TextToken, _ sides: Sides) -> Bool {
    if let other, other.kind != .mark { return false }
    guard before.kind == .blank || before.kind == .mark else { return false }
    let separators = Set(":=,;|[(".utf8)
    var place = number.range.lowerBound - 1
    while place >= 0, sides.expected[place] == 0x20 { place -= 1 }
    guard place >= 0, separators.contains(sides.expected[place]) || sides.expected[place] == 0x09 else { return false }
    var rest = sides.left
    guard let next = rest.next() else { return other == nil }
    guard let other else { return false }
    return next.kind == .mark && sides.areSame(next, other)
  }

  private mutating func agrees(_ first: TextToken, _ second: TextToken, _ sides: Sides) -> Bool {
    switch (first.kind, second.kind) {
    case (.number(let left), .number(let right)):
      if left.value != right.value, !(left.value.isNaN && right.value.isNaN) {
        let column = min(pairs.count, Self.columnLimit - 1)
        differences.append(
          Difference(
            expected: left.value, actual: right.value, isWhole: left.isWhole && right.isWhole, column: column))
      }
      if pairs.count < Self.columnLimit { pairs.append((left.value, right.value)) }
      return true
    case (.number(let left), .missing):
      if left.value.isFinite { missing.append(sides.actualWord(second)) } else { note(first, second, sides) }
      return true
    case (.missing, .number(let right)):
      if right.value.isFinite { regained += 1 } else { note(first, second, sides) }
      return true
    case (.blank, .blank): return true
    case (.word, .word), (.word, .missing), (.missing, .word), (.missing, .missing):
      if !sides.areSame(first, second) { note(first, second, sides) }
      return true
    case (.mark, .mark): return sides.areSame(first, second)
    default: return false
    }
  }

  private mutating func note(_ first: TextToken, _ second: TextToken, _ sides: Sides) {
    words.append((sides.word(first), sides.actualWord(second)))
  }
}
