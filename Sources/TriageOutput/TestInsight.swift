internal import SafeText
package import TestQueries
package import TriageModel

/// What is known of a test beyond its report, as `list --json` writes it.
package struct TestInsight: Sendable, Equatable {
  /// What the history says; nil where it knows nothing.
  package var standing: TestStanding?
  /// What names the group of failures it belongs to, stable across runs; nil when it said nothing.
  package var cause: TestFacts.CauseName?

  /// What is known of a test.
  package init(standing: TestStanding?, cause: TestFacts.CauseName?) {
    self.standing = standing
    self.cause = cause
  }
}

extension JSONStream {
  /// Writes the members `verdict` and `cause`; null where nothing is known.
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
    guard let cause = insight?.cause else { return string("cause", nil) }
    object("cause") { json in
      json.string("id", cause.key)
      json.string("title", Sanitizer.line(cause.title))
    }
  }
}
