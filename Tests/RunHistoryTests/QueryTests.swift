internal import RunHistory
internal import Testing
internal import TriageModel

struct QueryTests {
  private let temporary = TemporaryStore()

  @Test(arguments: StoreKind.allCases) func windowCountsBackFromTheNewestRun(_ kind: StoreKind) throws {
    let store = try temporary.open(kind)
    for day in [0, 50, 75, 80] { try store.add(Example(id: "\(day)", day: Int64(day), tests: [("a", .passed)])) }
    #expect(try store.runs(of: "repo", HistoryFilter(.days(7))).map(\.identity.id) == ["80", "75"])
    #expect(try store.runs(of: "repo", HistoryFilter(.days(30))).count == 3)
    #expect(try store.runs(of: "repo", HistoryFilter(.days(-5))).count == 1)
    #expect(try store.runs(of: "repo", HistoryFilter(.days(Int.max))).count >= 0)
    #expect(try store.runs(of: "repo", HistoryFilter(.all, limit: 1)).map(\.identity.id) == ["80"])
  }

  @Test(arguments: StoreKind.allCases) func filtersChooseBranchLabelAndMoment(_ kind: StoreKind) throws {
    let store = try temporary.open(kind)
    try store.add(Example(id: "1", branch: "main", labels: ["os": "linux"], tests: [("a", .passed)]))
    try store.add(Example(id: "2", day: 1, branch: "topic", labels: ["os": "mac"], tests: [("a", .failed)]))
    try store.add(Example(id: "3", day: 2, branch: nil, tests: [("a", .errored)]))
    var filter = HistoryFilter()
    filter.branch = "main"
    #expect(try store.outcomes(of: "a", filter) == [.passed])
    filter = HistoryFilter()
    filter.labels = ["os": "mac"]
    #expect(try store.outcomes(of: "a", filter) == [.failed])
    filter = HistoryFilter()
    filter.upTo = try store.run(RunIdentity(source: "ci", id: "2"), of: "repo")?.key
    #expect(try store.outcomes(of: "a", filter) == [.passed, .failed])
  }

  @Test(arguments: StoreKind.allCases) func seriesOfManyAndOfFewTestsAgree(_ kind: StoreKind) throws {
    let store = try temporary.open(kind)
    let names = (0..<200).map { "t\($0)" }
    for day in 0..<5 {
      let tests = names.enumerated().map { ($1, ($0 + day) % 3 == 0 ? Outcome.failed : .passed) }
      try store.add(Example(id: "\(day)", day: Int64(day), tests: tests))
    }
    let all = try store.series(of: names, in: "repo")
    #expect(all.map(\.test) == names)
    for name in ["t0", "t57", "t199"] {
      let one = try store.series(of: name, in: "repo")
      #expect(one == all.first { $0.test == name } && one.results.count == 5)
    }
    #expect(try store.series(of: "unheard of", in: "repo").results.isEmpty)
    #expect(try store.series(of: "t0", in: "elsewhere").results.isEmpty)
  }

  @Test(arguments: StoreKind.allCases) func comparisonSortsTestsByWhatBecameOfThem(_ kind: StoreKind) throws {
    let store = try temporary.open(kind)
    try store.add(
      Example(id: "1", tests: [("breaks", .passed), ("heals", .failed), ("stays", .failed), ("goes", .passed)]))
    try store.add(
      Example(
        id: "2", day: 1, tests: [("breaks", .failed), ("heals", .passed), ("stays", .timedOut), ("comes", .passed)]))
    let runs = try store.runs(of: "repo")
    let comparison = try store.compare(runs[1].key, runs[0].key)
    #expect(comparison[.newlyFailing].map(\.test) == ["breaks"])
    #expect(comparison[.fixed].map(\.test) == ["heals"])
    #expect(comparison[.stillFailing].map(\.test) == ["stays"])
    #expect(comparison[.added].map(\.test) == ["comes"])
    #expect(comparison[.vanished].map(\.test) == ["goes"])
    #expect(try store.results(ofRun: runs[0].key, isWhole: false).map(\.test) == ["breaks", "comes", "heals", "stays"])
  }

