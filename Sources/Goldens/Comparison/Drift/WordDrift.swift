internal import TriageModel

/// Tells a renaming of categories from words that say something else.
enum WordDrift {
  /// A renaming replaces each word by one other everywhere, no two by the same, and words come more than once: else
  /// every changed sentence would be one.
  static func judge(_ words: [(expected: String, actual: String, count: Int)], kept: Set<String>?) -> Drift {
    let total = words.reduce(0) { $0 + $1.count }
    let isOneToOne =
      Set(words.map(\.expected)).count == words.count && Set(words.map(\.actual)).count == words.count
    let shown = words.sorted { ($1.count, $0.expected) < ($0.count, $1.expected) }.prefix(3)
      .map { "\(quoted($0.expected)) → \(quoted($0.actual)) ×\($0.count)" }.joined(separator: ", ")
    let more = words.count > 3 ? ", \(words.count - 3) more" : ""
    guard isOneToOne, words.count < 1_000, total >= 2 * words.count, total >= 3, let kept,
      kept.isDisjoint(with: words.map(\.expected))
    else { return Drift(.real, "\(CountText.of(total, "word")) changed: \(shown)\(more)") }
    return Drift(.remap, "\(CountText.of(words.count, "word")) renamed everywhere, one for one: \(shown)\(more)")
  }

  private static func quoted(_ word: String) -> String {
    word.count > 24 ? "\"\(word.prefix(24))…\"" : "\"\(word)\""
  }
}
