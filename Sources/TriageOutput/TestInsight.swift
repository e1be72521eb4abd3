internal import SafeText
package import TestQueries
package import TriageModel

/// What is known of a test beyond its report, as `list --json` writes it.
package struct TestInsight: Sendable, Equatable {
  /// What the history says; nil where it knows nothing.
  package var standing: TestStanding?
  /// What names the group of failures it belongs to, stable across runs; nil when it said nothing.
  package var cause: TestFacts.CauseName?
  /// The key of what its failure said; nil when it said nothing.
  package var signature: SignatureKey?

  /// What is known of a test.
  package init(standing: TestStanding?, cause: TestFacts.CauseName?, signature: SignatureKey?) {
    self.standing = standing
    self.cause = cause
    self.signature = signature
  }
}

extension JSONStream {
  /// Writes the members `verdict`, `cause` and `signature`; null where nothing is known.
  mutating func insight(_ insight: TestInsight?) {
    if let standing = insight?.standing {
      object("verdict") { json in
        json.members(of: standing.verdict)
        json.string("since", standing.since?.identity.id)
        json.string("last_pass", standing.lastPass?.identity.id)
      }
    } else {
      string("verdict", nil)
    }
    if let cause = insight?.cause {
      object("cause") { json in
        json.string("id", cause.key)
        json.string("title", Sanitizer.line(cause.title))
      }
    } else {
      string("cause", nil)
    }
    string("signature", insight?.signature?.text)
  }
}