  @Test(arguments: StoreKind.allCases) func comparisonNamesSomeAndCountsAll(_ kind: StoreKind) throws {
    let store = try temporary.open(kind)
    let names = (0..<40).map { "test_\($0)" }
    try store.add(Example(id: "1", tests: names.map { ($0, .passed) }, seconds: { _ in 1 }))
    try store.add(Example(id: "2", day: 1, tests: names.map { ($0, .failed) }, seconds: { 2 + Double($0) }))
    let runs = try store.runs(of: "repo")
    let some = try store.compare(runs[1].key, runs[0].key, limit: 3)
    #expect(some.count(.newlyFailing) == 40 && some[.newlyFailing].count == 3)
    #expect(some.count(.slower) == 40 && some[.slower].map(\.test) == ["test_39", "test_38", "test_37"])
    #expect(some[.slower].first?.gain == 40)
    let all = try store.compare(runs[1].key, runs[0].key, limit: .max)
    #expect(all[.newlyFailing].map(\.test) == names.sorted() && all[.slower].count == 40)
    let wanted = try store.compare(runs[1].key, runs[0].key, limit: 3, where: { $0.hasSuffix("9") })
    #expect(wanted.count(.newlyFailing) == 4 && wanted[.slower].map(\.test) == ["test_39", "test_29", "test_19"])
  }

  @Test(arguments: StoreKind.allCases) func renamedTestBeginsAnew(_ kind: StoreKind) throws {
    let store = try temporary.open(kind)
    for day in 0..<3 { try store.add(Example(id: "\(day)", day: Int64(day), tests: [("old", .passed)])) }
    try store.add(Example(id: "3", day: 3, tests: [("new", .failed)]))
    #expect(try store.outcomes(of: "old") == [.passed, .passed, .passed])
    #expect(try store.outcomes(of: "new") == [.failed])
    let runs = try store.runs(of: "repo")
    let comparison = try store.compare(runs[1].key, runs[0].key)
    #expect(comparison[.vanished].map(\.test) == ["old"] && comparison[.added].map(\.test) == ["new"])
  }

  @Test(arguments: StoreKind.allCases) func namesThatAreOneTestHaveOneHistoryEach(_ kind: StoreKind) throws {
    let store = try temporary.open(kind)
    try store.add(Example(id: "1", tests: [("t[0x7f3a12bc90]", .failed)]))
    let both = try store.series(of: ["t[0x7f00000001]", "unheard of", "t[0x7f00000002]"], in: "repo")
    #expect(both.map(\.results.count) == [1, 0, 1])
  }

  @Test func whatAnotherWroteIsSeen() throws {
    let reader = try temporary.open()
    let writer = try temporary.open()
    #expect(try reader.snapshot(of: "repo").version == 0)
    try writer.add(Example(id: "1", tests: [("a", .passed)]))
    let first = try reader.snapshot(of: "repo")
    #expect(first.runs.count == 1)
    #expect(try writer.add(Example(id: "1", tests: [("a", .passed)])) == .known)
    #expect(try reader.snapshot(of: "repo") == first, "nothing changed")
    try writer.add(Example(id: "1", labels: ["os": "linux"], tests: [("a", .passed)]))
    #expect(try reader.runs(of: "repo").first?.labels == ["os": "linux"])
    try writer.add(Example(id: "2", day: 9, tests: [("a", .passed)]))
    _ = try writer.prune("repo", keepDays: 1, isDryRun: false)
    #expect(try reader.runs(of: "repo").map(\.identity.id) == ["2"])
    #expect(try reader.snapshot(of: "other").runs.isEmpty)
  }

  @Test(arguments: StoreKind.allCases) func unsteadyTestsAreCounted(_ kind: StoreKind) throws {
    let store = try temporary.open(kind)
    for day in 0..<4 {
      try store.add(
        Example(
          id: "\(day)", day: Int64(day),
          tests: [("bad", .failed), ("flaky", day == 2 ? .passedOnRetry : .passed), ("good", .passed)],
          attempts: day == 2 ? ["flaky": [.failed, .passed]] : [:]))
    }
    let found = try store.unsteady(in: "repo", .init())
    #expect(found.map(\.test) == ["bad", "flaky"])
    #expect(found.map(\.failures) == [4, 0])
    #expect(found.map(\.retried) == [0, 1])
    #expect(try store.unsteady(in: "repo", HistoryFilter(.days(0))).map(\.test) == ["bad"])
  }

  @Test func attemptsSurvivePacking() {
    let many = [Outcome](repeating: .failed, count: 30) + [.passed]
    #expect(AttemptPack.unpack(AttemptPack.pack(many, of: .passedOnRetry), of: .passedOnRetry) == many.suffix(20))
    for outcome in Outcome.allCases {
      #expect(AttemptPack.pack([outcome], of: outcome) == nil)
      #expect(
        AttemptPack.unpack(AttemptPack.pack([outcome, .passed], of: .passed), of: .passed) == [outcome, .passed])
    }
    #expect(AttemptPack.unpack(-3, of: .failed) == [.failed])
  }
}
