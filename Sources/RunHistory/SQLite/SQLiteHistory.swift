internal import Foundation
internal import GRDB
internal import Synchronization

/// The history as one SQLite file for all repositories of a person.
///
/// Several processes may use it at once (a write-ahead log; a writer waits ten seconds for another). A run is added in
/// one transaction: a process that dies leaves all of it or nothing.
package final class SQLiteHistory: HistoryStore, LookStore {
  /// What opening had to say: a damaged store was set aside.
  package let notice: String?
  /// The file.
  package let path: String
  let pool: DatabasePool
  /// The runs of repositories as they were read last; an answer checks their version first.
  let snapshots = Mutex<[String: HistorySnapshot]>([:])
  /// The failures of repositories' runs as they were read last.
  let failed = Mutex<[String: KnownFailures]>([:])

  /// Opens the store at a path, making it and its folder when they are not there.
  ///
  /// A damaged file is renamed beside the new one, never deleted. A file of a newer schema is left alone.
  package convenience init(path: String) throws(HistoryError) {
    try self.init(path: path, steps: Schema.steps)
  }

  /// Opens a store that knows other steps: for tests of migrations.
  init(path: String, steps: [String]) throws(HistoryError) {
    self.path = path
    try Self.makeFolder(of: path)
    do {
      pool = try Self.open(path, steps: steps)
      notice = nil
    } catch .damaged {
      let (opened, words) = try DamagedStore(path: path).replace { () throws(HistoryError) in
        try Self.open(path, steps: steps)
      }
      pool = opened
      notice = words
    }
  }

  /// The bytes that the store takes on disk, the write-ahead log included.
  package var size: Int {
    ["", "-wal"].reduce(0) { sum, suffix in
      sum + ((try? FileManager.default.attributesOfItem(atPath: path + suffix)[.size] as? Int) ?? 0)
    }
  }

  func read<Value>(_ body: (Database) throws -> Value) throws(HistoryError) -> Value {
    do { return try pool.read(body) } catch { throw noticed(HistoryError(error, path: path)) }
  }

  func write<Value>(_ body: (Database) throws -> Value) throws(HistoryError) -> Value {
    do { return try pool.write(body) } catch { throw noticed(HistoryError(error, path: path)) }
  }

  /// Damage in the middle of the file shows only when that part is read: the next start looks at all of it.
  private func noticed(_ error: HistoryError) -> HistoryError {
    if case .damaged = error { DamagedStore(path: path).suspect() }
    return error
  }

  /// Opens the file, again and again while another process is making it, for ten seconds at most: SQLite does not wait
  /// where it turns the write-ahead log on, and waits as long elsewhere.
  private static func open(_ path: String, steps: [String]) throws(HistoryError) -> DatabasePool {
    let end = ContinuousClock.now + .seconds(10)
    while true {
      do throws(HistoryError) {
        return try openOnce(path, steps: steps)
      } catch {
        guard error == .busy, ContinuousClock.now < end else { throw error }
        usleep(100_000)
      }
    }
  }

  private static func openOnce(_ path: String, steps: [String]) throws(HistoryError) -> DatabasePool {
    do {
      let fresh = !FileManager.default.fileExists(atPath: path)
      if !fresh { try lookAt(path, known: steps.count) }
      var configuration = Configuration()
      configuration.busyMode = .timeout(10)
      configuration.maximumReaderCount = 3
      configuration.prepareDatabase { database in
        try database.execute(
          sql: """
            PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY;
            PRAGMA cache_size = -\(database.configuration.readonly ? 4000 : 16000)
            """)
      }
      let pool = try DatabasePool(path: path, configuration: configuration)
      try migrate(pool, steps: steps)
      return pool
    } catch {
      throw HistoryError(error, path: path)
    }
  }

  /// Looks at a store without changing a byte of it: a newer one must stay as it is, its journal mode too. One that is
  /// suspected of damage is looked at as a whole.
  private static func lookAt(_ path: String, known: Int) throws {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(10)
    guard FileManager.default.isReadableFile(atPath: path), FileManager.default.isWritableFile(atPath: path) else {
      throw HistoryError.readOnly(path)
    }
    let queue: DatabaseQueue
    let found: Int
    do {
      queue = try DatabaseQueue(path: path, configuration: configuration)
      found = try queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
    } catch let error as DatabaseError where [.SQLITE_READONLY, .SQLITE_CANTOPEN].contains(error.resultCode) {
      // A process died while it made the store, and what it left must be rolled back before anything can be read.
      return
    }
    if found > known { throw HistoryError.newer(found: found, known: known) }
    let store = DamagedStore(path: path)
    guard store.isSuspected else { return }
    let words = try queue.read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") ?? "ok" }
    if words != "ok" { throw HistoryError.damaged(words) }
    store.clear()
  }

  private static func migrate(_ pool: DatabasePool, steps: [String]) throws {
    // Nothing is written to a store that is up to date: who only reads it need not wait for who adds to it.
    if try pool.read({ try Int.fetchOne($0, sql: "PRAGMA user_version") }) == steps.count { return }
    try pool.write { database in
      let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
      if found > steps.count { throw HistoryError.newer(found: found, known: steps.count) }
      if found == steps.count { return }
      for step in steps[max(0, found)...] { try database.execute(sql: step) }
      try database.execute(
        sql: "PRAGMA user_version = \(steps.count); PRAGMA application_id = \(Schema.applicationID)")
    }
  }

  private static func makeFolder(of path: String) throws(HistoryError) {
    let folder = (path as NSString).deletingLastPathComponent
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .readOnly(folder)
    }
  }
}

