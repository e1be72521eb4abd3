/// A run as the history knows it: what its tests' results are told apart by.
package struct RunRecord: Sendable, Equatable {
  /// The place among all runs of the history; only meaningful within one store.
  package var number: Int64
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
  /// How its tests ended.
  package var counts = OutcomeCounts()

  /// A run of a number.
  package init(number: Int64, identity: RunIdentity) {
    self.number = number
    self.identity = identity
  }
}

extension RunRecord {
  /// What the history would keep of a run that was read; `number` and `counts` are for the store, or the caller, to give.
  package init(_ info: RunInfo, number: Int64 = 0) {
    self.init(number: number, identity: info.identity)
    commit = info.commit
    commitTitle = info.commitTitle
    branch = info.branch
    startedAt = info.startedAt
    labels = info.labels
    isComplete = info.completeness.isComplete
  }
}
