internal import RunHistory
internal import Testing
internal import TriageModel

struct QueryTests {
  private let temporary = TemporaryStore()

  @Test func windowCountsBackFromTheNewestRun() throws {
    let store = try temporary.open()
    for day in [0, 50, 75, 80] { try store.add(Example(id: "\(day)", day: Int64(day), tests: [("a", .passed)])) }
    #expect(try store.runs(of: "repo", HistoryFilter(.days(7))).map(\.identity.id) == ["80", "75"])
    #expect(try store.runs(of: "repo", HistoryFilter(.days(30))).count == 3)
    #expect(try store.runs(of: "repo", HistoryFilter(.days(-5))).count == 1)
    #expect(try store.runs(of: "repo", HistoryFilter(.days(Int.max))).count >= 0)
    #expect(try store.runs(of: "repo", HistoryFilter(.all, limit: 1)).map(\.identity.id) == ["80"])
  }

  @Test func filtersChooseBranchLabelAndMoment() throws {
    let store = try temporary.open()
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
    filter.upTo = try store.run(RunIdentity(source: "ci", id: "2"), of: "repo")?.number
    #expect(try store.outcomes(of: "a", filter) == [.passed, .failed])
  }

  @Test func seriesOfManyAndOfFewTestsAgree() throws {
    let store = try temporary.open()
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

  @Test func comparisonSortsTestsByWhatBecameOfThem() throws {
    let store = try temporary.open()
    try store.add(
      Example(id: "1", tests: [("breaks", .passed), ("heals", .failed), ("stays", .failed), ("goes", .passed)]))
    try store.add(
      Example(
        id: "2", day: 1, tests: [("breaks", .failed), ("heals", .passed), ("stays", .timedOut), ("comes", .passed)]))
    let runs = try store.runs(of: "repo")
    let comparison = try store.compare(runs[1].number, runs[0].number)
    #expect(comparison.newlyFailing.map(\.test) == ["breaks"])
    #expect(comparison.fixed.map(\.test) == ["heals"])
    #expect(comparison.stillFailing.map(\.test) == ["stays"])
    #expect(comparison.added.map(\.test) == ["comes"])
    #expect(comparison.vanished.map(\.test) == ["goes"])
    #expect(try store.results(ofRun: runs[0].number).map(\.test) == ["breaks", "comes", "heals", "stays"])
  }

  @Test func unsteadyTestsAreCounted() throws {
    let store = try temporary.open()
    for day in 0..<4 {
      try store.add(
        Example(
          id: "\(day)", day: Int64(day),
          tests: [("bad", .failed), ("flaky", day == 2 ? .passedOnRetry : .passed), ("good", .passed)],
          attempts: day == 2 ? ["flaky": [.failed, .passed]] : [:]))
    }
    let found = try store.unsteady(in: "repo")
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
