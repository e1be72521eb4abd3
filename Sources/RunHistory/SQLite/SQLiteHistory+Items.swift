internal import GRDB
package import TriageModel

extension SQLiteHistory {
  package func measures(
    of items: [String], in repository: String, _ filter: HistoryFilter
  ) throws(HistoryError) -> [[MeasureRecord]] {
    try read { database in
      let runs = try snapshot(of: repository, in: database).runs(filter).reversed().map(\.key.token)
      let cursor = try Cursor(
        database,
        """
        SELECT leg, value, outcome FROM measures JOIN results USING(run, test, leg) WHERE run = ? AND test = ? ORDER BY leg
        """)
      let legs = try LegNames(database)
      let numbers = try Self.numbers(of: items.map { StableName.of($0) }, in: repository, database)
      return try numbers.map { number in
        var found: [MeasureRecord] = []
        for run in runs where number != 0 {
          cursor.bind(1, run)
          cursor.bind(2, number)
          while try cursor.next() {
            let leg = try legs.shown(cursor.int(0), in: run)
            found.append(
              MeasureRecord(
                run: RunKey(token: run), leg: leg, outcome: Outcome(stored: cursor.int(2)), value: cursor.double(1)))
          }
          cursor.reset()
        }
        return found
      }
    }
  }

  package func items(ofRun run: RunKey, isWhole: Bool) throws(HistoryError) -> [ItemRecord] {
    try read { database in
      let cursor = try Cursor(
        database,
        """
        SELECT tests.name, results.leg, kind, outcome, value FROM results
        JOIN tests ON tests.id = results.test LEFT JOIN measures USING(run, test, leg)
        WHERE run = ? AND kind IS NOT NULL
        """)
      let legs = try LegNames(database, isWhole: isWhole)
      cursor.bind(1, run.token)
      var found: [ItemRecord] = []
      while try cursor.next() {
        found.append(
          ItemRecord(
            id: cursor.text(0), leg: try legs.shown(cursor.int(1), in: run.token), kind: cursor.text(2),
            outcome: Outcome(stored: cursor.int(3)), measure: cursor.optionalDouble(4)))
      }
      return found
    }
  }
}
