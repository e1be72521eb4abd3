internal import Synchronization
internal import TriageModel

/// The history that a team shares, in one PostgreSQL database: CI jobs add to it, engineers read it.
///
/// Who reads needs only SELECT: nothing is written on opening a history that is up to date. Each question and each run
/// that is added is one transaction. Writers of one repository come one after the other, by an advisory lock, so that
/// none waits for another in a circle; readers wait for nobody.
package final class PostgresHistory: HistoryStore {
  /// Connections that are kept for the next question.
  private static let mostKept = 3
  /// Tells the program's advisory locks from others of the database.
  static let lock = 0x6173_7361

  /// Where it is.
  package let address: PostgresAddress
  private let limits: PostgresLimits
  /// Why nothing can be added: the role may only read, or the server is a copy that follows another; nil when it can.
  package private(set) var refusal: HistoryError? {
    get { refused.withLock { $0 } }
    set { refused.withLock { $0 = newValue } }
  }
  private let refused = Mutex<HistoryError?>(nil)
  private let free = Mutex<[PostgresLink]>([])
  /// Why the server was waited for in vain, and until when nothing waits for it again: a command asks many questions.
  private let silence = Mutex<(error: HistoryError, end: ContinuousClock.Instant)?>(nil)
  /// The runs of repositories as they were read last; an answer checks their version first.
  let snapshots = Mutex<[String: HistorySnapshot]>([:])
  /// The failures of repositories' runs as they were read last.
  let failed = Mutex<[String: KnownFailures]>([:])
  /// Legs as they were read: a number never means another one.
  let legs = Mutex<[Int64: LegName]>([:])

  /// Connects to a shared history, making its tables where there are none.
  package convenience init(_ address: PostgresAddress) throws(HistoryError) {
    try self.init(address, limits: PostgresLimits())
  }

  /// Connects with other patience: for tests.
  init(_ address: PostgresAddress, limits: PostgresLimits) throws(HistoryError) {
    self.address = address
    self.limits = limits
    try prepare()
  }

  deinit { closeKept() }

  /// Asks in one transaction that sees one state of the history and can change nothing.
  func read<Value>(_ body: (PostgresLink) throws -> Value) throws(HistoryError) -> Value {
    try read(within: limits.reading, body)
  }

  private func read<Value>(
    within seconds: Int, _ body: (PostgresLink) throws -> Value
  ) throws(HistoryError) -> Value {
    let begin = """
      BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY; SET LOCAL jit = off; SET LOCAL search_path = assay;
      SET LOCAL statement_timeout = '\(seconds)s'
      """
    return try transaction(begin, seconds, isReading: true, body)
  }

  /// Changes the history in one transaction: all of it is kept, or nothing.
  func write<Value>(_ body: (PostgresLink) throws -> Value) throws(HistoryError) -> Value {
    let begin = """
      BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL jit = off; SET LOCAL search_path = assay;
      SET LOCAL statement_timeout = '\(limits.writing)s'; SET LOCAL lock_timeout = '\(limits.waiting)s';
      SET LOCAL idle_in_transaction_session_timeout = '\(limits.waiting)s'
      """
    return try transaction(begin, limits.writing, isReading: false, body)
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
      throw noted(error, link, isReading: isReading)
    }
  }

  /// A connection in a transaction. One that was kept may have been ended by the server meanwhile: then it is a new one.
  private func begun(_ begin: String, _ seconds: Int) throws(HistoryError) -> PostgresLink {
    if let silence = silence.withLock({ $0 }), ContinuousClock.now < silence.end { throw silence.error }
    while var link = free.withLock({ $0.popLast() }) {
      link.seconds = limits.opening
      do {
        try link.run(begin)
        link.seconds = seconds
        return link
      } catch {
        link.close()
        // Where one waits in vain, the others would too, one after the other.
        if error.isLate { closeKept() }
      }
    }
    var link = try connected()
    do {
      try link.run(begin)
      link.seconds = seconds
      return link
    } catch {
      link.close()
      throw noted(error, link, isReading: true)
    }
  }

  private func connected() throws(HistoryError) -> PostgresLink {
    let start = ContinuousClock.now
    do throws(HistoryError) { return try PostgresLink(address, limits) } catch {
      if ContinuousClock.now - start > .seconds(1) { keepSilence(error) }
      throw error
    }
  }

  /// What an error means; of a server that was waited for in vain nothing more is asked for a while.
  private func noted(_ error: any Error, _ link: PostgresLink, isReading: Bool) -> HistoryError {
    let words = HistoryError(error, address.name, user: link.user, isReading: isReading)
    if error.isLate { keepSilence(words) }
    return words
  }

  private func keepSilence(_ error: HistoryError) {
    silence.withLock { $0 = (error, .now + .seconds(limits.silence)) }
  }

  private func closeKept() {
    let kept = free.withLock { free in
      defer { free = [] }
      return free
    }
    for link in kept { link.close() }
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
    let found = try read(within: limits.opening) { link in
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
    let rights = try link.ask(
      """
      SELECT has_table_privilege('assay.runs', 'INSERT'), pg_is_in_recovery(),
        current_setting('default_transaction_read_only') = 'on'
      """
    ).first
    if rights?.int(1) == 1 { return .takesNoChanges(name, "it follows another server") }
    if rights?.int(2) == 1 { return .takesNoChanges(name, "default_transaction_read_only is on") }
    return rights?.int(0) == 1 ? nil : .mayOnlyRead(name, user: link.user, "no INSERT on assay.runs")
  }

  /// Says what a right that is missing is needed for.
  private static func described(_ words: String, _ body: () throws -> Void) throws {
    do { try body() } catch let error as PostgresError where error.code == "42501" {
      throw HistoryError.system("\(words) (\(error.message))")
    }
  }
}
