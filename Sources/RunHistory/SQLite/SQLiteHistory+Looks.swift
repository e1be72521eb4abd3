internal import GRDB
internal import TriageModel

extension SQLiteHistory {
  package func lastLook(of repository: String, job: String) throws(HistoryError) -> LastLook? {
    try read { database in
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT source, looks.name AS run, attempt, at, before_source, before_name, before_attempt FROM looks JOIN repositories r ON r.id = repository
          WHERE r.name = ? AND job = ?
          """,
        arguments: [repository, job])
      return row.map { row in
        LastLook(
          run: RunIdentity(source: row["source"], id: row["run"], attempt: row["attempt"]),
          at: Timestamp(milliseconds: row["at"]), before: Self.before(row))
      }
    }
  }

  private static func before(_ row: Row) -> RunIdentity? {
    guard let source: String = row["before_source"], let name: String = row["before_name"] else { return nil }
    return RunIdentity(source: source, id: name, attempt: row["before_attempt"] ?? 1)
  }

  package func setLastLook(_ look: LastLook, of repository: String, job: String) throws(HistoryError) {
    try write { database in
      let number = try Self.number(ofRepository: repository, making: true, in: database)
      try database.execute(
        sql: "INSERT OR REPLACE INTO looks VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          number, job, look.run.source, look.run.id, look.run.attempt, look.at.milliseconds, look.before?.source,
          look.before?.id, look.before?.attempt,
        ])
    }
  }
}
