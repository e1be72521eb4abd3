/// How many tests a run lacks beside the runs of its stream before it, told by their numbers alone.
///
/// Only whole runs of the same source and stream are compared with. As long as a pull request has few of its own, those of
/// other requests tell (some run only what a change touches), or else the base branch. Shards are streams here.
package struct RunShortfall: Sendable {
  private let thresholds: Thresholds

  /// A judge by some thresholds.
  package init(_ thresholds: Thresholds) { self.thresholds = thresholds }

  /// Fewer runs than these say nothing of how many tests there are.
  private var fewest: Int { min(3, thresholds.missingRuns) }

  /// The runs before one that it is compared with, newest first; `runs` stand newest first.
  package func peers(of run: RunRecord, among runs: [RunRecord]) -> [RunRecord] {
    peers(of: run, among: runs, fewest: fewest, most: thresholds.missingRuns, where: isWhole)
  }

  /// The runs before one that a condition holds for, newest first, of the nearest job that has as many as are asked for.
  package func peers(
    of run: RunRecord, among runs: [RunRecord], fewest: Int, most: Int, where isPeer: (RunRecord) -> Bool
  ) -> [RunRecord] {
    let base = BranchKind.base(of: runs.map(\.branch))
    let own = runs.firstIndex { $0.identity == run.identity }
    let earlier = runs[(own.map { $0 + 1 } ?? runs.startIndex)...].filter { peer in
      isPeer(peer) && peer.identity.id != run.identity.id
        && (own != nil || run.startedAt.map { start in peer.startedAt.map { $0 < start } ?? true } ?? true)
    }
    for job in Job.those(thatTellOf: run, base: base) {
      let peers = earlier.lazy.filter { Job.those(of: $0, base: base).contains(job) }.prefix(most)
      if peers.count >= fewest { return Array(peers) }
    }
    return []
  }

  /// How many tests the runs before mostly had; nil where too few of them are known.
  package func usual(_ peers: [RunRecord]) -> Int? {
    guard peers.count >= fewest else { return nil }
    let totals = peers.map(\.counts.total).sorted()
    return totals[totals.count / 2]
  }

  /// Whether so many tests are far fewer than usual.
  package func isFarBelow(_ total: Int, usual: Int) -> Bool {
    usual - total >= thresholds.missingTests && Double(usual - total) >= thresholds.missingShare * Double(usual)
  }

  /// The number of tests that did not run, for each run that lacks any, by its key; `runs` stand newest first.
  package func missing(in runs: [RunRecord]) -> [RunKey: Int] {
    let base = BranchKind.base(of: runs.map(\.branch))
    var known: [Job: [Int]] = [:]
    var missing: [RunKey: Int] = [:]
    for run in runs.reversed() {
      let jobs = Job.those(thatTellOf: run, base: base)
      let totals = jobs.lazy.map { known[$0, default: []] }.first { $0.count >= fewest }
      if let totals = totals?.suffix(thresholds.missingRuns).sorted() {
        let usual = totals[totals.count / 2]
        if isFarBelow(run.counts.total, usual: usual) { missing[run.key] = usual - run.counts.total }
      }
      if isWhole(run) {
        for job in Job.those(of: run, base: base) { known[job, default: []].append(run.counts.total) }
      }
    }
    return missing
  }

  private func isWhole(_ run: RunRecord) -> Bool { run.isComplete && run.counts.total > 0 }

  /// Runs of one source that hold the same tests.
  private struct Job: Hashable {
    enum Branches: Hashable {
      case one(String?)
      /// All that go back to the base branch.
      case requests
    }

    let source: String
    let parts: [String]
    var branches: Branches

    /// The jobs that a run is one of.
    static func those(of run: RunRecord, base: String?) -> [Job] {
      let own = Job(
        source: run.identity.source, parts: Stream.parts(of: Array(run.labels.values)),
        branches: .one(BranchKind.name(run.branch)))
      return BranchKind(run.branch, base: base) == .side ? [own, own.of(.requests)] : [own]
    }

    /// The jobs whose runs tell how many tests a run should hold, the nearest first.
    static func those(thatTellOf run: RunRecord, base: String?) -> [Job] {
      let own = those(of: run, base: base)
      return own.count > 1 ? own + [own[0].of(.one(base))] : own
    }

    private func of(_ branches: Branches) -> Job {
      var job = self
      job.branches = branches
      return job
    }
  }
}
