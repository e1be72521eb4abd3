internal import Foundation
@testable internal import RunHistory
internal import Synchronization
internal import TestSupport
internal import Testing
internal import TriageModel

/// What only a history in PostgreSQL does; what every store does is in the other suites.
@Suite(.enabled(if: PostgresServer.shared != nil, "PostgreSQL is not installed here: its tests are left out"))
struct PostgresHistoryTests {
  private let temporary = TemporaryStore()

  private func open(_ database: String, user: String = "assay") throws -> PostgresHistory {
    try PostgresHistory(PostgresAddress(temporary.server.address(database, user: user)))
  }

  @Test func ofManyThatOpenAnEmptyDatabaseOneMakesTheTables() throws {
    let database = try temporary.database()
    let address = try PostgresAddress(temporary.server.address(database))
    let failures = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 8) { place in
      do {
        try PostgresHistory(address).add(Example(id: "\(place)", day: Int64(place), tests: [("a", .passed)]))
      } catch {
        failures.withLock { $0.append("\(error)") }
      }
    }
    #expect(failures.withLock { $0 }.isEmpty)
    #expect(try open(database).outcomes(of: "a").count == 8)
  }

  /// Each adds the same runs in an order of its own, and some of its own; a second repository is fed beside.
  @Test func manyWritersAtOnceLoseNothing() throws {
    let database = try temporary.database()
    let stores = try (0..<6).map { _ in try open(database) }
    let failures = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 6) { writer in
      do {
        let store = stores[writer]
        for place in 0..<6 {
          let shared = (place + writer) % 6
          let names = (0..<40).map { "test_\(($0 * (writer + 1)) % 50)" }
          try store.add(
            Example(
              id: "shared \(shared)", day: Int64(shared),
              tests: (0..<40).map { ("test_\($0)", $0 % 7 == 0 ? .failed : .passed) }, legs: ["x", "y"]))
          try store.add(
            Example(id: "\(writer) \(place)", day: 10, tests: names.map { ($0, .passed) }),
            repository: place % 2 == 0 ? "repo" : "other")
        }
      } catch {
        failures.withLock { $0.append("\(error)") }
      }
    }
    #expect(failures.withLock { $0 }.isEmpty)
    let store = try open(database)
    let runs = try store.runs(of: "repo")
    #expect(try runs.count == 6 + 18 && store.runs(of: "other").count == 18)
    for run in runs {
      #expect(try store.results(ofRun: run.key, isWhole: true).count == 40)
      #expect(run.counts.total == 40)
    }
    let twice = "SELECT count(*) - count(DISTINCT (repository, name)) FROM assay.tests"
    #expect(try temporary.server.number(twice, in: database) == 0)
  }

  /// The server ends the connection after some names of the run were asked for: in the middle of adding it.
  @Test func aRunWhoseConnectionEndsIsNotThereAtAll() throws {
    let database = try temporary.database()
    let store = try open(database)
    try store.add(Example(id: "1", tests: [("a", .passed)]))
    let example = Example(id: "2", day: 1, tests: (0..<50).map { ("test_\($0)", .failed) })
    let server = try temporary.server
    for cut in [10, 49, 70] {
      var content = example.content
      let names = content.withName
      let asked = Mutex(0)
      content.withName = { row, body in
        let count = asked.withLock {
          $0 += 1
          return $0
        }
        let end =
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(database)' AND pid <> pg_backend_pid()"
        if count == cut { _ = try? server.run(end, in: database) }
        names(row, body)
      }
      #expect(throws: HistoryError.self) {
        try store.add(content, repository: "repo", received: Timestamp(milliseconds: 9))
      }
      for table in ["runs", "results"] {
        #expect(try server.number("SELECT count(*) FROM assay.\(table)", in: database) == 1)
      }
      #expect(try server.number("SELECT count(*) FROM assay.tests", in: database) == 1)
    }
    #expect(try store.add(example) == .added(results: 50, newTests: 50), "the next one connects again")
  }

  @Test func aReaderNeedsOnlyToRead() throws {
    let database = try temporary.database()
    try open(database).add(Example(id: "1", tests: [("a", .failed)]))
    let role = "reader_" + database
    try temporary.server.run("CREATE ROLE \(role) LOGIN", in: database)
    #expect { try open(database, user: role) } throws: { "\($0)".contains("may not read it: it needs USAGE") }
    try temporary.server.run(
      "GRANT USAGE ON SCHEMA assay TO \(role); GRANT SELECT ON ALL TABLES IN SCHEMA assay TO \(role)", in: database)
    let reader = try open(database, user: role)
    #expect(reader.refusal != nil)
    #expect(try reader.rekey { _ in SignatureKey(1) } == 0)
    #expect(try reader.outcomes(of: "a") == [.failed])
    #expect { try reader.add(Example(id: "2", tests: [("a", .passed)])) } throws: {
      "\($0)".contains("\(role) may only read it; adding needs INSERT")
    }
  }

  /// Rights on the tables are enough: none on what numbers their rows.
  @Test func whoAddsNeedsNoMoreThanTheManualSays() throws {
    let database = try temporary.database()
    try open(database).add(Example(id: "1", tests: [("a", .failed)]))
    let role = "ci_" + database
    let rights = "SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA assay"
    try temporary.server.run(
      "CREATE ROLE \(role) LOGIN; GRANT USAGE ON SCHEMA assay TO \(role); GRANT \(rights) TO \(role)", in: database)
    let store = try open(database, user: role)
    #expect(store.refusal == nil)
    let more = Example(
      id: "2", day: 500, labels: ["os": "x"], tests: [("a", .failed), ("b", .passed)], legs: ["x", "y"])
    #expect(try store.add(more) == .added(results: 2, newTests: 1))
    #expect(try store.prune("repo", keepDays: 10, isDryRun: false).runs == 1)
  }

  @Test func aReaderOfAnEmptyDatabaseIsToldWhatIsMissing() throws {
    let database = try temporary.database()
    let role = "reader_" + database
    try temporary.server.run("CREATE ROLE \(role) LOGIN", in: database)
    #expect { try open(database, user: role) } throws: { "\($0)".contains("may not make one, which needs CREATE") }
  }

  @Test func aNewerSchemaIsReadWhereItCanBe() throws {
    let database = try temporary.database()
    try open(database).add(Example(id: "1", tests: [("a", .failed)]))
    try temporary.server.run("UPDATE assay.schema SET version = 99", in: database)
    #expect(try open(database).outcomes(of: "a") == [.failed])
    try temporary.server.run("UPDATE assay.schema SET compatible = 98", in: database)
    #expect(throws: HistoryError.newer(found: 99, known: PostgresSchema.steps.count)) { try open(database) }
  }

  @Test(arguments: [
    "CREATE TABLE assay.runs(id text)", "CREATE TABLE assay.schema(name text)", "CREATE VIEW assay.tests AS SELECT 1",
  ])
  func tablesOfSomethingElseAreLeftAlone(_ table: String) throws {
    let database = try temporary.database()
    try temporary.server.run("CREATE SCHEMA assay; \(table)", in: database)
    #expect { try open(database) } throws: { "\($0)".contains("no history of assay") }
    let left = "SELECT count(*) FROM pg_class WHERE relnamespace = 'assay'::regnamespace AND relkind IN ('r', 'v')"
    #expect(try temporary.server.number(left, in: database) == 1)
  }

  @Test func theServerThatIsNotThereIsNamed() throws {
    #expect { try PostgresHistory(PostgresAddress("postgres://127.0.0.1:1/x")) } throws: {
      guard case HistoryError.unreachable("127.0.0.1", let words) = $0 else { return false }
      return words.contains("refused") && !words.contains("\n")
    }
  }

  @Test func textThatPostgreSQLKeepsNotIsKeptVisibly() throws {
    let store = try temporary.open(.postgres)
    try store.add(Example(id: "1\u{0}2", tests: [("a\u{0}b", .failed), ("ünï", .passed)]))
    let run = try #require(try store.runs(of: "repo").first)
    #expect(run.identity.id == "1\u{2400}2")
    #expect(try store.results(ofRun: run.key, isWhole: false).map(\.test) == ["a\u{2400}b", "ünï"])
  }

  @Test func keysOfAnOlderMaskingAreCarriedOver() throws {
    let database = try temporary.database()
    let store = try open(database)
    try store.add(Example(id: "1", tests: [("a", .failed)]))
    let old = SignatureKey(UInt64.max - 7)
    try store.remember(causes: [old: SignatureKey(5)], in: "repo")
    #expect(try store.rekey { _ in SignatureKey(9) } == 0)
    try temporary.server.run("UPDATE assay.signatures SET masking = 0", in: database)
    #expect(try open(database).rekey { $0 == "boom at line 3" ? SignatureKey(9) : old } == 1)
    #expect(try store.series(of: "a", in: "repo").results.map(\.signature) == [SignatureKey(9)])
    #expect(try store.text(of: SignatureKey(9), in: "repo")?.title == "boom")
    #expect(try store.causes(of: [SignatureKey(9)], in: "repo") == [SignatureKey(9): SignatureKey(5)])
    #expect(try store.rekeyed([old], in: "repo") == [old: SignatureKey(9)])
  }

  @Test func pruningForgetsWhatOnlyOldRunsToldOf() throws {
    let database = try temporary.database()
    let store = try open(database)
    try store.add(
      Example(id: "1", labels: ["os": "old"], tests: [("gone", .failed), ("a", .passed)], legs: ["x", "y"]))
    try store.add(Example(id: "2", day: 500, tests: [("a", .passed), ("b", .passed)], legs: ["y"]))
    try store.add(Example(id: "1", tests: [("a", .failed)]), repository: "other")
    #expect(try store.prune("repo", keepDays: 400, isDryRun: false) == Pruned(runs: 1, results: 2))
    let left = try ["runs", "results", "tests", "labels", "signatures", "legs"].map {
      try temporary.server.number("SELECT count(*) FROM assay.\($0)", in: database)
    }
    #expect(left == [2, 3, 3, 0, 1, 1])
  }
}

