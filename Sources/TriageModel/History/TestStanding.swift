/// What the history says of a test in a run: the verdict, where it turned, and how it went lately.
package struct TestStanding: Sendable, Equatable {
  /// The verdict.
  package var verdict: Verdict
  /// The run in which it broke; nil when it did not, or that is not known.
  package var since: SharedRun?
  /// The run that passed last before it broke.
  package var lastPass: SharedRun?
  /// The earliest run that it can have broken at, with 99 %; nil when that is `since` itself.
  package var earliest: SharedRun?
  /// The latest such run; see `earliest`.
  package var latest: SharedRun?
  /// The first run that passed again, of a fixed test.
  package var fixedIn: SharedRun?
  /// The run that failed last before that.
  package var lastFailure: SharedRun?
  /// How it ended in the last runs up to this one that it was part of, oldest first.
  package var recent: [Outcome]

  /// What the history says of a test.
  package init(verdict: Verdict, since: RunRecord? = nil, lastPass: RunRecord? = nil, recent: [Outcome] = []) {
    self.verdict = verdict
    self.since = since.map { SharedRun($0) }
    self.lastPass = lastPass.map { SharedRun($0) }
    self.recent = recent
  }
}

extension TestStanding {
  /// Whether anything was known of the test before this run: a first night has nothing to tell.
  package var hasPast: Bool { recent.count > 1 }

  /// When it broke; nil where that is not known.
  package var brokeAt: Timestamp? { since.flatMap { $0.record.startedAt } }

  /// Why the verdict is what it is, a clause each; with the runs between which the test broke, where that is not certain.
  package var why: [String] {
    let why = verdict.why + [verdict.stream.map { "judged among the runs of \($0)" }].compactMap(\.self)
    guard let earliest, let latest else { return why }
    return why + [
      "\(verdict.label == .flaky ? "became flaky" : "broke") between run \(earliest.identity.id) and run \(latest.identity.id) (99 %)"
    ]
  }

  /// Where the verdict begins to hold, as words and the run: `since` where it broke, `in` where it was mended.
  package var turn: (word: String, run: RunRecord)? {
    if verdict.label == .fixed { return fixedIn.map { ("in", $0.record) } }
    // Nothing is known to have begun where it is not known what it is.
    return verdict.label == .unknown ? nil : since.map { ("since", $0.record) }
  }
}
