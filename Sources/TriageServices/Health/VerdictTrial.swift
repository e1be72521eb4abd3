internal import FailureAnalysis
internal import RunHistory
internal import TriageModel

/// What later runs say of a failure: the truth that a verdict on it is held against.
enum FailureTruth: Equatable {
  /// It passed on the very commit that it failed on: the code alone was not to blame.
  case flaked
  /// It failed until another commit, and passes since.
  case mended
  /// A person called it that, who looked at it.
  case called(Verdict.Label)
  /// Nothing tells yet.
  case open

  /// What tells it, as a clause.
  var words: String {
    switch self {
    case .flaked: "it passed on the same commit"
    case .mended: "another commit mended it"
    case .called(let label): "a person called it \(label.rawValue)"
    case .open: "nothing tells yet"
    }
  }

  /// Whether a verdict was right; nil where it claims nothing, or nothing tells.
  func judges(_ label: Verdict.Label) -> Bool? {
    switch (self, label) {
    case (.called(let called), .new), (.called(let called), .broken): called == .new || called == .broken
    case (.called(let called), .flaky), (.called(let called), .infra), (.called(let called), .massFailure):
      called == label || (called == .infra && label == .massFailure)
    case (.open, _), (_, .unknown), (_, .muted), (_, .fixed), (_, .passing): nil
    case (.flaked, .flaky), (.flaked, .infra), (.flaked, .massFailure): true
    case (.flaked, .new), (.flaked, .broken): false
    case (.mended, .new), (.mended, .broken): true
    case (.mended, .flaky), (.mended, .infra), (.mended, .massFailure): false
    }
  }
}

/// Finds the truth about a test's failures in what it did, stream by stream and leg by leg.
struct FailureTruths {
  /// Failing runs in a row that were mended by a commit: fewer may be a flake that met another commit.
  private static let rowOfOneCommit = 2

  private var truths: [RunKey: FailureTruth] = [:]

  /// - Parameter row: Failing runs in a row, of whatever commits, that are a breakage once they are mended.
  init(_ series: TestSeries, _ timeline: RunTimeline, row: Int) {
    func commit(_ result: ResultRecord) -> String? {
      timeline.place(of: result.run).flatMap { timeline.runs[$0].commit }
    }
    func stream(_ result: ResultRecord) -> String {
      let place = timeline.place(of: result.run)
      return (place.map { timeline.runs[$0].stream.words } ?? "") + "\u{1F}" + result.leg
    }
    var passed: Set<String> = []
    for result in series.results where result.outcome.isPass {
      if let commit = commit(result) { passed.insert(stream(result) + "\u{1F}" + commit) }
    }
    for streak in Streak.all(of: series, timeline) {
      let commits = streak.failures.map(commit)
      let ofOne = Dictionary(grouping: commits.compactMap(\.self)) { $0 }.values.map(\.count).max() ?? 0
      let isRow = streak.failures.count >= row || ofOne >= Self.rowOfOneCommit
      let isFlaked = zip(streak.failures, commits).contains { result, commit in
        commit.map { passed.contains(stream(result) + "\u{1F}" + $0) } ?? false
      }
      let end = streak.end.flatMap(commit)
      let isMended = !isFlaked && isRow && end != nil && commits.allSatisfy { $0 != nil && $0 != end }
      for (result, commit) in zip(streak.failures, commits) {
        let isOwn = commit.map { passed.contains(stream(result) + "\u{1F}" + $0) } ?? false
        let truth: FailureTruth = isOwn ? .flaked : isMended ? .mended : .open
        // Of several legs the one that tells more counts.
        if truths[result.run] == nil || truths[result.run] == .open { truths[result.run] = truth }
      }
    }
  }

  /// The truth about the failure in a run.
  func truth(of run: RunKey) -> FailureTruth { truths[run] ?? .open }
}
