package import TriageModel

extension HistoryStore {
  /// What a test did in one run, a result a leg; empty when it was not part of it.
  package func results(
    of test: String, inRun run: Int64, in repository: String
  ) throws(HistoryError) -> [ResultRecord] {
    try read { database in
      let cursor = try ResultCursor(database, of: .oneTest)
      let legs = try LegNames(database)
      var results: [ResultRecord] = []
      for number in try Self.numbers(of: [test], in: repository, database) where number != 0 {
        cursor.begin(run, number)
        while let result = try cursor.next() { results.append(try legs.record(run, result)) }
      }
      return results
    }
  }
}
