internal import Foundation
internal import GRDB
@testable internal import RunHistory
internal import Testing
internal import TriageModel

struct SQLiteHistoryTests {
  private let temporary = TemporaryStore()

  @Test func newerStoreIsRefusedAndNotTouched() throws {
    try autoreleased { try temporary.open().add(Example(id: "1", tests: [("a", .passed)])) }
    try run(["/usr/bin/env", "sqlite3", temporary.path, "PRAGMA user_version = 99; PRAGMA journal_mode = DELETE"])
    let before = try Data(contentsOf: URL(filePath: temporary.path))
    #expect(throws: HistoryError.newer(found: 99, known: Schema.steps.count)) { try temporary.open() }
    #expect(try Data(contentsOf: URL(filePath: temporary.path)) == before)
  }

  @Test func whoReadsDoesNotWaitForWhoAdds() throws {
    // Another program is in the middle of adding a large run.
    let writer = try temporary.open()
    try writer.add(Example(id: "1", tests: [("a", .passed)]))
    try DatabaseQueue(path: temporary.path).inDatabase { database in
      try database.execute(sql: "BEGIN IMMEDIATE")
      let found = Result { try temporary.open().outcomes(of: "a") }
      try database.execute(sql: "ROLLBACK")
      #expect(try found.get() == [.passed])
    }
    withExtendedLifetime(writer) {}
  }

  @Test func findsTestsByTheEndOrAPartOfTheirNames() throws {
    let store = try temporary.open()
    try store.add(
      Example(
        id: "1", tests: [("t/a.py::test_x", .passed), ("t/a.py::test_x_y", .passed), ("t/b.py::Test_Z", .passed)]))
    #expect(try store.tests(fitting: "test_x", in: "repo") == ["t/a.py::test_x"])
    #expect(try store.tests(fitting: "TEST_Z", in: "repo") == ["t/b.py::Test_Z"])
    #expect(try store.tests(fitting: "a.py", in: "repo") == ["t/a.py::test_x", "t/a.py::test_x_y"])
    #expect(try store.tests(fitting: "%", in: "repo").isEmpty && store.tests(fitting: "test_x", in: "other").isEmpty)
  }

  @Test func damagedStoreIsSetAside() throws {
    try FileManager.default.createDirectory(atPath: temporary.folder + "/assay", withIntermediateDirectories: true)
    let rubbish = Data(repeating: 0x41, count: 8192)
    try rubbish.write(to: URL(filePath: temporary.path))
    let store = try temporary.open()
    #expect(store.notice?.contains("history.sqlite.damaged-1") == true)
    #expect(try Data(contentsOf: URL(filePath: temporary.path + ".damaged-1")) == rubbish)
    #expect(try store.add(Example(id: "1", tests: [("a", .passed)])) == .added(results: 1, newTests: 1))
  }

  @Test func damageInTheMiddleIsFoundByTheNextStart() throws {
    let names = (0..<2000).map { ("test_\($0)", Outcome.failed) }
    try autoreleased {
      let store = try temporary.open()
      for day in 0..<5 { try store.add(Example(id: "\(day)", day: Int64(day), tests: names)) }
      store.compact()
    }
    // The first page says that all is well.
    var bytes = [UInt8](try Data(contentsOf: URL(filePath: temporary.path)))
    for place in bytes.indices.dropFirst(3 * 4096) where place % 4096 < 100 { bytes[place] = 0xEE }
    try Data(bytes).write(to: URL(filePath: temporary.path))
    try autoreleased {
      let store = try temporary.open()
      #expect(store.notice == nil)
      #expect(throws: HistoryError.self) { try store.add(Example(id: "6", day: 6, tests: names)) }
    }
    let store = try temporary.open()
    #expect(store.notice?.contains("history.sqlite.damaged-1") == true)
    #expect(try [UInt8](Data(contentsOf: URL(filePath: temporary.path + ".damaged-1"))).count >= bytes.count)
    #expect(try store.add(Example(id: "6", day: 6, tests: names)) == .added(results: 2000, newTests: 2000))
    #expect(try temporary.open().notice == nil)
  }

