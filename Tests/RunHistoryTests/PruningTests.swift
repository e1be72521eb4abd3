internal import Foundation
internal import GRDB
@testable internal import RunHistory
internal import Testing
internal import TriageModel

struct PruningTests {
  private let temporary = TemporaryStore()

  private func count(_ table: String, in store: SQLiteHistory) throws -> Int {
    try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? 0 }
  }

  @Test func whatOnlyForgottenRunsToldOfGoes() throws {
    let store = try temporary.open()
    try store.add(
      Example(id: "1", labels: ["os": "old"], tests: [("gone", .failed), ("a", .passed)], legs: ["x", "y"]))
    try store.add(
      Example(id: "2", day: 500, labels: ["os": "new"], tests: [("a", .passed), ("b", .passed)], legs: ["y"]))
    #expect(try store.prune("repo", keepDays: 400, isDryRun: false) == Pruned(runs: 1, results: 2))
    #expect(try store.results(ofRun: store.runs(of: "repo")[0].key, isWhole: false).map(\.test) == ["a", "b"])
    #expect(try store.series(of: "gone", in: "repo").results.isEmpty)
    let left = try ["runs", "results", "tests", "labels", "signatures"].map { try count($0, in: store) }
    #expect(left == [1, 2, 2, 1, 0])
    let legs = try store.read { try String.fetchAll($0, sql: "SELECT name FROM legs ORDER BY id") }
    #expect(legs == ["", "y\u{1F}os=new"])
  }

  @Test func anotherRepositoryKeepsWhatItHas() throws {
    let store = try temporary.open()
    for (repository, day) in [("repo", Int64(0)), ("repo", 500), ("other", 0)] {
      try store.add(
        Example(id: "\(day)", day: day, tests: [("a", day == 0 ? .failed : .passed)]), repository: repository)
    }
    #expect(try store.prune("repo", keepDays: 400, isDryRun: false).runs == 1)
    let series = try store.series(of: "a", in: "other")
    #expect(series.results.map(\.outcome) == [.failed])
    #expect(try store.text(of: try #require(series.results.first?.signature), in: "other")?.title == "boom")
    #expect(try store.text(of: try #require(series.results.first?.signature), in: "repo") == nil)
  }

  @Test(arguments: [1, 150, 200_000]) func testsOfManyRunsAgreeWithAFullSearch(part: Int) throws {
    let store = try temporary.open()
    // Each run has its own ten tests, five of its neighbour's, and a hundred that all have.
    for run in 0..<12 {
      let own = (0..<15).map { ("own_\(run * 10 + $0)", Outcome.passed) }
      let shared = (0..<100).map { ("shared_\($0)", Outcome.passed) }
      try store.add(Example(id: "\(run)", day: Int64(run), tests: run % 2 == 0 ? own + shared : own))
    }
    #expect(try store.prune("repo", 4, part: part).runs == 7)
    #expect(try store.runs(of: "repo").map(\.identity.id) == ["11", "10", "9", "8", "7"])
    let unheard = try store.read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM tests WHERE id NOT IN (SELECT test FROM results)")
    }
    #expect(unheard == 0)
    #expect(try count("tests", in: store) == 100 + 55)
  }

  @Test func aStoreThatLostMuchShrinks() throws {
    let store = try temporary.open()
    for run in 0..<40 {
      try store.add(Example(id: "\(run)", day: Int64(run), tests: (0..<500).map { ("test_\($0)", .failed) }))
    }
    store.compact()
    let before = store.size
    #expect(try store.prune("repo", keepDays: 5, isDryRun: false).runs == 34)
    store.compact()
    #expect(store.size * 2 < before)
    #expect(try store.outcomes(of: "test_7").count == 6)
  }
}
