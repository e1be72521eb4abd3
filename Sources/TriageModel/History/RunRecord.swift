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
  /// How long it took; nil when nothing tells.
  package var took: RunTime?
  /// Whether all its tests can be there.
  package var isComplete = true
  /// How many tests of its stream did not run in it, as the runs before it tell; 0 when none are known to be missing.
  package var missing = 0
  /// How its tests ended.
  package var counts = OutcomeCounts()
  /// How its other items ended.
  package var items = ItemCounts()

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

  /// Tests and other items that a person must look at.
  package var failing: Int { counts.failing + items.failing }

  /// All its results: of tests and of other items.
  package var resultCount: Int { counts.total + items.total }

  /// Whether all its tests are known and nothing of it failed.
  package var isGreen: Bool { isComplete && resultCount > 0 && failing == 0 }

  /// What people call it in a narrow column: its id at its source, else the end of where it came from.
  package var shortName: String {
    let isGiven = identity.isGiven(startedAt: startedAt)
    let name = isGiven ? identity.id : String(identity.source.split(separator: "/").last ?? "?")
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
    took = info.took
    labels = info.labels
    isComplete = (info.ownCompleteness ?? info.completeness).isComplete
  }

  /// The same of a run with its table: what all its reports have in common is the run's, whoever says it.
  package init(_ run: Run) {
    self.init(run.info)
    labels = run.table.commonLabels.merging(run.info.labels) { _, known in known }
    counts = run.table.counts
    items = run.table.itemCounts
  }
}

/// Which tests failed in each run, and with what: a run is judged as a whole by comparing these.
package struct RunFailures: Sendable, Equatable {
  /// A test that failed in a run.
  package struct Failure: Hashable, Sendable {
    /// The test, the same in all runs.
    package var test: TestKey
    /// The leg it failed in, as its result names it.
    package var leg: String
    /// The key of what it said.
    package var signature: SignatureKey?

    /// A failure of a test.
    package init(test: TestKey, leg: String = "", signature: SignatureKey?) {
      self.test = test
      self.leg = leg
      self.signature = signature
    }
  }

  private var failures: [RunKey: [Failure]] = [:]
  /// The runs of which only some failures are here.
  private var cut: Set<RunKey> = []

  /// No failure anywhere.
  package init() {}

  /// The failures of a run; none of a run that was not given any.
  package func of(_ run: RunKey) -> [Failure] { failures[run] ?? [] }

  /// Whether more failed in a run than is known here.
  package func isCut(_ run: RunKey) -> Bool { cut.contains(run) }

  /// Gives a run its failures.
  package mutating func set(_ failures: [Failure], of run: RunKey, isCut: Bool = false) {
    self.failures[run] = failures.isEmpty ? nil : failures
    if isCut { cut.insert(run) }
  }
}

/// A run that many tests' standings name: one copy for all of them, since twenty thousand may break in one run.
@dynamicMemberLookup
package final class SharedRun: Sendable, Equatable {
  /// The run.
  package let record: RunRecord

  /// A run to be shared.
  package init(_ record: RunRecord) {
    self.record = record
  }

  /// What the run's record says.
  package subscript<Value>(dynamicMember path: KeyPath<RunRecord, Value>) -> Value { record[keyPath: path] }

  package static func == (left: SharedRun, right: SharedRun) -> Bool {
    left === right || left.record == right.record
  }
}