  @Test func soundStoreThatWasSuspectedStays() throws {
    try autoreleased { try temporary.open().add(Example(id: "1", tests: [("a", .passed)])) }
    try Data().write(to: URL(filePath: temporary.path + ".suspect"))
    let store = try temporary.open()
    #expect(try store.notice == nil && store.outcomes(of: "a") == [.passed])
    #expect(!FileManager.default.fileExists(atPath: temporary.path + ".suspect"))
  }

  /// A log that was cut off anywhere holds the runs whose transactions it has whole, and no part of another.
  @Test func truncatedLogHoldsWholeRuns() throws {
    let store = try temporary.open()
    let copy = TemporaryStore()
    try FileManager.default.createDirectory(atPath: copy.folder + "/assay", withIntermediateDirectories: true)
    let tests = (0..<200).map { ("test_\($0)", $0 % 9 == 0 ? Outcome.failed : .passed) }
    for day in 0..<6 { try store.add(Example(id: "\(day)", day: Int64(day), tests: tests)) }
    let log = try Data(contentsOf: URL(filePath: temporary.path + "-wal"))
    let file = try Data(contentsOf: URL(filePath: temporary.path))
    try #require(log.count > 100_000)
    var found: Set<Int> = []
    for part in 0...24 {
      try file.write(to: URL(filePath: copy.path))
      try log.prefix(log.count * part / 24 - (part > 0 ? part % 3 : 0)).write(to: URL(filePath: copy.path + "-wal"))
      try? FileManager.default.removeItem(atPath: copy.path + "-shm")
      try autoreleased {
        let cut = try copy.open()
        let runs = try cut.runs(of: "repo")
        #expect(runs.allSatisfy { $0.counts.total == 200 })
        #expect(try runs.allSatisfy { try cut.results(ofRun: $0.key, isWhole: false).count == 200 })
        #expect(runs.map(\.identity.id) == (0..<runs.count).reversed().map(String.init))
        found.insert(runs.count)
        for day in 0..<6 { try cut.add(Example(id: "\(day)", day: Int64(day), tests: tests)) }
        #expect(try cut.outcomes(of: "test_9").count == 6)
      }
    }
    #expect(found.count > 4, "\(found)")
  }

  /// What a process leaves that dies while it makes the store: a journal that must be rolled back first.
  @Test func storeWhoseMakingWasCutOffOpens() throws {
    let dying = TemporaryStore()
    for folder in [dying.folder, temporary.folder] {
      try FileManager.default.createDirectory(atPath: folder + "/assay", withIntermediateDirectories: true)
    }
    try DatabaseQueue(path: dying.path).writeWithoutTransaction { database in
      try database.execute(
        sql: """
          CREATE TABLE x(y); PRAGMA cache_size = 1; BEGIN IMMEDIATE;
          WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
          INSERT INTO x SELECT zeroblob(4000) FROM n
          """)
      for suffix in ["", "-journal"] {
        try FileManager.default.copyItem(atPath: dying.path + suffix, toPath: temporary.path + suffix)
      }
      try database.execute(sql: "ROLLBACK")
    }
    let store = try temporary.open()
    #expect(try store.add(Example(id: "1", tests: [("a", .passed)])) == .added(results: 1, newTests: 1))
    #expect(store.notice == nil)
  }

  @Test func pathThatCannotBeWrittenIsAClearError() throws {
    #expect(throws: HistoryError.readOnly("/proc/assay")) { try SQLiteHistory(path: "/proc/assay/history.sqlite") }
  }

  @Test func twoStoresOnOneFileSeeEachOther() throws {
    let first = try temporary.open()
    let second = try temporary.open()
    try first.add(Example(id: "1", tests: [("a", .passed)]))
    try second.add(Example(id: "2", day: 1, tests: [("a", .failed), ("b", .passed)]))
    #expect(try first.outcomes(of: "a") == [.passed, .failed])
  }

  private func autoreleased(_ body: () throws -> Void) rethrows { try body() }

  private func run(_ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(filePath: arguments[0])
    process.arguments = Array(arguments.dropFirst())
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
  }
}
