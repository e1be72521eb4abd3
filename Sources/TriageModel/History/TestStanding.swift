/// What the history says of a test in a run: the verdict, where it turned, and how it went lately.
package struct TestStanding: Sendable, Equatable {
  /// The verdict.
  package var verdict: Verdict
  /// The run in which it broke; nil when it did not, or that is not known.
  package var since: RunRecord?
  /// The run that passed last before it broke.
  package var lastPass: RunRecord?
  /// How it ended in the last runs up to this one that it was part of, oldest first.
  package var recent: [Outcome]

  /// What the history says of a test.
  package init(verdict: Verdict, since: RunRecord? = nil, lastPass: RunRecord? = nil, recent: [Outcome] = []) {
    self.verdict = verdict
    self.since = since
    self.lastPass = lastPass
    self.recent = recent
  }
}
