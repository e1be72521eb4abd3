package import TriageModel

/// A test that failed or was retried in a window.
package struct UnsteadyTest: Sendable, Equatable {
  /// The test's stable name.
  package var test: String
  /// Runs in which it failed, all attempts told.
  package var failures: Int
  /// Runs in which it was tried more than once.
  package var retried: Int
  /// Seconds of all its failed and retried results.
  package var seconds: Double
  /// The newest run in which it failed or was retried.
  package var lastSeen: RunKey

  /// Most runs that failed or were retried first, then by name.
  static func isWorse(_ left: UnsteadyTest, _ right: UnsteadyTest) -> Bool {
    (right.failures + right.retried, left.test) < (left.failures + left.retried, right.test)
  }
}

/// When a failure was seen.
package struct SignatureSpan: Sendable, Equatable {
  /// The oldest run that has it.
  package var first: RunKey
  /// The newest run that has it.
  package var last: RunKey
  /// How many results have it.
  package var count: Int
}

/// A test of a run and its leg.
package struct RunTest: Hashable, Sendable {
  /// The stable name.
  package let name: String
  /// The leg; empty where the run has none.
  package let leg: String

  /// A test in a leg.
  package init(name: String, leg: String) {
    self.name = name
    self.leg = leg
  }
}

/// Which run of a repository a person looked at last, and when.
package struct LastLook: Sendable, Equatable {
  /// The run; it may have been forgotten since.
  package var run: RunIdentity
  /// When it was looked at.
  package var at: Timestamp
  /// The run that was looked at before it; nil when it was the first.
  package var before: RunIdentity?

  /// A look at a run.
  package init(run: RunIdentity, at: Timestamp, before: RunIdentity? = nil) {
    self.run = run
    self.at = at
    self.before = before
  }
}

/// What a failure was called when it was judged first.
package struct KeptVerdict: Sendable, Equatable {
  /// The run that it failed in.
  package var run: RunKey
  /// The test's stable name.
  package var test: String
  /// What it was called.
  package var label: Verdict.Label

  /// A verdict on a failure.
  package init(run: RunKey, test: String, label: Verdict.Label) {
    self.run = run
    self.test = test
    self.label = label
  }
}

/// What pruning took away, or would.
package struct Pruned: Sendable, Equatable {
  /// Runs.
  package var runs: Int
  /// Results of those runs.
  package var results: Int

  /// A count of each.
  package init(runs: Int, results: Int) {
    self.runs = runs
    self.results = results
  }
}

extension Pruned {
  /// What goes with some runs.
  init(_ runs: ArraySlice<RunRecord>) {
    self.init(runs: runs.count, results: runs.reduce(0) { $0 + $1.resultCount })
  }
}

/// What adding a run did.
package enum RunAdded: Sendable, Equatable {
  /// The run was not known.
  case added(results: Int, newTests: Int)
  /// The run was known, and the report told more of it.
  case completed(results: Int, newTests: Int)
  /// The store knew all of it.
  case known
}

/// Which runs a question is about.
package struct HistoryFilter: Hashable, Sendable {
  /// How far back.
  package var window = HistoryWindow.all
  /// Only runs of this branch.
  package var branch: String?
  /// Only runs with all of these labels.
  package var labels: [String: String] = [:]
  /// At most this many runs, the newest.
  package var limit: Int?
  /// Only runs up to this one in time: what was known then.
  package var upTo: RunKey?

  /// All runs.
  package init() {}

  /// The newest runs of a window.
  package init(_ window: HistoryWindow, limit: Int? = nil) {
    self.window = window
    self.limit = limit
  }

  /// The same window of all branches and jobs: the runs that speak for those that are meant.
  package var ofAllStreams: HistoryFilter {
    var filter = self
    filter.branch = nil
    filter.labels = [:]
    return filter
  }
}

/// The runs of a repository at one version of the store: what every question about tests begins with.
///
/// The store keeps the last one and reads it anew only when the repository's version has moved, by whichever process.
package struct HistorySnapshot: Sendable, Equatable {
  /// Counts the changes of the repository's runs; 0 for one that was never heard of.
  package let version: Int64
  /// All runs, newest first; runs of one moment by their ids, which are mostly counters, then their sources.
  package let runs: [RunRecord]
  /// Where each run stands in time, in milliseconds since 1970.
  let times: [Int64]

  /// The runs that a filter lets through, newest first.
  package func runs(_ filter: HistoryFilter) -> [RunRecord] {
    var range = runs[...]
    if let run = filter.upTo { range = range[(range.firstIndex { $0.key == run } ?? range.endIndex)...] }
    if case .days(let days) = filter.window, let newest = times.first {
      let oldest = Self.moment(days: days, before: newest)
      range = range[..<max(range.startIndex, times.firstIndex { $0 < oldest } ?? times.endIndex)]
    }
    let limit = max(0, filter.limit ?? .max)
    if filter.branch == nil, filter.labels.isEmpty { return Array(range.prefix(limit)) }
    return Array(range.lazy.filter { Self.fits($0, filter) }.prefix(limit))
  }

  /// The runs that began more than so many days before the newest.
  func runs(olderThan days: Int) -> ArraySlice<RunRecord> {
    guard let newest = times.first else { return [] }
    let oldest = Self.moment(days: days, before: newest)
    return runs[(times.firstIndex { $0 < oldest } ?? runs.endIndex)...]
  }

  /// The oldest of the runs that began more than so many days before the newest, with about so many results in all; and
  /// whether those are all.
  func part(olderThan days: Int, results most: Int) -> (runs: ArraySlice<RunRecord>, isLast: Bool) {
    let old = runs(olderThan: days)
    var results = 0
    let count = old.reversed().prefix { run in
      results += run.resultCount
      return results <= most
    }.count
    return (old.suffix(max(1, count)), max(1, count) >= old.count)
  }

  private static func fits(_ run: RunRecord, _ filter: HistoryFilter) -> Bool {
    if let branch = filter.branch, run.branch != branch { return false }
    return filter.labels.allSatisfy { run.labels[$0.key] == $0.value }
  }

  /// So many days before a moment, in milliseconds.
  static func moment(days: Int, before moment: Int64) -> Int64 {
    moment - Int64(min(max(0, days), 10_000_000)) * 86_400_000
  }
}
