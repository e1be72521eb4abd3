internal import TriageModel

/// What a store keeps of a run besides its results; further reports of it fill it in.
struct KeptRun: Equatable {
  var commit: String?
  var title: String?
  var branch: String?
  /// When it says it began, in milliseconds since 1970.
  var started: Int64?
  /// Where it stands in time.
  var time: Int64
  var isComplete: Bool
  var took: RunTime?
  /// One that two legs have differently is kept as empty, so that no third leg brings it back.
  var labels: [String: String]

  /// The run's labels that all its legs have.
  var commonLabels: [String: String] { labels.filter { !$0.value.isEmpty } }

  /// Fills in what an earlier report did not say of the run. Where reports differ, the least counts, in whatever order
  /// they come.
  mutating func fillIn(_ other: KeptRun, _ legs: [Int64: LegName]) {
    commit = Self.least(commit, other.commit)
    title = Self.least(title, other.title)
    branch = Self.least(branch, other.branch)
    if let begin = other.started, started.map({ begin < $0 }) ?? true { (started, time) = (begin, other.time) }
    isComplete = isComplete || other.isComplete
    took = RunTime.surer(took, other.took)
    for (name, value) in commonLabels.merging(other.labels, uniquingKeysWith: { known, _ in known }) {
      let isCommon =
        (other.labels[name] ?? value) == value && legs.values.allSatisfy { ($0.labels[name] ?? value) == value }
      labels[name] = isCommon ? labels[name] ?? value : ""
    }
  }

  private static func least(_ known: String?, _ other: String?) -> String? {
    guard let known, let other else { return known ?? other }
    return min(known, other)
  }
}

extension KeptRun {
  /// What is kept of a run that is added.
  init(_ record: RunRecord, received: Timestamp) {
    self.init(
      commit: record.commit, title: record.commitTitle, branch: record.branch,
      started: record.startedAt?.milliseconds, time: record.time(received: received), isComplete: record.isComplete,
      took: record.took, labels: record.labels)
  }

  /// The row of a store: sha, title, branch, started, at, complete, took, took_by.
  init(_ row: some StoredRow, labels: [String: String]) {
    self.init(
      commit: row.optionalText(0), title: row.optionalText(1), branch: row.optionalText(2), started: row.optional(3),
      time: row.int(4), isComplete: row.int(5) != 0, took: RunTime(stored: row.optional(6), by: row.text(7)),
      labels: labels)
  }
}

extension RunTime {
  /// Milliseconds, as a store keeps them.
  var stored: Int64 { Int64((seconds * 1000).rounded()) }

  /// Reads what `stored` and the clock's word wrote.
  init?(stored: Int64?, by word: String) {
    guard let stored, let clock = Clock(word: word) else { return nil }
    self.init(seconds: Double(stored) / 1000, by: clock)
  }
}
