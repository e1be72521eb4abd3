internal import Foundation
internal import RunHistory
internal import Testing
internal import TriageModel

struct HistoryStoreTests {
  private let temporary = TemporaryStore()

  @Test func newerStoreIsRefusedAndNotTouched() throws {
    try autoreleased { try temporary.open().add(Example(id: "1", tests: [("a", .passed)])) }
    try run(["/usr/bin/env", "sqlite3", temporary.path, "PRAGMA user_version = 99; PRAGMA journal_mode = DELETE"])
    let before = try Data(contentsOf: URL(filePath: temporary.path))
    #expect(throws: HistoryError.newer(found: 99, known: 2)) { try temporary.open() }
    #expect(try Data(contentsOf: URL(filePath: temporary.path)) == before)
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

  @Test func pathThatCannotBeWrittenIsAClearError() throws {
    #expect(throws: HistoryError.readOnly("/proc/assay")) { try HistoryStore(path: "/proc/assay/history.sqlite") }
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
