package import TriageModel

/// What people decided of causes; it wins over how close the texts are.
package struct CauseRules: Sendable, Equatable {
  /// Signatures that are one cause.
  package struct Merge: Sendable, Equatable {
    /// What people call it; nil for the exemplar's first line.
    package var title: String?
    /// Its signatures; the first gives the cause its id.
    package var keys: [SignatureKey]

    /// A merge.
    package init(title: String? = nil, keys: [SignatureKey]) {
      self.title = title
      self.keys = keys
    }
  }

  /// Causes that were merged.
  package var merges: [Merge] = []
  /// Signatures that are causes of their own, however close to others.
  package var splits: Set<SignatureKey> = []

  /// No rules.
  package init() {}
}
