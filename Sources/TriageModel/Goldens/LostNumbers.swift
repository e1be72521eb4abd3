/// Numbers that are none any more, by what stands in their place.
package struct LostNumbers: Hashable, Sendable {
  /// Those that became NaN.
  package var nan = 0
  /// Those that became infinite.
  package var infinite = 0
  /// Those in whose place a word for *nothing* stands, or nothing at all.
  package private(set) var missing = 0
  /// The first such words, as they are written; an empty one for nothing at all.
  package private(set) var words: [String] = []

  private static let wordLimit = 3

  /// None.
  package init() {}

  /// All of them.
  package var count: Int { nan + infinite + missing }

  /// Counts a number in whose place a word for *nothing* stands.
  package mutating func addMissing(_ word: String) {
    missing += 1
    note(word)
  }

  /// Counts another's in.
  package static func += (left: inout LostNumbers, right: LostNumbers) {
    left.nan += right.nan
    left.infinite += right.infinite
    left.missing += right.missing
    for word in right.words { left.note(word) }
  }

  /// What became of them, a clause each: `2 became NaN`, `1 became null or empty`.
  package var clauses: [String] { counted.map { "\(CountText.of($0.count)) became \($0.what)" } }

  /// The same as a proof: `2 numbers became NaN; 1 became null or empty`.
  package var proof: String {
    guard let first = counted.first else { return "" }
    let head = "\(CountText.of(first.count, "number")) became \(first.what)"
    return ([head] + clauses.dropFirst()).joined(separator: "; ")
  }

  private var counted: [(count: Int, what: String)] {
    let names = words.map { $0.isEmpty ? "empty" : $0 }
    let list =
      names.count > 1 ? names.dropLast().joined(separator: ", ") + " or " + names[names.count - 1] : names.first
    let counted = [(nan, "NaN"), (infinite, "infinite"), (missing, list ?? "empty")]
    return counted.filter { $0.0 > 0 }.map { (count: $0.0, what: $0.1) }
  }

  private mutating func note(_ word: String) {
    if words.count < Self.wordLimit, !words.contains(word) { words.append(word) }
  }
}
