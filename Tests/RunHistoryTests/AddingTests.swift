internal import RunHistory
internal import Testing
internal import TriageModel

struct AddingTests {
  private let temporary = TemporaryStore()

  @Test(arguments: StoreKind.allCases) func sameRunAgainChangesNothing(_ kind: StoreKind) throws {
    let store = try temporary.open(kind)
    let run = Example(id: "1", tests: [("a", .passed), ("b", .failed)])
    #expect(try store.add(run) == .added(results: 2, newTests: 2))
    #expect(try store.add(run, today: 2000) == .known)
    #expect(try store.runs(of: "repo").count == 1)
  }

  @Test(arguments: StoreKind.allCases) func richerReportCompletesARun(_ kind: StoreKind) throws {
    let store = try temporary.open(kind)
    try store.add(Example(id: "1", tests: [("a", .failed)]))
    let richer = Example(
      id: "1", labels: ["os": "linux"], tests: [("a", .passedOnRetry), ("b", .passed)],
      attempts: ["a": [.failed, .passed]])
    #expect(try store.add(richer) == .completed(results: 1, newTests: 1))
    let result = try #require(try store.series(of: "a", in: "repo").results.first)
    #expect(result.attempts == [.failed, .passed])
    #expect(result.outcome == .passedOnRetry)
    let run = try #require(try store.runs(of: "repo").first)
    #expect(run.counts.total == 2 && run.counts[.passedOnRetry] == 1 && run.labels == ["os": "linux"])
    #expect(try store.add(Example(id: "1", tests: [("a", .failed)])) == .known, "a poorer report takes nothing away")
  }

