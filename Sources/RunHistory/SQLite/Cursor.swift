internal import GRDB
internal import GRDBSQLite
internal import TriageModel

/// A prepared statement, bound and stepped without a value in between: a million rows pass through it.
struct Cursor: StoredRow {
  private let statement: Statement
  private let pointer: SQLiteStatement
  private let database: Database

  init(_ database: Database, _ sql: String) throws {
    self.database = database
    statement = try database.makeStatement(sql: sql)
    pointer = statement.sqliteStatement
  }

  /// Binds an integer or NULL to a place, counted from 1.
  func bind(_ place: Int32, _ value: Int64?) {
    if let value { sqlite3_bind_int64(pointer, place, value) } else { sqlite3_bind_null(pointer, place) }
  }

  /// Binds UTF-8 that outlives the next `run`.
  func bind(_ place: Int32, text bytes: UnsafeRawBufferPointer) {
    sqlite3_bind_text(pointer, place, bytes.baseAddress, Int32(clamping: bytes.count), nil)
  }

  /// Goes to the next row; false at the end.
  func next() throws -> Bool {
    switch sqlite3_step(pointer) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code:
      let message = String(cString: sqlite3_errmsg(database.sqliteConnection))
      sqlite3_reset(pointer)
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
    }
  }

  /// Carries a statement out that gives no rows, and makes it ready again.
  func run() throws {
    _ = try next()
    sqlite3_reset(pointer)
  }

  /// Makes the statement ready again.
  func reset() { sqlite3_reset(pointer) }

  /// A column's integer, counted from 0; 0 for NULL.
  func int(_ column: Int32) -> Int64 { sqlite3_column_int64(pointer, column) }

  /// A column's integer, counted from 0.
  func optional(_ column: Int32) -> Int64? {
    sqlite3_column_type(pointer, column) == SQLITE_NULL ? nil : sqlite3_column_int64(pointer, column)
  }

  /// A column's number, counted from 0; 0 for NULL.
  func double(_ column: Int32) -> Double { sqlite3_column_double(pointer, column) }

  /// A column's number, counted from 0.
  func optionalDouble(_ column: Int32) -> Double? {
    sqlite3_column_type(pointer, column) == SQLITE_NULL ? nil : double(column)
  }

  /// A column's text, counted from 0; empty for NULL.
  func text(_ column: Int32) -> String {
    guard let bytes = sqlite3_column_text(pointer, column) else { return "" }
    let count = Int(sqlite3_column_bytes(pointer, column))
    return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }

  /// A column's text, counted from 0; nil for NULL.
  func optionalText(_ column: Int32) -> String? {
    sqlite3_column_type(pointer, column) == SQLITE_NULL ? nil : text(column)
  }
}

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
      SELECT \(StoredResult.columns) FROM results WHERE run = ? \(choice.rawValue)
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
