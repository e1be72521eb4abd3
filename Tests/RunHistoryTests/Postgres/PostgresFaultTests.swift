internal import Foundation
@testable internal import RunHistory
internal import Synchronization
internal import TestSupport
internal import Testing
internal import TriageModel

/// What becomes of a shared history whose server hangs, can only be read, or has no room.
@Suite(.enabled(if: PostgresServer.shared != nil, "PostgreSQL is not installed here: its tests are left out"))
struct PostgresFaultTests {
  private let temporary = TemporaryStore()
  /// The patience of somebody in a hurry.
  private static let hurry = PostgresLimits(opening: 1, reading: 1, writing: 1, waiting: 1, grace: 0, silence: 1)

  private func open(_ database: String, limits: PostgresLimits = PostgresLimits()) throws -> PostgresHistory {
    try PostgresHistory(PostgresAddress(temporary.server.address(database)), limits: limits)
  }

  private static func isUnreachable(_ error: any Error, _ words: String...) -> Bool {
    guard case HistoryError.unreachable = error else { return false }
    return words.allSatisfy("\(error)".contains) && !"\(error)".contains("\n")
  }

  // MARK: - A server that hangs

  @Test func aServerThatAnswersNoConnectionIsWaitedForSomeSeconds() throws {
    let server = SilentServer(letsIn: false)
    #expect { try PostgresHistory(PostgresAddress(server.address)) } throws: {
      Self.isUnreachable($0, "127.0.0.1: could not connect (", "timeout") && "\($0)".contains(/, after \d s\)/)
    }
  }

  @Test func aServerThatAnswersNothingAfterTheLoginIsWaitedForSomeSeconds() throws {
    let server = SilentServer(letsIn: true)
    #expect { try PostgresHistory(PostgresAddress(server.address), limits: Self.hurry) } throws: {
      Self.isUnreachable($0, "the server does not answer (nothing came for 1 s)")
    }
  }

  /// Long before a slow answer would be due.
  @Test func aServerThatAnswersNobodyIsNotWaitedForToTheEnd() throws {
    let server = SilentServer(letsIn: true)
    let limits = PostgresLimits(opening: 500, silence: 1)
    #expect { try PostgresHistory(PostgresAddress(server.address), limits: limits) } throws: {
      Self.isUnreachable($0, "nothing came for 1 s, and no new connection gets an answer")
    }
  }

  @Test func aRunWhoseServerStopsIsNotThereAtAll() throws {
    let database = try temporary.database()
    let store = try open(database, limits: Self.hurry)
    try store.add(Example(id: "1", tests: [("a", .passed)]))
    var content = Example(id: "2", day: 1, tests: (0..<50).map { ("test_\($0)", .failed) }).content
    let names = content.withName
    let stopped = Mutex<[pid_t]>([])
    content.withName = { row, body in
      stopped.withLock { if $0.isEmpty { $0 = Self.stop(database) } }
      names(row, body)
    }
    #expect { try store.add(content, repository: "repo", received: Timestamp(milliseconds: 9)) } throws: {
      Self.isUnreachable($0, "the server does not answer (nothing came for 1 s)")
    }
    // Nothing waits for it again at once; another look at it does.
    #expect { try store.runs(of: "repo") } throws: { Self.isUnreachable($0, "nothing came for 1 s") }
    let processes = stopped.withLock { $0 }
    #expect(!processes.isEmpty)
    for process in processes { kill(process, SIGCONT) }
    let later = try open(database)
    #expect(try later.add(content, repository: "repo", received: Timestamp(milliseconds: 9)) != .known)
    #expect(try later.runs(of: "repo").map(\.counts.total) == [50, 1])
  }

  /// It does not read what is sent: a big run is not written to it for ever.
  @Test func aServerThatStopsReadingIsGivenUp() throws {
    let database = try temporary.database()
    let link = try PostgresLink(PostgresAddress(temporary.server.address(database)), Self.hurry)
    defer { link.close() }
    try link.run("CREATE TABLE taken(value bigint)")
    let stopped = Mutex<[pid_t]>([])
    #expect {
      try link.copy("COPY taken FROM STDIN (FORMAT binary)") { buffer in
        stopped.withLock { if $0.isEmpty { $0 = Self.stop(database) } }
        for number in 0..<10_000 {
          buffer.add(Int16(1))
          buffer.addField(Int64(number))
        }
        return true
      }
    } throws: {
      ($0 as? PostgresError)?.message == "it did not take all for 1 s"
    }
    for process in stopped.withLock({ $0 }) { kill(process, SIGCONT) }
  }

  /// Of the connections that were kept for the next question one hangs: the question is asked by another.
  @Test func aKeptConnectionThatHangsIsReplaced() throws {
    let database = try temporary.database()
    let store = try open(database, limits: Self.hurry)
    try store.add(Example(id: "1", tests: [("a", .failed)]))
    let stopped = Self.stop(database)
    #expect(stopped.count == 1)
    #expect(try store.outcomes(of: "a") == [.failed])
    for process in stopped { kill(process, SIGCONT) }
  }

  /// Stops the server's processes that answer for a database; which ones.
  private static func stop(_ database: String) -> [pid_t] {
    let those = "SELECT pid FROM pg_stat_activity WHERE datname = '\(database)' AND pid <> pg_backend_pid()"
    let answer = (try? PostgresServer.shared?.run(those)) ?? ""
    let processes = answer.split(separator: "\n").compactMap { pid_t($0) }
    for process in processes { kill(process, SIGSTOP) }
    return processes
  }

  // MARK: - A server that can only be read

  @Test func aStandbyIsReadAndSaysWhyNothingCanBeAdded() throws {
    let primary = try #require(PostgresServer())
    let address = try PostgresAddress(primary.address("history_1"))
    try #require(primary.database() == "history_1")
    try PostgresHistory(address).add(Example(id: "1", tests: [("a", .failed)]))
    _ = try primary.database()
    let standby = try #require(PostgresServer(following: primary))
    let store = try PostgresHistory(PostgresAddress(standby.address("history_1")))
    #expect(try store.outcomes(of: "a") == [.failed])
    #expect(try store.rekey { _ in SignatureKey(1) } == 0)
    let words = try #require(store.refusal.map { "\($0)" })
    #expect(words.hasSuffix("takes no changes now, it can only be read (it follows another server)"))
    #expect { try store.add(Example(id: "2", tests: [("a", .passed)])) } throws: {
      "\($0)".contains("it can only be read (cannot execute INSERT in a read-only transaction)")
    }
    #expect { try PostgresHistory(PostgresAddress(standby.address("history_2"))) } throws: {
      "\($0)".contains("history_2") && "\($0)".contains("it can only be read (cannot execute")
    }
  }

  /// As services set it whose disk is full: no right is missing.
  @Test func aDatabaseThatTakesNoChangesIsNotARightThatIsMissing() throws {
    let database = try temporary.database()
    let early = try open(database)
    try early.add(Example(id: "1", tests: [("a", .failed)]))
    try temporary.server.run("ALTER DATABASE \(database) SET default_transaction_read_only = on")
    let store = try open(database)
    #expect(store.refusal.map { "\($0)" }?.contains("default_transaction_read_only is on") == true)
    #expect(try store.outcomes(of: "a") == [.failed])
    #expect { try store.add(Example(id: "2", tests: [("a", .passed)])) } throws: {
      "\($0)".contains("it can only be read (cannot execute INSERT") && !"\($0)".contains("needs INSERT")
    }
  }

  // MARK: - A server without room

  /// The words and the state are PostgreSQL's own of a file that cannot grow.
  @Test func aServerWithoutRoomKeepsNothingOfTheRun() throws {
    let database = try temporary.database()
    let store = try open(database)
    try store.add(Example(id: "1", tests: [("a", .failed)]))
    let words = "could not extend file \"base/5/16\": No space left on device"
    let full = """
      CREATE FUNCTION assay.full() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '\(words)' USING ERRCODE = '53100', HINT = 'Check free disk space.'; END $$;
      CREATE TRIGGER no_room BEFORE INSERT ON assay.signatures FOR EACH ROW EXECUTE FUNCTION assay.full();
      """
    try temporary.server.run(full, in: database)
    try expectNoRoom(in: store, database, words)
    try temporary.server.run("DROP TRIGGER no_room ON assay.signatures", in: database)
    #expect(try store.add(Self.large) == .added(results: 40_000, newTests: 40_000))
  }

  /// A database of 12 MB, where this machine lets the tests mount one.
  @Test func aDiskThatIsFullKeepsNothingOfTheRun() throws {
    let server = try temporary.server
    let room = server.folder + "/room-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: room, withIntermediateDirectories: false)
    let owner =
      try FileManager.default.attributesOfItem(atPath: server.folder)[.ownerAccountName] as? String ?? "nobody"
    let mount = Shell.run(["mount", "-t", "tmpfs", "-o", "size=12m,mode=700,uid=\(owner)", "assay", room])
    guard mount.status == 0 else {
      print("a disk that is full is not tested here: none can be mounted (\(mount.errors))")
      return
    }
    defer { _ = Shell.run(["umount", "-l", room]) }
    let database = "narrow"
    try server.run("CREATE TABLESPACE room LOCATION '\(room)'")
    defer { _ = try? server.run("DROP TABLESPACE room") }
    try server.run("CREATE DATABASE \(database) TABLESPACE room")
    defer { _ = try? server.run("DROP DATABASE \(database) WITH (FORCE)") }
    let store = try open(database)
    try store.add(Example(id: "1", tests: [("a", .failed)]))
    try expectNoRoom(in: store, database, "No space left on device")
  }

  private static var large: Example {
    Example(id: "2", day: 1, tests: (0..<40_000).map { ("tests/test_large.py::test_number_\($0)", .failed) })
  }

  private func expectNoRoom(in store: PostgresHistory, _ database: String, _ words: String) throws {
    for _ in 1...2 {
      #expect { try store.add(Self.large) } throws: {
        "\($0)".contains("the server's disk is full (") && "\($0)".contains(words) && !"\($0)".contains("\n")
      }
    }
    #expect(try store.outcomes(of: "a") == [.failed])
    for table in ["runs", "results", "tests", "signatures"] {
      #expect(try temporary.server.number("SELECT count(*) FROM assay.\(table)", in: database) == 1, "\(table)")
    }
  }
}