struct PostgresAddressTests {
  @Test(arguments: [
    "postgres://me:s3cret@db.example/x", "postgres://me:s3/cr@et@db.example/x", "postgresql://:s3cret@db.example",
    "postgres://db.example/x?password=s3cret", "postgres://db.example/x?sslmode=require&pass%77ord=s3cret",
    "postgres://db.example/x?PASSWORD=s3cret",
  ])
  func aPasswordIsRefusedAndNotRepeated(_ text: String) {
    #expect { try PostgresAddress(text) } throws: {
      let words = "\($0)"
      return ["PGPASSFILE", "PGSERVICE", "PGPASSWORD"].allSatisfy(words.contains) && !words.contains("s3")
    }
  }

  @Test(arguments: [
    ("postgres://db.example/x", "db.example/x"),
    ("postgresql://me@db.example:5433/x?sslmode=require", "db.example:5433/x"),
    ("postgres://", "the PostgreSQL of the environment"), ("postgres://a,b:1/x", "a,b:1/x"),
  ])
  func serverAndDatabaseAreNamed(_ text: String, _ name: String) throws {
    #expect(try PostgresAddress(text).name == name)
  }

  @Test(arguments: ["", "mysql://x", "/var/lib/history.sqlite", "http://x/y"])
  func whatIsNoAddressIsRefused(_ text: String) { #expect(throws: HistoryError.self) { try PostgresAddress(text) } }
}
