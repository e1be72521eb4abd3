internal import GRDB
package import TriageModel

extension SQLiteHistory {
  package func unsteady(
    in repository: String, _ filter: HistoryFilter
  ) throws(HistoryError) -> [UnsteadyTest] {
    try read { database in
      let cursor = try Cursor(
        database,
        """
        SELECT test, outcome, attempts, duration FROM results INDEXED BY results_unsteady
        WHERE run = ? AND (attempts IS NOT NULL OR outcome BETWEEN 1 AND 4)
        """)
      var found: [Int64: UnsteadyTest] = [:]
      for run in try snapshot(of: repository, in: database).runs(filter) {
        cursor.bind(1, run.key.token)
        while try cursor.next() {
          let none = UnsteadyTest(test: "", failures: 0, retried: 0, seconds: 0, lastSeen: run.key)
          found[cursor.int(0), default: none].add(cursor)
        }
        cursor.reset()
      }
      let names = try Self.names(of: Array(found.keys), in: database)
      for (id, name) in names { found[id]?.test = name }
      return found.values.sorted(by: UnsteadyTest.isWorse)
    }
  }

  package func spans(
    of signatures: [SignatureKey], in repository: String
  ) throws(HistoryError) -> [SignatureKey: SignatureSpan] {
    try read { database in
      let repository = try Self.number(ofRepository: repository, in: database)
      let cursor = try Cursor(
        database,
        """
        SELECT run, count(*), at FROM results INDEXED BY results_by_signature JOIN runs ON runs.id = run
        WHERE signature = ? AND repository = ? GROUP BY run ORDER BY at, source, name, attempt
        """)
      var spans: [SignatureKey: SignatureSpan] = [:]
      for key in signatures {
        cursor.bind(1, Int64(bitPattern: key.value))
        cursor.bind(2, repository)
        while try cursor.next() {
          let run = RunKey(token: cursor.int(0))
          spans[key, default: SignatureSpan(first: run, last: run, count: 0)].last = run
          spans[key]?.count += Int(cursor.int(1))
        }
        cursor.reset()
      }
      return spans
    }
  }

  package func text(
    of signature: SignatureKey, in repository: String
  ) throws(HistoryError) -> RunContent.SignatureText? {
    try read { database in
      let row = try Row.fetchOne(
        database, sql: "SELECT title, text FROM signatures WHERE repository = ? AND key = ?",
        arguments: [
          Self.number(ofRepository: repository, in: database), Int64(bitPattern: signature.value),
        ])
      return row.map { RunContent.SignatureText(title: $0["title"], text: $0["text"]) }
    }
  }
}

extension UnsteadyTest {
  fileprivate mutating func add(_ cursor: Cursor) {
    if Outcome(stored: cursor.int(1)).isFailing { failures += 1 }
    if cursor.optional(2) != nil { retried += 1 }
    seconds += Double(cursor.int(3)) / 10_000
  }
}
