package import TriageModel

/// Runs in order, with what is true of a run as a whole.
///
/// The order comes from what the runs say of themselves (start, commit, source, id, attempt) and from what git says of
/// their commits, never from the order in which they were added. Runs without a time come first: they explain, but are
/// never called the newest.
package struct RunTimeline: Sendable {
  /// The runs, oldest first.
  package let runs: [RunRecord]
  /// The figures that are used.
  package let thresholds: Thresholds
  /// Where the runs of the branch itself begin, after those of the branch that it comes from.
  let ownStart: Int
  private let indices: RunKeyIndices
  private let commits: [Int?]
  private let isMass: [Bool]

  /// The timeline of some runs, given in any order: by time.
  package init(_ runs: [RunRecord], thresholds: Thresholds = .standard) {
    self.init(ordered: runs.sorted(by: Self.isOlder), ownStart: 0, thresholds)
  }

  /// The timeline of a branch, in the order of its code: a commit has git's place where git knows it, else that of its
  /// first run, and those of the branch it comes from stand before. Both are given in order of time.
  init(of branch: [RunRecord], after base: [RunRecord], _ thresholds: Thresholds, _ committed: [String: Timestamp]) {
    self.init(
      ordered: Self.byCommit(base, committed) + Self.byCommit(branch, committed), ownStart: base.count, thresholds)
  }

  private init(ordered: [RunRecord], ownStart: Int, _ thresholds: Thresholds) {
    runs = ordered
    self.ownStart = ownStart
    self.thresholds = thresholds
    indices = RunKeyIndices(ordered.map(\.key))
    var numbers: [String: Int] = [:]
    commits = ordered.map { run in
      guard let commit = run.commit, !commit.isEmpty else { return nil }
      let number = numbers[commit] ?? numbers.count
      numbers[commit] = number
      return number
    }
    isMass = ordered.map { Self.isMass($0.counts, thresholds) }
  }

  /// The place of a run in the order; nil when it is not one of these.
  package func place(of run: RunKey) -> Int? { indices[run] }

  /// Whether so many of the run's tests failed that it says little of any one of them.
  package func isMassFailure(at place: Int) -> Bool { isMass[place] }

  /// A number for the run's commit; nil when it names none.
  func commit(at place: Int) -> Int? { commits[place] }

  /// Days from one run to another; nil when either has no time.
  func days(from earlier: Int, to later: Int) -> Double? {
    guard let start = runs[earlier].startedAt, let end = runs[later].startedAt else { return nil }
    return (Double(end.milliseconds) - Double(start.milliseconds)) / 86_400_000
  }

  /// What people call the run at a place.
  func name(at place: Int) -> String { runs[place].identity.id }

  /// Runs in order of time, those of one commit beside one another where the first of them stands; a run without a time
  /// tells no commit's place where another does.
  ///
  /// Among the places of commits that git knows, git's order holds: a bisection runs old commits for the first time.
  private static func byCommit(_ runs: [RunRecord], _ committed: [String: Timestamp]) -> [RunRecord] {
    var firsts: [String: Int] = [:]
    for isDated in [true, false] {
      for (place, run) in runs.enumerated() where (run.startedAt != nil) == isDated {
        if let commit = run.commit, !commit.isEmpty, firsts[commit] == nil { firsts[commit] = place }
      }
    }
    let known = firsts.compactMap { commit, place in
      time(of: commit, committed, firstRun: runs[place]).map { (commit: commit, index: place, time: $0) }
    }
    let ordered = known.sorted { ($0.time, $0.index) < ($1.time, $1.index) }
    for (one, place) in zip(ordered, known.map(\.index).sorted()) { firsts[one.commit] = place }
    let keys = runs.enumerated().map { place, run in run.commit.flatMap { firsts[$0] } ?? place }
    return runs.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }.map { runs[$0] }
  }

  /// When a commit was made; nil when that is not known, or cannot be true: nothing runs before it is committed.
  private static func time(
    of commit: String, _ committed: [String: Timestamp], firstRun run: RunRecord
  ) -> Timestamp? {
    guard let time = committed[commit] else { return nil }
    if let start = run.startedAt, start.milliseconds < time.milliseconds &- 3_600_000 { return nil }
    return time
  }

  static func isOlder(_ left: RunRecord, _ right: RunRecord) -> Bool {
    let times = (left.startedAt?.milliseconds ?? .min, right.startedAt?.milliseconds ?? .min)
    if times.0 != times.1 { return times.0 < times.1 }
    let (one, two) = (left.identity, right.identity)
    if one.id != two.id {
      // Ids are mostly counters, which sort by length first.
      if one.id.utf8.count != two.id.utf8.count { return one.id.utf8.count < two.id.utf8.count }
      return one.id < two.id
    }
    return (one.source, one.attempt) < (two.source, two.attempt)
  }

  private static func isMass(_ counts: OutcomeCounts, _ thresholds: Thresholds) -> Bool {
    counts.executed >= thresholds.massFailureTests
      && Double(counts.failing) >= thresholds.massFailureShare * Double(counts.executed)
  }
}

extension OutcomeCounts {
  /// The tests that ran and were meant to pass.
  var executed: Int { total - self[.skipped] - self[.expectedFailure] }
}
