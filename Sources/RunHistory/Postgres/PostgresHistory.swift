internal import Synchronization
internal import TriageModel

/// The history that a team shares, in one PostgreSQL database: CI jobs add to it, engineers read it.
///
/// Who reads needs only SELECT: nothing is written on opening a history that is up to date. Each question and each run
/// that is added is one transaction. Writers of one repository come one after the other, by an advisory lock, so that
/// none waits for another in a circle; readers wait for nobody.
package final class PostgresHistory: HistoryStore {
  /// Seconds that the server may take for an answer.
  private static let longestReading = 60
  /// Seconds that it may take for a statement of an addition.
  private static let longestWriting = 600
  /// Seconds that a writer waits for others.
  private static let longestWaiting = 120
  /// Connections that are kept for the next question.
  private static let mostKept = 3
  /// Tells the program's advisory locks from others of the database.
  static let lock = 0x6173_7361

  /// Where it is.
  package let address: PostgresAddress
  /// Why nothing can be added: the role may only read, or the server is a copy that follows another; nil when it can.
  package private(set) var refusal: HistoryError? {
    get { refused.withLock { $0 } }
    set { refused.withLock { $0 = newValue } }
  }
  private let refused = Mutex<HistoryError?>(nil)
  private let free = Mutex<[PostgresLink]>([])
  /// The runs of repositories as they were read last; an answer checks their version first.
  let snapshots = Mutex<[String: HistorySnapshot]>([:])
  /// The failures of repositories' runs as they were read last.
  let failed = Mutex<[String: KnownFailures]>([:])
  /// Legs as they were read: a number never means another one.
  let legs = Mutex<[Int64: LegName]>([:])

  /// Connects to a shared history, making its tables where there are none.
  package init(_ address: PostgresAddress) throws(HistoryError) {
    self.address = address
    try prepare()
  }

  deinit { for link in free.withLock({ $0 }) { link.close() } }

  /// Asks in one transaction that sees one state of the history and can change nothing.
  func read<Value>(_ body: (PostgresLink) throws -> Value) throws(HistoryError) -> Value {
    let begin = """
      BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY; SET LOCAL jit = off; SET LOCAL search_path = assay;
      SET LOCAL statement_timeout = '\(Self.longestReading)s'
      """
    return try transaction(begin, Self.longestReading, isReading: true, body)
  }

  /// Changes the history in one transaction: all of it is kept, or nothing.
  func write<Value>(_ body: (PostgresLink) throws -> Value) throws(HistoryError) -> Value {
    let begin = """
      BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL jit = off; SET LOCAL search_path = assay;
      SET LOCAL statement_timeout = '\(Self.longestWriting)s'; SET LOCAL lock_timeout = '\(Self.longestWaiting)s';
      SET LOCAL idle_in_transaction_session_timeout = '\(Self.longestWaiting)s'
      """
    return try transaction(begin, Self.longestWriting, isReading: false, body)
  }

  private func transaction<Value>(
    _ begin: String, _ seconds: Int, isReading: Bool, _ body: (PostgresLink) throws -> Value
  ) throws(HistoryError) -> Value {
    let link = try begun(begin, seconds)
    do {
      let value = try body(link)
      try link.run("COMMIT")
      putBack(link)
      return value
    } catch {
      if (error as? PostgresError)?.isLost ?? false {
        link.close()
      } else if (try? link.run("ROLLBACK")) != nil {
        putBack(link)
      } else {
        link.close()
      }
      throw HistoryError(error, address.name, user: link.user, isReading: isReading)
    }
  }

  /// A connection in a transaction. One that was kept may have been ended by the server meanwhile: then it is a new one.
  private func begun(_ begin: String, _ seconds: Int) throws(HistoryError) -> PostgresLink {
    while var link = free.withLock({ $0.popLast() }) {
      link.seconds = seconds
      if (try? link.run(begin)) != nil { return link }
      link.close()
    }
    var link = try PostgresLink(address)
    link.seconds = seconds
    do {
      try link.run(begin)
      return link
    } catch {
      link.close()
      throw HistoryError(error, address.name, user: link.user, isReading: true)
    }
  }

  private func putBack(_ link: PostgresLink) {
    let isKept = free.withLock { free in
      if free.count >= Self.mostKept { return false }
      free.append(link)
      return true
    }
    if !isKept { link.close() }
  }
}

// MARK: - Opening

extension PostgresHistory {
  /// Looks at the version of the tables, and brings them up to date where that is due: of many at once one does it.
  private func prepare() throws(HistoryError) {
    let known = PostgresSchema.steps.count
    let found = try read { link in
      let version = try Self.version(link)
      if version != nil { refusal = try Self.refusal(link, address.name) }
      return version
    }
    if let found, found.version >= known {
      if found.compatible > known { throw .newer(found: found.version, known: known) }
      return
    }
    try write { link in
      try link.ask("SELECT pg_advisory_xact_lock($1)", .int(Int64(Self.lock)))
      let found = try Self.version(link)
      if found == nil, try link.ask("SELECT \(Self.namespace)").first?.optional(0) == nil {
        let words = "it has no history yet, and \(link.user) may not make one, which needs CREATE on the database"
        try Self.described(words) { try link.run(PostgresSchema.schema) }
      }
      let version = found?.version ?? 0
      if version >= known { return }
      let words = "its history is of an older assay, or none yet, and \(link.user) may not bring it up to date"
      try Self.described(words) {
        for step in PostgresSchema.steps[version...] { try link.run(step) }
        try link.ask(
          "UPDATE schema SET version = $1, compatible = greatest(compatible, $2)", .int(Int64(known)),
          .int(Int64(PostgresSchema.compatible)))
      }
    }
  }

  /// The version of the tables; nil where there are none.
  private static func version(_ link: PostgresLink) throws -> (version: Int, compatible: Int)? {
    // The catalogue is read as a table: functions like `to_regclass` answer from a cache that does not know what another
    // one made while the lock was waited for.
    let table = "SELECT 1 FROM pg_class WHERE relname = 'schema' AND relnamespace = \(namespace)"
    if try link.ask(table).count == 0 { return nil }
    guard let row = try link.ask("SELECT version, compatible FROM assay.schema").first else { return nil }
    return (Int(row.int(0)), Int(row.int(1)))
  }

  private static let namespace = "(SELECT oid FROM pg_namespace WHERE nspname = 'assay')"

  private static func refusal(_ link: PostgresLink, _ name: String) throws -> HistoryError? {
    let rights = try link.ask("SELECT has_table_privilege('assay.runs', 'INSERT'), pg_is_in_recovery()").first
    if rights?.int(1) == 1 { return .system("\(name): it follows another server, and can only be read") }
    return rights?.int(0) == 1 ? nil : .mayOnlyRead(name, user: link.user, "no INSERT on assay.runs")
  }

  /// Says what a right that is missing is needed for.
  private static func described(_ words: String, _ body: () throws -> Void) throws {
    do { try body() } catch let error as PostgresError where ["42501", "25006"].contains(error.code) {
      throw HistoryError.system("\(words) (\(error.message))")
    }
  }
}
