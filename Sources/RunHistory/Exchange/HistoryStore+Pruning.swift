internal import GRDB

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
  /// The days count back from the newest run: a repository that rests loses nothing. `isDryRun` only counts.
  package func prune(_ repository: String, keepDays days: Int, isDryRun: Bool = false) throws(HistoryError) -> Pruned {
    try write { database in
      let number = try Self.number(ofRepository: repository, in: database)
      let kept = Int64(clamping: min(max(0, days), 1_000_000)) * 86_400_000
      let newest =
        try Int64.fetchOne(database, sql: "SELECT max(at) FROM runs WHERE repository = ?", arguments: [number]) ?? 0
      let condition = "repository = ? AND at < ?"
      let arguments: StatementArguments = [number, newest - kept]
      let row = try Row.fetchOne(
        database, sql: "SELECT count(*) AS runs, coalesce(sum(tests), 0) AS results FROM runs WHERE \(condition)",
        arguments: arguments)
      let pruned = Pruned(runs: row?["runs"] ?? 0, results: row?["results"] ?? 0)
      if isDryRun || pruned.runs == 0 { return pruned }
      try database.execute(sql: "DELETE FROM runs WHERE \(condition)", arguments: arguments)
      try forget(number, in: database)
      return pruned
    }
  }

  /// Removes the tests and the texts of a repository that no run tells of any more.
  private func forget(_ repository: Int64, in database: Database) throws {
    try database.execute(
      sql: "DELETE FROM tests WHERE repository = ? AND id NOT IN (SELECT test FROM results)", arguments: [repository])
    try database.execute(
      sql: """
        DELETE FROM signatures
        WHERE repository = ? AND key NOT IN (SELECT signature FROM results WHERE signature IS NOT NULL)
        """,
      arguments: [repository])
  }
}
