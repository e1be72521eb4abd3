package import TriageModel

/// What is known of tests beyond their report, asked only by the terms and groupings that need it.
package struct TestFacts {
  /// Which failures are one: a key that is stable across runs, and a title.
  package struct CauseName: Equatable, Sendable {
    /// The key.
    package var key: String
    /// The title, as a person reads it.
    package var title: String

    /// A cause's name.
    package init(key: String, title: String) {
      self.key = key
      self.title = title
    }
  }

  /// Who owns a test.
  package var owner: (TestIndex) -> String? = { _ in nil }
  /// What its failure probably is; nil where the history does not say.
  package var verdict: (TestIndex) -> Verdict.Label? = { _ in nil }
  /// When it broke, later ones greater; nil where that is not known.
  package var brokeAt: (TestIndex) -> Timestamp? = { _ in nil }
  /// The cause of its failure; nil when it said nothing.
  package var cause: (TestIndex) -> CauseName? = { _ in nil }

  /// Nothing is known.
  package init() {}

  /// Only owners are known.
  package init(owner: @escaping (TestIndex) -> String?) { self.owner = owner }
}
