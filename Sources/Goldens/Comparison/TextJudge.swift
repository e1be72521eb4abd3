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
    /// Something else differs.
    case words
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

  /// A judge that goes by a tolerance.
  init(tolerance: Tolerance) {
    self.tolerance = tolerance
  }

  /// Judges two lines; their differing numbers are in `differences` until the next.
  mutating func judge(
    _ expected: UnsafeBufferPointer<UInt8>, _ left: Range<Int>, _ actual: UnsafeBufferPointer<UInt8>,
    _ right: Range<Int>
  ) -> Verdict {
    differences.removeAll(keepingCapacity: true)
    pairs.removeAll(keepingCapacity: true)
    var expectedTokens = TextTokens(expected, left)
    var actualTokens = TextTokens(actual, right)
    // Columns of numbers are padded: a longer number leaves fewer blanks. Other blanks count.
    var padding = Padding.none
    while true {
      switch (expectedTokens.next(), actualTokens.next()) {
      case (nil, nil): return padding == .differs ? .words : verdict
      case (let first?, let second?):
        guard agrees(first, second, expected, actual) else { return .words }
        if first.kind == .blank, !expected[first.range].elementsEqual(actual[second.range]) {
          padding = padding == .afterNumber ? .afterNumber : .differs
          continue
        }
        if padding == .differs, !first.isNumber { return .words }
        padding = first.isNumber ? .afterNumber : .none
      case (nil, _), (_, nil): return .words
      }
    }
  }

  private enum Padding {
    case none, afterNumber, differs
  }

  private var verdict: Verdict {
    if differences.isEmpty { return .rewritten }
    let areTolerated = differences.allSatisfy {
      tolerance.accepts(expected: $0.expected, actual: $0.actual, type: $0.isWhole ? .integer : .float64)
    }
    return .numbers(areTolerated: areTolerated)
  }

  private mutating func agrees(
    _ first: TextToken, _ second: TextToken, _ expected: UnsafeBufferPointer<UInt8>,
    _ actual: UnsafeBufferPointer<UInt8>
  ) -> Bool {
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
    case (.blank, .blank): return true
    case (.word, .word), (.mark, .mark):
      return expected[first.range].elementsEqual(actual[second.range])
    default: return false
    }
  }
}
