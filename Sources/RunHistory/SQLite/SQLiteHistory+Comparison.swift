package import TriageModel

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
