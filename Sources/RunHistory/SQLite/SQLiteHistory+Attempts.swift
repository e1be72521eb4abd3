package import TriageModel

extension SQLiteHistory {
  package func results(
    of test: String, inRun run: RunKey, in repository: String
  ) throws(HistoryError) -> [ResultRecord] {
    try read { database in
      let cursor = try ResultCursor(database, of: .oneTest)
      let legs = try LegNames(database)
      var results: [ResultRecord] = []
      for number in try Self.numbers(of: [StableName.of(test)], in: repository, database) where number != 0 {
        cursor.begin(run.token, number)
        while let result = try cursor.next() { results.append(try legs.record(run.token, result)) }
      }
      return results
    }
  }
}
