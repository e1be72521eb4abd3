internal import GRDB

extension HistoryStore {
  /// The tests of a run by their stable names, each with its leg, at most so many.
  package func tests(ofRun run: Int64, limit: Int) throws(HistoryError) -> [RunTest] {
    try read { database in
      let cursor = try Cursor(
        database,
        """
        SELECT tests.name, leg FROM results JOIN tests ON tests.id = test WHERE run = ? LIMIT ?
        """)
      cursor.bind(1, run)
      cursor.bind(2, Int64(limit))
      let legs = try LegNames(database)
      var found: [RunTest] = []
      while try cursor.next() {
        found.append(RunTest(name: cursor.text(0), leg: try legs.shown(cursor.int(1), in: run)))
      }
      return found
    }
  }
}

/// A test of a run and its leg.
package struct RunTest: Hashable, Sendable {
  /// The stable name.
  package let name: String
  /// The leg; empty where the run has none.
  package let leg: String

  /// A test in a leg.
  package init(name: String, leg: String) {
    self.name = name
    self.leg = leg
  }
}