extension HistoryError {
  /// What an error of the database means to a person.
  init(_ error: any Error, path: String) {
    if let known = error as? HistoryError {
      self = known
      return
    }
    guard let error = error as? DatabaseError else {
      self = .system(error.localizedDescription)
      return
    }
    switch error.resultCode {
    case .SQLITE_FULL: self = .diskFull
    case .SQLITE_IOERR: self = .disk(error.message ?? "an input or output error")
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM: self = .readOnly(path)
    case .SQLITE_NOTADB, .SQLITE_CORRUPT: self = .damaged(error.message ?? "it is no database")
    default: self = .system(error.message ?? "SQLite error \(error.resultCode.rawValue)")
    }
  }
}

/// A store that does not read, or did not: it is set aside under another name, never deleted.
struct DamagedStore {
  /// The file of the store.
  let path: String

  private var mark: String { path + ".suspect" }

  /// Whether damage was met in it since it was last looked at as a whole.
  var isSuspected: Bool { access(mark, F_OK) == 0 }

  /// Has the next start look at all of it.
  func suspect() { close(Foundation.open(mark, O_CREAT | O_WRONLY | O_CLOEXEC, 0o644)) }

  /// Takes the suspicion away.
  func clear() { unlink(mark) }

  /// Sets it aside and opens a new one; what came of it, and what there is to say.
  ///
  /// Of several processes that find the damage at once one does it, and the others open what it made.
  func replace<Store>(
    _ open: () throws(HistoryError) -> Store
  ) throws(HistoryError) -> (Store, notice: String?) {
    let lock = Foundation.open(path + ".lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
    guard lock >= 0 else { throw .readOnly(path) }
    defer { close(lock) }
    while flock(lock, LOCK_EX) < 0, errno == EINTR {}
    do {
      return (try open(), nil)
    } catch .damaged(let words) {
      let aside = try setAside(because: words)
      return (
        try open(), "the history was damaged (\(words)); it was set aside as \(aside), and a new one begun"
      )
    }
  }

  /// Renames the store and what belongs to it; returns the new name.
  private func setAside(because words: String) throws(HistoryError) -> String {
    let number = (1...).first { access("\(path).damaged-\($0)", F_OK) != 0 } ?? 1
    let aside = "\(path).damaged-\(number)"
    // The log goes first: SQLite deletes one that it finds beside an empty store.
    for suffix in ["-wal", "-shm"] { rename(path + suffix, aside + suffix) }
    guard rename(path, aside) == 0 else { throw .damaged(words) }
    clear()
    return (aside as NSString).lastPathComponent
  }
}
