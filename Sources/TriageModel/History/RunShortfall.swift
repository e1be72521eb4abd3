/// How many tests a run lacks beside the runs of its stream before it, told by their numbers alone.
///
/// Only whole runs of the same source, branch and labels are compared with; shards differ in their labels.
package struct RunShortfall: Sendable {
  private let thresholds: Thresholds

  /// A judge by some thresholds.
  package init(_ thresholds: Thresholds) { self.thresholds = thresholds }

  /// The runs before one that it is compared with, newest first; `runs` stand newest first.
  package func peers(of run: RunRecord, among runs: [RunRecord]) -> [RunRecord] {
    let own = runs.firstIndex { $0.identity == run.identity }
    let earlier = runs[(own.map { $0 + 1 } ?? runs.startIndex)...].lazy.filter { peer in
      peer.isComplete && peer.counts.total > 0 && peer.identity.source == run.identity.source
        && peer.branch == run.branch && peer.labels == run.labels && peer.identity.id != run.identity.id
        && (own != nil || run.startedAt.map { start in peer.startedAt.map { $0 < start } ?? true } ?? true)
    }
    return Array(earlier.prefix(thresholds.missingRuns))
  }

  /// How many tests the runs before mostly had; nil where too few of them are known.
  package func usual(_ peers: [RunRecord]) -> Int? {
    guard peers.count >= min(3, thresholds.missingRuns) else { return nil }
    let totals = peers.map(\.counts.total).sorted()
    return totals[totals.count / 2]
  }

  /// Whether so many tests are far fewer than usual.
  package func isFarBelow(_ total: Int, usual: Int) -> Bool {
    usual - total >= thresholds.missingTests && Double(usual - total) >= thresholds.missingShare * Double(usual)
  }

  /// The number of tests that did not run, for each run that lacks any, by its key; `runs` stand newest first.
  package func missing(in runs: [RunRecord]) -> [RunKey: Int] {
    var streams: [Stream: [Int]] = [:]
    var missing: [RunKey: Int] = [:]
    for run in runs.reversed() {
      let stream = Stream(source: run.identity.source, branch: run.branch, labels: run.labels)
      let totals = streams[stream, default: []].suffix(thresholds.missingRuns).sorted()
      if totals.count >= min(3, thresholds.missingRuns) {
        let usual = totals[totals.count / 2]
        if isFarBelow(run.counts.total, usual: usual) { missing[run.key] = usual - run.counts.total }
      }
      if run.isComplete, run.counts.total > 0 { streams[stream, default: []].append(run.counts.total) }
    }
    return missing
  }

  private struct Stream: Hashable {
    let source: String
    let branch: String?
    let labels: [String: String]
  }
}
