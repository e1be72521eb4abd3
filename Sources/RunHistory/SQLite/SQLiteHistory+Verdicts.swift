internal import GRDB
package import TriageModel

extension SQLiteHistory {
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
