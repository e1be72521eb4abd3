package import SafeText
package import TriageModel

/// A golden change that is to be decided, with what was read of it just now.
package struct Candidate: Sendable, Equatable {
  /// The change.
  package var change: GoldenChange
  /// The actual that a person has seen; nil when nobody said.
  package var reviewed: ContentHash?
  /// The actual's hash, as its bytes are now; nil when there is none.
  package var actual: ContentHash?
  /// Whether the run says that there is to be no golden.
  package var isDeletion = false
  /// What looks like secrets in the lines that the actual adds.
  package var secrets: [SecretFinding] = []
  /// What the reader or the repository refused, as a clause.
  package var refusal: HeldBack?

  /// A change that is to be decided.
  package init(_ change: GoldenChange) {
    self.change = change
  }
}

/// A golden change that is left out of a decision.
package struct HeldBack: Sendable, Equatable {
  /// The golden.
  package var location: GoldenLocation
  /// What stands in the way.
  package var obstacle: Obstacle
  /// Why, as a clause.
  package var reason: String

  /// A golden change that is left out.
  package init(location: GoldenLocation, obstacle: Obstacle, reason: String) {
    self.location = location
    self.obstacle = obstacle
    self.reason = reason
  }
}
