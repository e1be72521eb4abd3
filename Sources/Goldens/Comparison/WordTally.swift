/// Counts which words became which, up to a number of distinct ones.
struct WordTally {
  private struct Pair: Hashable {
    var expected: String
    var actual: String
  }

  private static let limit = 1_000

  private var counts: [Pair: Int] = [:]
  /// Changed words beyond those that are kept.
  private(set) var others = 0

  /// Counts a change.
  mutating func add(_ expected: String, _ actual: String) {
    let pair = Pair(expected: expected, actual: actual)
    if counts[pair] != nil || counts.count < Self.limit { counts[pair, default: 0] += 1 } else { others += 1 }
  }

  /// The words and how often, in an order that is the same every time.
  var pairs: [(expected: String, actual: String, count: Int)] {
    counts.map { ($0.key.expected, $0.key.actual, $0.value) }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
  }
}
