/// A run as the history knows it: what its tests' results are told apart by.
package struct RunRecord: Sendable, Equatable {
  /// What the store calls it.
  package var key: RunKey
  /// What makes it this run.
  package var identity: RunIdentity
  /// The commit; nil when nothing tells.
  package var commit: String?
  /// The first line of the commit's message.
  package var commitTitle: String?
  /// The branch.
  package var branch: String?
  /// When it began; nil when nothing tells.
  package var startedAt: Timestamp?
  /// What tells it from runs of the same job: shard, platform, python …
  package var labels: [String: String] = [:]
  /// Whether all its tests can be there.
  package var isComplete = true
  /// How many tests of its stream did not run in it, as the runs before it tell; 0 when none are known to be missing.
  package var missing = 0
  /// How its tests ended.
  package var counts = OutcomeCounts()

  /// A run, by default one that no store keeps.
  package init(key: RunKey = .unstored, identity: RunIdentity) {
    self.key = key
    self.identity = identity
  }
}

extension RunRecord {
  /// The stream it is of, whatever its legs.
  package var stream: Stream {
    Stream(
      branch: BranchKind.name(branch), parts: Stream.parts(of: labels.filter { !LegName.isPart($0.key) }.map(\.value)))
  }

  /// Whether all its tests are known and none of them failed.
  package var isGreen: Bool { isComplete && counts.total > 0 && counts.failing == 0 }

  /// What people call it in a narrow column: its id at its source, else the end of where it came from.
  package var shortName: String {
    let id = identity.id
    // A run that nobody gave an id is known by its moment or by its folder.
    let isMoment = startedAt.map { id.hasPrefix($0.description) } ?? id.hasPrefix("content-")
    let name = isMoment || id == identity.source ? String(identity.source.split(separator: "/").last ?? "?") : id
    return identity.attempt > 1 ? "\(name) #\(identity.attempt)" : name
  }

  /// Its commit in short and the commit's title, as far as they are known: `194bf4a Clip the logit`.
  package var commitWords: String {
    [commit.map { String($0.prefix(7)) }, commitTitle].compactMap(\.self).joined(separator: " ")
  }

  /// What the history would keep of a run that was read; `key` and `counts` are for the store to give.
  package init(_ info: RunInfo) {
    self.init(identity: info.identity)
    commit = info.commit
    commitTitle = info.commitTitle
    branch = info.branch
    startedAt = info.startedAt
    labels = info.labels
    isComplete = (info.ownCompleteness ?? info.completeness).isComplete
  }

  /// The same of a run with its table: what all its reports have in common is the run's, whoever says it.
  package init(_ run: Run) {
    self.init(run.info)
    labels = run.table.commonLabels.merging(run.info.labels) { _, known in known }
    counts = run.table.counts
  }
}
