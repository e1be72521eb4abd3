internal import RunHistory
internal import Testing
internal import TriageModel

/// What failures were called, how long runs took, and how long tests did: kept beside the results.
struct VerdictTests {
  private let temporary = TemporaryStore()
  private let other = TemporaryStore()

  @Test(arguments: StoreKind.allCases) func theFirstVerdictStays(_ kind: StoreKind) throws {
    let store = try temporary.open(kind)
    try store.add(Example(id: "1", tests: [("b", .failed), ("a", .failed)]))
    let run = try #require(try store.runs(of: "repo").first)
    try store.keep(verdicts: ["b": .new, "unheard": .broken], ofRun: run.identity, in: "repo")
    try store.keep(verdicts: ["a": .flaky, "b": .broken], ofRun: run.identity, in: "repo")
    #expect(
      try store.verdicts(of: [run.key]) == [
        KeptVerdict(run: run.key, test: "a", label: .flaky), KeptVerdict(run: run.key, test: "b", label: .new),
      ])
    // More of the run changes nothing of what was said of it.
    try store.add(Example(id: "1", tests: [("b", .failed), ("a", .passed), ("c", .passed)]))
    #expect(try store.verdicts(of: [run.key]).count == 2)
  }

  @Test(arguments: StoreKind.allCases) func verdictsGoWithTheirRun(_ kind: StoreKind) throws {
    let store = try temporary.open(kind)
    for day in [0, 500] { try store.add(Example(id: "\(day)", day: Int64(day), tests: [("a", .failed)])) }
    let runs = try store.runs(of: "repo")
    for run in runs { try store.keep(verdicts: ["a": .massFailure], ofRun: run.identity, in: "repo") }
    _ = try store.prune("repo", keepDays: 10, isDryRun: false)
    #expect(try store.verdicts(of: runs.map(\.key)).map(\.run) == [runs[0].key])
  }

  @Test(arguments: StoreKind.allCases, StoreKind.allCases) func verdictsAndTimesAreCarriedToAnotherStore(
    _ kind: StoreKind, _ otherKind: StoreKind
  ) throws {
    let store = try temporary.open(kind)
    var content = Example(id: "1", tests: [("a", .failed), ("b", .passed)]).content
    content.record.took = RunTime(seconds: 61.25, by: .tests)
    _ = try store.add(content, repository: "repo", received: Timestamp(milliseconds: 9))
    try store.keep(verdicts: ["a": .broken], ofRun: content.record.identity, in: "repo")
    let copy = try other.open(otherKind)
    var lines = RunLines()
    var bytes: [UInt8] = []
    try store.export("repo") {
      bytes += $0; return true
    }
    for line in bytes.split(separator: 0x0A) { _ = try lines.add(Array(line)) }
    let read = try #require(try lines.finish())
    _ = try copy.add(read, repository: "repo", received: Timestamp(milliseconds: 9))
    let run = try #require(try copy.runs(of: "repo").first)
    #expect(run.took == content.record.took)
    #expect(try copy.verdicts(of: [run.key]).map(\.label) == [.broken])
  }

  @Test(arguments: StoreKind.allCases) func theSurerTimeOfARunStaysWhateverCameFirst(_ kind: StoreKind) throws {
    let times = [RunTime(seconds: 5, by: .tests), RunTime(seconds: 9, by: .tests), RunTime(seconds: 7, by: .job), nil]
    let store = try temporary.open(kind)
    for (number, order) in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 0, 3, 2]].enumerated() {
      for place in order {
        var content = Example(id: "\(number)", tests: [("a", .passed)]).content
        content.record.took = times[place]
        _ = try store.add(content, repository: "repo", received: Timestamp(milliseconds: 9))
      }
    }
    #expect(try store.runs(of: "repo").map(\.took) == Array(repeating: times[2], count: 3))
  }

  @Test(arguments: StoreKind.allCases) func secondsAreThoseOfTestsAlone(_ kind: StoreKind) throws {
    let store = try temporary.open(kind)
    try store.add(
      Example(
        id: "1", tests: [("a", .failed), ("bench::x", .passed), ("b", .passed), ("c", .passed)],
        legs: ["x", "y"], seconds: { [2, 100, 0.25, nil][$0] },
        items: ["bench::x": .init(kind: "bench", measure: 1)]))
    try store.add(Example(id: "2", day: 1, tests: [("a", .passed)]))
    let runs = try store.runs(of: "repo")
    #expect(try store.seconds(ofRuns: runs.map(\.key)) == [runs[1].key: 2.25])
    let slowest = try store.slowest(ofRun: runs[1].key, limit: 5)
    #expect(slowest.map(\.test) == ["a", "b"] && slowest.map(\.seconds) == [2, 0.25])
    #expect(try store.slowest(ofRun: runs[1].key, limit: 1).map(\.test) == ["a"])
  }
}

extension HistoryStore {
  /// Adds verdicts on failures of a run that is kept, as a further report of it brings them.
  fileprivate func keep(verdicts: [String: Verdict.Label], ofRun run: RunIdentity, in repository: String) throws {
    var content = RunContent(record: RunRecord(identity: run)) { _, _ in }
    content.verdicts = verdicts
    _ = try add(content, repository: repository, received: Timestamp(milliseconds: 9))
  }
}
