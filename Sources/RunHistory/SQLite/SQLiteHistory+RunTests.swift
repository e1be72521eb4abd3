internal import GRDB
package import TriageModel

extension SQLiteHistory {
  package func tests(ofRun run: RunKey, limit: Int) throws(HistoryError) -> [RunTest] {
    try read { database in
      let cursor = try Cursor(
        database,
        """
        SELECT tests.name, leg FROM results JOIN tests ON tests.id = test WHERE run = ? LIMIT ?
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
