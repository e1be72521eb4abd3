internal import SafeText
package import TriageModel

/// What the history says of a test in a run, as `list --json` writes it.
package struct TestInsight: Sendable, Equatable {
  /// The verdict.
  package var verdict: Verdict
  /// The id of the run in which it broke; nil when it did not, or that is not known.
  package var since: String?
  /// The id of the run that passed last before.
  package var lastPass: String?
  /// What names the group of failures it belongs to, stable across runs; nil when it said nothing.
  package var cause: (id: UInt64, title: String)?

  /// What the history says of a test.
  package init(verdict: Verdict, since: String?, lastPass: String?, cause: (id: UInt64, title: String)?) {
    self.verdict = verdict
    self.since = since
    self.lastPass = lastPass
    self.cause = cause
  }

  package static func == (left: TestInsight, right: TestInsight) -> Bool {
    left.verdict == right.verdict && left.since == right.since && left.lastPass == right.lastPass
      && left.cause?.id == right.cause?.id
  }
}

extension JSONStream {
  /// Writes the members `verdict` and `cause`; null where the history does not know the run.
  mutating func insight(_ insight: TestInsight?) {
    guard let insight else {
      string("verdict", nil)
      return string("cause", nil)
    }
    object("verdict") { json in
      json.members(of: insight.verdict)
      json.string("since", insight.since)
      json.string("last_pass", insight.lastPass)
    }
    guard let cause = insight.cause else { return string("cause", nil) }
    object("cause") { json in
      json.string("id", String(cause.id, radix: 16))
      json.string("title", Sanitizer.line(cause.title))
    }
  }
}
