internal import RunHistory
internal import Testing
internal import TriageModel

/// Items that are no tests, in a history.
struct ItemTests {
  private let temporary = TemporaryStore()

  private func example(_ id: String, day: Int64, recall: Double, _ outcome: Outcome = .failed) -> Example {
    Example(
      id: id, day: day, tests: [("a", .failed), ("metric:train::recall", outcome), ("b", .passed)],
      items: ["metric:train::recall": .init(kind: "metric", measure: recall)])
  }

  @Test(arguments: StoreKind.allCases) func areCountedApartFromTests(_ kind: StoreKind) throws {
    let store = try temporary.open(kind)
    try store.add(example("1", day: 1, recall: 0.5))
    let run = try #require(try store.runs(of: "repo").first)
    #expect(run.counts.total == 2 && run.counts.failing == 1)
    #expect(run.items.kinds == ["metric"] && run.items["metric"].failing == 1 && run.failing == 2)
    // More of the same run: the kinds are known from before.
    var more = example("1", day: 1, recall: 0.5)
    more.tests = [("c", .passed)]
    more.items = [:]
    try store.add(more)
    let completed = try #require(try store.runs(of: "repo").first)
    #expect(completed.counts.total == 3 && completed.items["metric"].failing == 1)
  }

  @Test(arguments: StoreKind.allCases) func areNoTestsOfARun(_ kind: StoreKind) throws {
    let store = try temporary.open(kind)
    try store.add(example("1", day: 1, recall: 0.5))
    let run = try #require(try store.runs(of: "repo").first)
    #expect(try store.tests(ofRun: run.key, limit: 10).map(\.name).sorted() == ["a", "b"])
    #expect(try store.failures(in: "repo", least: 1).of(run.key).count == 1)
    #expect(
      try store.items(ofRun: run.key, isWhole: false) == [
        ItemRecord(id: "metric:train::recall", kind: "metric", outcome: .failed, measure: 0.5)
      ])
  }

  @Test(arguments: StoreKind.allCases) func measuresComeOldestFirst(_ kind: StoreKind) throws {
    let store = try temporary.open(kind)
    for day in [3, 1, 2] { try store.add(example("\(day)", day: Int64(day), recall: Double(day), .passed)) }
    let found = try store.measures(of: ["unknown", "metric:train::recall"], in: "repo", .init())
    #expect(found.map { $0.map(\.value) } == [[], [1, 2, 3]])
    _ = try store.prune("repo", keepDays: 1, isDryRun: false)
    #expect(try store.measures(of: ["metric:train::recall"], in: "repo", .init()).first?.map(\.value) == [2, 3])
  }
}
