internal import GRDB
package import TriageModel

/// Which run of a repository a person looked at last, and when.
package struct LastLook: Sendable, Equatable {
  /// The run; it may have been forgotten since.
  package var run: RunIdentity
  /// When it was looked at.
  package var at: Timestamp

  /// A look at a run.
  package init(run: RunIdentity, at: Timestamp) {
    self.run = run
    self.at = at
  }
}

extension HistoryStore {
  /// What a person looked at last in a repository; nil when nothing was ever looked at.
  package func lastLook(of repository: String) throws(HistoryError) -> LastLook? {
    try read { database in
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT source, looks.name AS run, attempt, at FROM looks JOIN repositories r ON r.id = repository
          WHERE r.name = ?
          """,
        arguments: [repository])
      return row.map { row in
        LastLook(
          run: RunIdentity(source: row["source"], id: row["run"], attempt: row["attempt"]),
          at: Timestamp(milliseconds: row["at"]))
      }
    }
  }

  /// Remembers what a person looked at in a repository; the look before it is forgotten.
  package func setLastLook(_ look: LastLook, of repository: String) throws(HistoryError) {
    try write { database in
      let number = try Self.number(ofRepository: repository, making: true, in: database)
      try database.execute(
        sql: "INSERT OR REPLACE INTO looks(repository, source, name, attempt, at) VALUES(?, ?, ?, ?, ?)",
        arguments: [number, look.run.source, look.run.id, look.run.attempt, look.at.milliseconds])
    }
  }
}
