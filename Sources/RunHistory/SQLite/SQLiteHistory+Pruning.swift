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
    let (part, isLast) = snapshot.part(olderThan: days, results: most)
    if part.isEmpty { return Pruned(runs: 0, results: 0) }
    let number = try Self.number(ofRepository: repository, in: database)
    let forgetter = RunForgetter(database: database, repository: number, kept: snapshot.runs.dropLast(part.count))
    try forgetter.forget(part.map(\.key.token))
    if isLast { try forgetter.forgetTexts() }
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

/// Removes runs, and what no other run tells of, inside a transaction.
struct RunForgetter {
  let database: Database
  let repository: Int64
  /// The runs that stay, newest first.
  let kept: ArraySlice<RunRecord>

  /// Removes runs with the tests and legs that only they name.
  func forget(_ runs: [Int64]) throws {
    let (tests, legs) = try named(by: runs)
    let results = try Cursor(database, "DELETE FROM results WHERE run = ?")
    let measures = try Cursor(database, "DELETE FROM measures WHERE run = ?")
    let verdicts = try Cursor(database, "DELETE FROM verdicts WHERE run = ?")
    let run = try Cursor(database, "DELETE FROM runs WHERE id = ?")
    for number in runs {
      results.bind(1, number)
      try results.run()
      measures.bind(1, number)
      try measures.run()
      verdicts.bind(1, number)
      try verdicts.run()
      run.bind(1, number)
      try run.run()
    }
    try delete("DELETE FROM tests WHERE id = ?", try unheard(tests))
    try delete("DELETE FROM legs WHERE id = ? AND NOT EXISTS(SELECT 1 FROM results WHERE leg = legs.id)", legs)
  }

  /// The tests and the legs that runs name.
  private func named(by runs: [Int64]) throws -> (tests: Set<Int64>, legs: Set<Int64>) {
    let cursor = try Cursor(database, "SELECT test, leg FROM results WHERE run = ?")
    var tests: Set<Int64> = []
    var legs: Set<Int64> = []
    for run in runs {
      cursor.bind(1, run)
      while try cursor.next() {
        tests.insert(cursor.int(0))
        if cursor.int(1) != 0 { legs.insert(cursor.int(1)) }
      }
      cursor.reset()
    }
    return (tests, legs)
  }

  /// The tests of a set that no kept run has: most are in the newest, so that few runs are asked.
  private func unheard(_ tests: Set<Int64>) throws -> Set<Int64> {
    let whole = try Cursor(database, "SELECT test FROM results WHERE run = ?")
    let one = try Cursor(database, "SELECT 1 FROM results WHERE run = ? AND test = ?")
    var left = tests
    for run in kept where !left.isEmpty {
      if left.count * 8 > run.resultCount {
        whole.bind(1, run.key.token)
        while try whole.next() { left.remove(whole.int(0)) }
        whole.reset()
        continue
      }
      one.bind(1, run.key.token)
      for test in left {
        one.bind(2, test)
        if try one.next() { left.remove(test) }
        one.reset()
      }
    }
    return left
  }

  private func delete(_ sql: String, _ numbers: Set<Int64>) throws {
    let cursor = try Cursor(database, sql)
    for number in numbers {
      cursor.bind(1, number)
      try cursor.run()
    }
  }

  /// Removes the texts of signatures that no run has any more; another repository's runs have theirs there.
  func forgetTexts() throws {
    let cursor = try Cursor(
      database,
      """
      DELETE FROM signatures WHERE repository = ?1 AND NOT EXISTS(
        SELECT 1 FROM results INDEXED BY results_by_signature JOIN runs ON runs.id = run
        WHERE signature = key AND runs.repository = ?1)
      """)
    cursor.bind(1, repository)
    try cursor.run()
  }
}
