internal import GRDB
package import TriageModel

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

extension HistoryStore {
  /// What a person looked at last of a job of a repository; nil when nothing was ever looked at.
  ///
  /// - Parameter job: What tells jobs apart: the branch and the labels.
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

  /// Remembers what a person looked at of a job, in place of what was remembered.
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
