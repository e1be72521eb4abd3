internal import GRDB
internal import TriageModel

/// Goes through the results of a run, in order of test number and leg.
struct ResultCursor {
  /// Which results of a run are meant.
  enum Choice: String {
    /// All: the run is bound.
    case all = ""
    /// One test's: the run and the test are bound.
    case oneTest = "AND test = ?"
    /// Those of a range of tests: the run, the first and the last test are bound.
    case range = "AND test BETWEEN ? AND ?"
  }

  private let cursor: Cursor

  init(_ database: Database, of choice: Choice = .all) throws {
    cursor = try Cursor(
      database,
      """
      SELECT test, leg, outcome, attempts, duration, signature FROM results WHERE run = ? \(choice.rawValue)
      ORDER BY test, leg
      """)
  }

  /// Goes before the first result of what is bound.
  func begin(_ values: Int64...) {
    cursor.reset()
    for (place, value) in values.enumerated() { cursor.bind(Int32(place + 1), value) }
  }

  /// The next result; nil at the end, where the statement is let go.
  func next() throws -> StoredResult? {
    if try cursor.next() { return StoredResult(cursor) }
    cursor.reset()
    return nil
  }
}
