internal import GRDB
package import TriageModel

/// How a run differs from an earlier one.
package struct RunComparison: Sendable, Equatable {
  /// A test in both runs, or in one.
  package struct Item: Sendable, Equatable {
    /// The test's stable name.
    package var test: String
    /// What it did in the earlier run; nil when it was not there.
    package var before: ResultRecord?
    /// What it did in the later run; nil when it was not there.
    package var after: ResultRecord?
  }

  /// Fails now and did not before; tests that are new and fail are here as well.
  package var newlyFailing: [Item] = []
  /// Failed before and does not now.
  package var fixed: [Item] = []
  /// Fails in both.
  package var stillFailing: [Item] = []
  /// Only in the later run.
  package var added: [Item] = []
  /// Only in the earlier run.
  package var vanished: [Item] = []
  /// Took at least twice as long and half a second longer, the greatest difference first.
  package var slower: [Item] = []
}

extension HistoryStore {
  /// Compares two runs by test and leg; each list is in the order of the tests' names.
  package func compare(_ before: Int64, _ after: Int64) throws(HistoryError) -> RunComparison {
    try read { database in
      var items: [(test: Int64, before: ResultRecord?, after: ResultRecord?)] = []
      var earlier: [Key: ResultRecord] = [:]
      let reader = try ResultReader(database)
      try reader.read(run: before) { earlier[Key(test: $0, leg: $1.leg)] = $1 }
      try reader.read(run: after) { test, result in
        let known = earlier.removeValue(forKey: Key(test: test, leg: result.leg))
        if Self.isOfNote(known, result) { items.append((test, known, result)) }
      }
      for (key, result) in earlier { items.append((key.test, result, nil)) }
      let names = try Self.names(of: items.map(\.test), in: database)
      let named = items.map { RunComparison.Item(test: names[$0.test] ?? "", before: $0.before, after: $0.after) }
      return Self.sorted(named)
    }
  }

  private struct Key: Hashable {
    var test: Int64
    var leg: String
  }

  private static func isOfNote(_ before: ResultRecord?, _ after: ResultRecord) -> Bool {
    guard let before else { return true }
    return before.outcome.isFailing || after.outcome.isFailing || isSlower(before, after)
  }

  private static func isSlower(_ before: ResultRecord, _ after: ResultRecord) -> Bool {
    guard let old = before.duration, let new = after.duration else { return false }
    return new >= old * 2 && new - old >= 0.5
  }

  private static func sorted(_ items: [RunComparison.Item]) -> RunComparison {
    var comparison = RunComparison()
    for item in items.sorted(by: { ($0.test, $0.after?.leg ?? "") < ($1.test, $1.after?.leg ?? "") }) {
      let failed = item.before?.outcome.isFailing ?? false
      let fails = item.after?.outcome.isFailing ?? false
      if item.before == nil { comparison.added.append(item) }
      if item.after == nil { comparison.vanished.append(item) }
      if fails { if failed { comparison.stillFailing.append(item) } else { comparison.newlyFailing.append(item) } }
      if failed, !fails, item.after != nil { comparison.fixed.append(item) }
      if let before = item.before, let after = item.after, isSlower(before, after) { comparison.slower.append(item) }
    }
    func gain(_ item: RunComparison.Item) -> Double { (item.after?.duration ?? 0) - (item.before?.duration ?? 0) }
    comparison.slower.sort { gain($0) > gain($1) }
    return comparison
  }
}
