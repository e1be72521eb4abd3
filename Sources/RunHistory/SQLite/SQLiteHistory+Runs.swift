internal import GRDB
internal import Synchronization
package import TriageModel

extension SQLiteHistory {
  /// All runs of a repository as they are now; read only when they are not what they were.
  package func snapshot(of repository: String) throws(HistoryError) -> HistorySnapshot {
    try read { try snapshot(of: repository, in: $0) }
  }

  package func received(_ run: RunKey) throws(HistoryError) -> Int64? {
    try read { database in
      try Int64.fetchOne(
        database, sql: "SELECT received FROM runs WHERE id = ? AND at = received", arguments: [run.token])
    }
  }

  func snapshot(of repository: String, in database: Database) throws -> HistorySnapshot {
    let row = try Row.fetchOne(
      database, sql: "SELECT id, version FROM repositories WHERE name = ?", arguments: [repository])
    guard let row else { return HistorySnapshot(version: 0, runs: [], times: []) }
    let version: Int64 = row["version"]
    if let known = snapshots.withLock({ $0[repository] }), known.version == version { return known }
    let snapshot = try RunReader(database: database, repository: row["id"]).snapshot(version)
    snapshots.withLock { $0[repository] = snapshot }
    return snapshot
  }
}

/// Reads the runs of a repository with two statements, however many there are.
private struct RunReader {
  let database: Database
  let repository: Int64

  func snapshot(_ version: Int64) throws -> HistorySnapshot {
    let labels = try labels()
    let cursor = try Cursor(
      database,
      """
      SELECT \(RunRecord.columns) FROM runs
      WHERE repository = ? ORDER BY at DESC, length(CAST(name AS BLOB)) DESC, name DESC, source DESC, attempt DESC
      """)
    cursor.bind(1, repository)
    var runs: [RunRecord] = []
    var times: [Int64] = []
    while try cursor.next() {
      var record = RunRecord(cursor)
      if let labels = labels[record.key.token] { record.labels = labels }
      runs.append(record)
      times.append(cursor.int(8))
    }
    return HistorySnapshot(version: version, runs: runs, times: times)
  }

  private func labels() throws -> [Int64: [String: String]] {
    let cursor = try Cursor(
      database,
      """
      SELECT run, labels.name, value FROM labels
      WHERE value <> '' AND run IN (SELECT id FROM runs WHERE repository = ?) ORDER BY run
      """)
    cursor.bind(1, repository)
    var labels: [Int64: [String: String]] = [:]
    while try cursor.next() { labels[cursor.int(0), default: [:]][cursor.text(1)] = cursor.text(2) }
    return labels
  }
}

extension SQLiteHistory {
  package func tests(ofRun run: RunKey, limit: Int) throws(HistoryError) -> [RunTest] {
    try read { database in
      let cursor = try Cursor(
        database,
        """
        SELECT tests.name, leg FROM results JOIN tests ON tests.id = test WHERE run = ? AND kind IS NULL LIMIT ?
        """)
      cursor.bind(1, run.token)
      cursor.bind(2, Int64(limit))
      let legs = try LegNames(database)
      var found: [RunTest] = []
      while try cursor.next() {
        found.append(RunTest(name: cursor.text(0), leg: try legs.shown(cursor.int(1), in: run.token)))
      }
      return found
    }
  }
}

extension SQLiteHistory {
  package func compare(
    _ before: RunKey, _ after: RunKey, limit: Int, where isWanted: ((String) -> Bool)?
  ) throws(HistoryError) -> RunComparison {
    try read { database in
      let legs = try LegNames(database)
      let names = try Cursor(database, "SELECT name FROM tests WHERE id = ?")
      func side(_ run: RunKey) throws -> RunSide {
        let cursor = try ResultCursor(database)
        cursor.begin(run.token)
        return RunSide(run: run, next: { try cursor.next() }, legName: { try legs.shown($0, in: run.token) })
      }
      var join = try RunJoin(side(before), side(after), limit: limit) { test in
        names.bind(1, test)
        defer { names.reset() }
        return try names.next() ? names.text(0) : ""
      }
      try join.walk(isWanted)
      return try join.comparison()
    }
  }
}

extension SQLiteHistory {
  package func tests(fitting text: String, in repository: String) throws(HistoryError) -> [String] {
    try read { database in
      let repository = try Self.number(ofRepository: repository, in: database)
      let parts = try String.fetchAll(
        database,
        sql: """
          SELECT name FROM tests WHERE repository = ? AND instr(lower(name), lower(?)) > 0
          ORDER BY substr(name, -length(?)) <> ?, name LIMIT 100
          """,
        arguments: [repository, text, text, text])
      let ends = parts.filter { $0.hasSuffix(text) }
      return ends.isEmpty ? parts : ends
    }
  }
}
