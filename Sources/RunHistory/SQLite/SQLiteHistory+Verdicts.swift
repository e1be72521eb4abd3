internal import GRDB
package import TriageModel

extension SQLiteHistory {
  static func keep(
    _ verdicts: [String: Verdict.Label], ofRun run: RunIdentity, of repository: Int64, in database: Database
  ) throws {
    if verdicts.isEmpty { return }
    let key = try Int64.fetchOne(
      database, sql: "SELECT id FROM runs WHERE repository = ? AND source = ? AND name = ? AND attempt = ?",
      arguments: [repository, run.source, run.id, run.attempt])
    guard let key else { return }
    let test = try Cursor(database, "SELECT id FROM tests WHERE hash = ?")
    let insert = try database.makeStatement(sql: "INSERT OR IGNORE INTO verdicts VALUES(?, ?, ?)")
    for (name, label) in verdicts.sorted(by: { $0.key < $1.key }) {
      test.bind(1, Self.hash(of: StableName.of(name), in: repository))
      if try test.next() { try insert.execute(arguments: [key, test.int(0), label.word]) }
      test.reset()
    }
  }

  package func verdicts(of runs: [RunKey]) throws(HistoryError) -> [KeptVerdict] {
    try read { database in
      let cursor = try Cursor(
        database,
        "SELECT tests.name, label FROM verdicts JOIN tests ON tests.id = test WHERE run = ? ORDER BY tests.name")
      var found: [KeptVerdict] = []
      for run in runs {
        cursor.bind(1, run.token)
        while try cursor.next() {
          // A word of a later version is none that this one can judge.
          guard let label = Verdict.Label(word: cursor.text(1)) else { continue }
          found.append(KeptVerdict(run: run, test: cursor.text(0), label: label))
        }
        cursor.reset()
      }
      return found
    }
  }
}
