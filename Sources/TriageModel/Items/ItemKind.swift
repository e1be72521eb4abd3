/// What kind of item a row of the queue is: tests, expectations, contracts … share one list and the same verbs.
///
/// The set is open: a reader of a report brings the kind of its items, and everything else learns the words from there.
package struct ItemKind: Hashable, Sendable {
  /// By what an item of a kind needs a look.
  package enum Judging: Sendable {
    /// Its report says so.
    case asReported
    /// Its report says so, and it was not there before: what was known before is the past's, not this run's.
    case whenNew
    /// Its measure left what chance explains of the measures before it.
    case againstNoise
    /// Its measure is worse than in the run before it.
    case againstBase
  }

  /// The name used in JSON, after `kind:` in filters, and before an item's id: lower case, hyphens.
  package let word: String
  /// By what one of them needs a look.
  package let judging: Judging

  /// A kind of item.
  package init(_ word: String, judging: Judging = .asReported) {
    self.word = word
    self.judging = judging
  }

  /// A test.
  package static let test = ItemKind("test")

  /// A failure outside any one test: a collection error, a suite's own error, a build that failed.
  package static let suite = ItemKind("suite")

  /// Whether it is a test, or stands for tests that could not run.
  package var isOfTests: Bool { self == .test || self == .suite }

  /// The suite that an item about something has: kinds never share an id, whatever their names.
  package func suite(about subject: String) -> String { subject.isEmpty ? word : word + ":" + subject }

  /// `1 expectation`, `3 expectations`, by the word of the kind.
  package static func counted(_ count: Int, _ word: String) -> String {
    let isUncountable = word.hasSuffix("age") || word.hasSuffix("try")
    return isUncountable ? CountText.of(count) + " " + word : CountText.of(count, word)
  }
}

/// How the items of a run that are no tests ended, by kind.
package struct ItemCounts: Sendable, Equatable {
  private var counts: [String: OutcomeCounts] = [:]

  /// No items.
  package init() {}

  /// The words of the kinds that there are, in order.
  package var kinds: [String] { counts.keys.sorted() }

  /// How the items of a kind ended, by its word.
  package subscript(kind: String) -> OutcomeCounts {
    get { counts[kind] ?? OutcomeCounts() }
    set { counts[kind] = newValue }
  }

  /// Whether there are none.
  package var isEmpty: Bool { counts.isEmpty }

  /// Items that a person must look at.
  package var failing: Int { counts.values.reduce(0) { $0 + $1.failing } }

  /// All items.
  package var total: Int { counts.values.reduce(0) { $0 + $1.total } }

  /// `2 expectations`, `1 contract`: what needs a look, most first, then by name.
  package var failingWords: [String] {
    let failing = counts.filter { $0.value.failing > 0 }
    let ranked = failing.sorted { ($1.value.failing, $0.key) < ($0.value.failing, $1.key) }
    return ranked.map { ItemKind.counted($0.value.failing, $0.key) }
  }
}
