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
    guard let row else { return HistorySnapshot(version: 0, runs: [], places: []) }
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
      SELECT id, source, name, attempt, sha, title, branch, started, at, complete, counts FROM runs WHERE repository = ?
      ORDER BY at DESC, length(CAST(name AS BLOB)) DESC, name DESC, source DESC, attempt DESC
      """)
    cursor.bind(1, repository)
    var runs: [RunRecord] = []
    var places: [Int64] = []
    while try cursor.next() {
      var record = Self.record(cursor)
      if let labels = labels[record.key.token] { record.labels = labels }
      runs.append(record)
      places.append(cursor.int(8))
    }
    return HistorySnapshot(version: version, runs: runs, places: places)
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

  private static func record(_ cursor: Cursor) -> RunRecord {
    var record = RunRecord(
      key: RunKey(token: cursor.int(0)),
      identity: RunIdentity(source: cursor.text(1), id: cursor.text(2), attempt: Int(cursor.int(3))))
    record.commit = cursor.optionalText(4)
    record.commitTitle = cursor.optionalText(5)
    record.branch = cursor.optionalText(6)
    // A run that does not stand where it says it began has a wrong clock: then nothing tells when that was.
    if let started = cursor.optional(7), started == cursor.int(8) {
      record.startedAt = Timestamp(milliseconds: started)
    }
    record.isComplete = cursor.int(9) != 0
    let counts = cursor.text(10).utf8.split(separator: UInt8(ascii: ","))
    for (outcome, count) in zip(Outcome.allCases, counts) { record.counts[outcome] = Int(Substring(count)) ?? 0 }
    return record
  }
}
