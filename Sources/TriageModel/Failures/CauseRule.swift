/// What a person decided of causes: that some failures are one, or that one of them is another thing.
package struct CauseRule: Sendable, Equatable {
  /// What was decided.
  package enum Kind: Sendable, Equatable {
    /// These failures have one cause.
    case merge([SignatureKey])
    /// This failure is a cause of its own, however close its text is to others.
    case split(SignatureKey)
  }

  /// What was decided.
  package var kind: Kind
  /// What people call the merged cause; nil for the first line of its text.
  package var title: String?
  /// Why.
  package var reason: String?
  /// Who decided.
  package var who: String?

  /// A decision.
  package init(_ kind: Kind, title: String? = nil, reason: String? = nil, who: String? = nil) {
    self.kind = kind
    self.title = title
    self.reason = reason
    self.who = who
  }

  /// What the rule does, in one line for the journal.
  package var words: String {
    let detail = (title ?? reason).map { ": \"\($0)\"" } ?? ""
    return switch kind {
    case .merge(let keys): "merged \(keys.count) failures into one cause\(detail)"
    case .split(let key): "split the failure \(key.text) from its cause\(detail)"
    }
  }
}
