internal import GRDB
internal import TriageModel

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

extension HistoryStore {
  /// Removes a repository's runs that began more than `days` before its newest run, and what only they told of.
  ///
  /// The days count back from the newest run: a repository that rests loses nothing. `isDryRun` only counts. The file
  /// does not shrink by it: its free pages are used by the runs that come next (see `compact`).
  ///
  /// - Parameter part: Results that one transaction removes: other processes wait no longer than that takes.
  package func prune(
    _ repository: String, keepDays days: Int, isDryRun: Bool = false, part: Int = 200_000
  ) throws(HistoryError) -> Pruned {
    if isDryRun { return Self.pruned(old(try snapshot(of: repository), days)) }
    var gone = Pruned(runs: 0, results: 0)
    while true {
      let some = try write { try forgetPart(part, of: repository, days, in: $0) }
      if some.runs == 0 { return gone }
      gone.runs += some.runs
      gone.results += some.results
    }
  }

  /// Removes the oldest of the runs that are too old.
  private func forgetPart(_ most: Int, of repository: String, _ days: Int, in database: Database) throws -> Pruned {
    let snapshot = try snapshot(of: repository, in: database)
    let old = old(snapshot, days)
    var results = 0
    let part = old.suffix(
      max(
        1,
        old.reversed().prefix { run in
          results += run.counts.total
          return results <= most
        }.count))
    if part.isEmpty { return Pruned(runs: 0, results: 0) }
    let number = try Self.number(ofRepository: repository, in: database)
    let forgetter = RunForgetter(database: database, repository: number, kept: snapshot.runs.dropLast(part.count))
    try forgetter.forget(part.map(\.number))
    if part.count == old.count { try forgetter.forgetTexts() }
    try Self.countUp(number, in: database)
    return Self.pruned(part)
  }

  /// Gives the space of what was removed back to the disk, when that is a quarter of the file or more.
  ///
  /// It needs room for the store once more, and nobody who writes; where either is missing the file stays as it is.
  package func compact() {
    try? pool.writeWithoutTransaction { database in
      let free = try Int.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
      let all = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
      guard free > 0, free * 4 >= all else { return }
      try database.execute(sql: "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")
    }
  }

  private func old(_ snapshot: HistorySnapshot, _ days: Int) -> ArraySlice<RunRecord> {
    guard let newest = snapshot.places.first else { return [] }
    let oldest = HistorySnapshot.moment(days: days, before: newest)
    return snapshot.runs[(snapshot.places.firstIndex { $0 < oldest } ?? snapshot.runs.endIndex)...]
  }

  private static func pruned(_ runs: ArraySlice<RunRecord>) -> Pruned {
    Pruned(runs: runs.count, results: runs.reduce(0) { $0 + $1.counts.total })
  }
}
