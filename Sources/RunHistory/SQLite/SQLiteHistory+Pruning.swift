internal import GRDB
internal import TriageModel

extension SQLiteHistory {
  /// The file does not shrink by it: its free pages are used by the runs that come next (see `compact`).
  package func prune(
    _ repository: String, keepDays days: Int, isDryRun: Bool = false
  ) throws(HistoryError) -> Pruned {
    isDryRun ? Pruned(try snapshot(of: repository).runs(olderThan: days)) : try prune(repository, days, part: 200_000)
  }

  /// - Parameter part: Results that one transaction removes: other processes wait no longer than that takes.
  func prune(_ repository: String, _ days: Int, part: Int) throws(HistoryError) -> Pruned {
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
    let old = snapshot.runs(olderThan: days)
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
    try forgetter.forget(part.map(\.key.token))
    if part.count == old.count { try forgetter.forgetTexts() }
    try Self.countUp(number, in: database)
    return Pruned(part)
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
}

extension Pruned {
  /// What goes with some runs.
  init(_ runs: ArraySlice<RunRecord>) {
    self.init(runs: runs.count, results: runs.reduce(0) { $0 + $1.counts.total })
  }
}
