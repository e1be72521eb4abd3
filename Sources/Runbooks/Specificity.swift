/// How specific a rule is: by the strongest condition first, then by how many there are, then by their letters.
///
/// A signature says more than a message, a message more than a test by its name, that more than a pattern of tests or
/// paths, that more than a marker or label, and a verdict or kind says least.
package struct Specificity: Sendable, Hashable, Comparable {
  /// What a condition says, the strongest first.
  enum Strength: Int, CaseIterable {
    case signature
    case message
    case test
    case pattern
    case label
    case verdict
  }

  private var counts = [Int](repeating: 0, count: Strength.allCases.count)
  private var letters = 0

  init() {}

  init(_ strength: Strength, letters: Int) {
    // A pattern without a letter says nothing.
    if letters > 0 { counts[strength.rawValue] = 1 }
    self.letters = letters
  }

  mutating func add(_ other: Specificity) {
    for place in counts.indices { counts[place] += other.counts[place] }
    letters += other.letters
  }

  package static func < (left: Specificity, right: Specificity) -> Bool {
    for (left, right) in zip(left.counts, right.counts) where left != right { return left < right }
    return left.letters < right.letters
  }
}