  @Test(arguments: StoreKind.allCases) func sameIDOfTwoSourcesIsTwoRuns(_ kind: StoreKind) throws {
    let store = try temporary.open(kind)
    try store.add(Example(id: "1", source: "github", tests: [("a", .passed)]))
    #expect(
      try store.add(Example(id: "1", source: "jenkins", tests: [("a", .failed)])) == .added(results: 1, newTests: 0))
  }

  @Test(arguments: StoreKind.allCases) func repositoriesAreApart(_ kind: StoreKind) throws {
    let store = try temporary.open(kind)
    try store.add(Example(id: "1", tests: [("a", .passed)]))
    try store.add(Example(id: "2", tests: [("a", .failed)]), repository: "other")
    #expect(try store.outcomes(of: "a") == [.passed])
    #expect(try store.series(of: "a", in: "other").results.map(\.outcome) == [.failed])
  }

  @Test(arguments: StoreKind.allCases) func runsOutOfOrderStandInOrderOfTime(_ kind: StoreKind) throws {
    let store = try temporary.open(kind)
    for (id, day, outcome) in [("3", 30, Outcome.failed), ("1", 10, .passed), ("2", 20, .errored)] {
      try store.add(Example(id: id, day: Int64(day), tests: [("a", outcome)]))
    }
    #expect(try store.outcomes(of: "a") == [.passed, .errored, .failed])
    #expect(try store.runs(of: "repo").map(\.identity.id) == ["3", "2", "1"])
  }

  @Test(arguments: StoreKind.allCases) func clockInTheFutureAndNoClockStandWhereTheyWereReceived(_ kind: StoreKind)
    throws
  {
    let store = try temporary.open(kind)
    try store.add(Example(id: "future", day: 9000, tests: [("a", .failed)]), today: 100)
    try store.add(Example(id: "none", day: nil, tests: [("a", .errored)]), today: 101)
    try store.add(Example(id: "right", day: 102, tests: [("a", .passed)]), today: 102)
    #expect(try store.runs(of: "repo").map(\.identity.id) == ["right", "none", "future"])
  }

  @Test(arguments: StoreKind.allCases) func wrongClockIsNoTime(_ kind: StoreKind) throws {
    let store = try temporary.open(kind)
    for day in [9000, -4000, Int64.max / 86_400_000, Int64.min / 86_400_000] {
      try store.add(Example(id: "\(day)", day: day, tests: [("a", .passed)]), today: 100)
    }
    #expect(try store.runs(of: "repo").allSatisfy { $0.startedAt == nil })
    #expect(try store.prune("repo", keepDays: 1, isDryRun: false).runs == 0)
    try store.add(Example(id: "almost", day: 101, tests: [("a", .passed)]), today: 100)
    #expect(try store.runs(of: "repo").first?.startedAt != nil, "clocks differ a little")
  }

  /// A second report of the run that passed or skipped the test, before or behind: nothing tells that it came later.
  @Test(arguments: [Outcome.passed, .skipped], [true, false]) func aFailureOutlivesOtherReports(
    _ other: Outcome, _ isFirst: Bool
  ) throws {
    for store in try StoreKind.allCases.map({ try temporary.open($0) }) {
      for outcome in isFirst ? [.failed, other] : [other, .failed] {
        try store.add(Example(id: "1", tests: [("a", outcome)]))
      }
      #expect(try store.series(of: "a", in: "repo").results.map(\.outcome) == [.failed])
    }
  }

  @Test(arguments: StoreKind.allCases, [true, false]) func aFailureWithoutALegIsNotReplacedByPassesWithOne(
    _ kind: StoreKind, _ isFirst: Bool
  ) throws {
    let store = try temporary.open(kind)
    let alone = Example(id: "1", tests: [("a", .failed)])
    let legs = Example(id: "1", tests: [("a", .passed), ("a", .passed)], legs: ["linux", "mac"])
    for run in isFirst ? [alone, legs] : [legs, alone] { try store.add(run) }
    #expect(try store.series(of: "a", in: "repo").results.contains { $0.outcome == .failed })
  }

  @Test(arguments: StoreKind.allCases) func legsAndNamesakesAreApart(_ kind: StoreKind) throws {
    let store = try temporary.open(kind)
    try store.add(Example(id: "1", tests: [("a", .passed), ("a", .failed)], legs: ["linux", "mac"]))
    try store.add(Example(id: "2", day: 1, tests: [("a", .passed), ("a", .failed)]))
    let results = try store.series(of: "a", in: "repo").results
    #expect(results.map(\.leg) == ["linux", "mac", "", "#2"])
    #expect(results.map(\.outcome) == [.passed, .failed, .passed, .failed])
  }

  @Test(arguments: StoreKind.allCases) func legCalledAsAnothersSecondIsStillALegOfItsOwn(_ kind: StoreKind) throws {
    let store = try temporary.open(kind)
    let tests = [("a", Outcome.passed), ("a", .failed), ("a", .errored), ("a", .skipped)]
    try store.add(Example(id: "1", tests: tests, legs: ["x", "x #2", "x", "y"]))
    let results = try store.series(of: "a", in: "repo").results
    #expect(results.count == 4 && Set(results.map(\.leg)).count == 4)
    #expect(try store.add(Example(id: "1", tests: tests, legs: ["x", "x #2", "x", "y"])) == .known)
  }

  @Test(arguments: StoreKind.allCases) func legsReplaceAResultWithoutOne(_ kind: StoreKind) throws {
    let store = try temporary.open(kind)
    try store.add(Example(id: "1", tests: [("a", .passed)]))
    try store.add(Example(id: "1", tests: [("a", .passed), ("a", .failed)], legs: ["linux", "mac"]))
    #expect(try store.series(of: "a", in: "repo").results.map(\.leg) == ["linux", "mac"])
    #expect(try store.add(Example(id: "1", tests: [("a", .failed)])) == .known, "whichever came first")
  }

  @Test(arguments: StoreKind.allCases) func manyKnownTestsAreFoundAgain(_ kind: StoreKind) throws {
    let store = try temporary.open(kind)
    let tests = (0..<3000).map { ("test_\($0)", Outcome.passed) }
    #expect(try store.add(Example(id: "1", tests: tests)) == .added(results: 3000, newTests: 3000))
    #expect(try store.add(Example(id: "2", day: 1, tests: tests)) == .added(results: 3000, newTests: 0))
    #expect(try store.add(Example(id: "3", day: 2, tests: Array(tests[..<9]))) == .added(results: 9, newTests: 0))
    #expect(try store.outcomes(of: "test_7").count == 3)
  }

  @Test(arguments: StoreKind.allCases) func signatureIsKeptWithItsText(_ kind: StoreKind) throws {
    let store = try temporary.open(kind)
    try store.add(Example(id: "1", tests: [("a", .failed)]))
    try store.add(Example(id: "2", day: 5, tests: [("a", .failed), ("b", .failed)]))
    let key = SignatureKey(UInt64.max - 7)
    let span = try #require(try store.spans(of: [key], in: "repo")[key])
    #expect(span.count == 3 && span.first != span.last)
    #expect(try store.text(of: key, in: "repo")?.title == "boom")
  }
}
