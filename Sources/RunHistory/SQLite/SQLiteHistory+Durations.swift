internal import GRDB
package import TriageModel

extension SQLiteHistory {
  /// Leaves other items out; their set is made once a run, and most runs have few.
  private static let isOfTest = """
    test NOT IN (SELECT id FROM tests INDEXED BY tests_by_kind
      WHERE repository = (SELECT repository FROM runs WHERE id = ?1) AND kind IS NOT NULL)
    """

  package func seconds(ofRuns runs: [RunKey]) throws(HistoryError) -> [RunKey: Double] {
    try read { database in
      // SQLite's `total` adds as real numbers: durations that a report lies about cannot overflow.
      let cursor = try Cursor(
        database,
        """
        SELECT count(duration), cast(total(duration) AS INTEGER) FROM results WHERE run = ?1 AND \(Self.isOfTest)
        """)
      var seconds: [RunKey: Double] = [:]
      for run in runs {
        cursor.bind(1, run.token)
        if try cursor.next(), cursor.int(0) > 0 { seconds[run] = Double(cursor.int(1)) / 10_000 }
        cursor.reset()
      }
      return seconds
    }
  }

  package func slowest(ofRun run: RunKey, limit: Int) throws(HistoryError) -> [(test: String, seconds: Double)] {
    try read { database in
      let cursor = try Cursor(
        database,
        """
        SELECT tests.name, longest FROM (
          SELECT test, max(duration) AS longest FROM results
          WHERE run = ?1 AND duration IS NOT NULL AND \(Self.isOfTest) GROUP BY test)
        JOIN tests ON tests.id = test ORDER BY longest DESC, tests.name LIMIT ?2
        """)
      cursor.bind(1, run.token)
      cursor.bind(2, Int64(max(0, limit)))
      var slowest: [(test: String, seconds: Double)] = []
      while try cursor.next() { slowest.append((cursor.text(0), Double(cursor.int(1)) / 10_000)) }
      return slowest
    }
  }
}
