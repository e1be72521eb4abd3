internal import Foundation
internal import GRDB
@testable internal import RunHistory
internal import TestSupport
internal import Testing
internal import TriageModel

struct SchemaTests {
  private let temporary = TemporaryStore()

  @Test func everySchemaHasAFixture() {
    for schema in 1...Schema.steps.count {
      #expect(Files.exists(Files.fixtures() + "/schema-\(schema).sql"))
    }
  }

  @Test(arguments: 1...Schema.steps.count) func olderStoresOpen(schema: Int) throws {
    try make(Files.text(Files.fixtures() + "/schema-\(schema).sql"))
    let store = try temporary.open()
    #expect(try store.runs(of: "repo").map(\.counts.total) == [1, 2])
    let results = try store.results(ofRun: 1, isWhole: false)
    #expect(results.map(\.test) == ["a", "b"])
    #expect(results.first?.result.duration == 0.15)
    #expect(try store.results(ofRun: 2, isWhole: false).first?.result.attempts == [.failed, .passed])
    #expect(try store.read { try Int.fetchOne($0, sql: "PRAGMA user_version") } == Schema.steps.count)
  }

  @Test func whatWasKeptUnderOlderKeysIsCarriedOver() throws {
    try make(Files.text(Files.fixtures() + "/schema-2.sql"))
    let store = try temporary.open()
    let (old, new) = (SignatureKey(77), SignatureKey(99))
    let count = try store.rekey { $0 == "boom at line 3" ? new : old }
    #expect(count == 1)
    #expect(try store.results(ofRun: 1, isWhole: false).first?.result.signature == new)
    #expect(try store.text(of: new, in: "repo")?.title == "boom")
    #expect(try store.text(of: old, in: "repo") == nil)
    #expect(try store.causes(of: [new], in: "repo") == [new: old])
    #expect(try store.rekeyed([old], in: "repo") == [old: new])
    #expect(try store.rekey { _ in old } == 0)
    // Masked in another way once more: a rule in a repository's file may name the key of two maskings ago.
    let newest = SignatureKey(111)
    try store.write { try $0.execute(sql: "INSERT INTO older_keys SELECT repository, key FROM signatures") }
    #expect(try store.rekey { _ in newest } == 1)
    #expect(try store.rekeyed([old, new], in: "repo") == [old: newest, new: newest])
  }

  @Test func stepsAreCarriedOutOnceAndInOrder() throws {
    let steps = ["CREATE TABLE a(x)", "INSERT INTO a VALUES(1)", "INSERT INTO a SELECT x + 1 FROM a"]
    _ = try SQLiteHistory(path: temporary.path, steps: Array(steps[..<2]))
    for _ in 1...2 {
      let store = try SQLiteHistory(path: temporary.path, steps: steps)
      #expect(try store.read { try Int.fetchAll($0, sql: "SELECT x FROM a ORDER BY x") } == [1, 2])
    }
    #expect(throws: HistoryError.newer(found: 3, known: 2)) {
      try SQLiteHistory(path: temporary.path, steps: Array(steps[..<2]))
    }
  }

  @Test func stepThatFailsLeavesTheStoreAsItWas() throws {
    _ = try SQLiteHistory(path: temporary.path, steps: ["CREATE TABLE a(x)"])
    #expect(throws: HistoryError.self) {
      try SQLiteHistory(path: temporary.path, steps: ["CREATE TABLE a(x)", "CREATE TABLE b(y); nonsense"])
    }
    let store = try SQLiteHistory(path: temporary.path, steps: ["CREATE TABLE a(x)"])
    #expect(try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_master") } == 1)
  }

  private func make(_ sql: String) throws {
    try FileManager.default.createDirectory(atPath: temporary.folder + "/assay", withIntermediateDirectories: true)
    let queue = try DatabaseQueue(path: temporary.path)
    try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
    try queue.close()
  }
}
