internal import RunHistory
internal import Testing
internal import TriageModel

struct ExchangeTests {
  private let temporary = TemporaryStore()
  private let other = TemporaryStore()

  private func filled(_ kind: StoreKind) throws -> any HistoryStore {
    let store = try temporary.open(kind)
    for day in [0, 10, 500] {
      try store.add(
        Example(
          id: "\(day)", day: Int64(day), labels: ["os": "linux"],
          tests: [("a", .failed), ("b \"q\"\n", .passed), ("c", .passedOnRetry)],
          attempts: ["c": [.timedOut, .passed]], legs: day == 10 ? ["x", "y"] : []))
    }
    return store
  }

  private func exported(_ store: any HistoryStore) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try store.export("repo") { lines in
      bytes += lines
      return true
    }
    return bytes
  }

  private func read(_ bytes: [UInt8], into store: any HistoryStore) throws -> [RunAdded] {
    var lines = RunLines()
    var runs: [RunContent] = []
    for line in bytes.split(separator: 0x0A) {
      if let run = try lines.add(Array(line)) { runs.append(run) }
    }
    if let run = try lines.finish() { runs.append(run) }
    return try runs.map { try store.add($0, repository: "repo", received: Timestamp(milliseconds: 1 << 50)) }
  }

  @Test(arguments: StoreKind.allCases, StoreKind.allCases) func whatIsImportedIsWhatWasExported(
    _ kind: StoreKind, _ otherKind: StoreKind
  ) throws {
    let store = try filled(kind)
    for day in [1, 11] {
      try store.add(
        Example(
          id: "items \(day)", day: Int64(day), tests: [("metric:train::recall", .failed), ("a", .passed)],
          items: ["metric:train::recall": .init(kind: "metric", measure: 0.25 + Double(day))]))
    }
    let bytes = try exported(store)
    let copy = try other.open(otherKind)
    #expect(try read(bytes, into: copy).count == 5)
    #expect(try copy.runs(of: "repo").map(\.items.total).reduce(0, +) == 2)
    #expect(try exported(copy) == bytes)
    #expect(try read(bytes, into: copy) == Array(repeating: .known, count: 5))
  }

  @Test(arguments: StoreKind.allCases) func aRunWithoutATimeStandsWhereItStood(_ kind: StoreKind) throws {
    let store = try temporary.open(kind)
    for (id, today) in [("old", 10), ("new", 400)] as [(String, Int64)] {
      try store.add(Example(id: id, day: nil, tests: [("a", .passed)]), today: today)
    }
    let copy = try other.open(kind)
    _ = try read(exported(store), into: copy)
    func recent(_ store: any HistoryStore) throws -> [String] {
      try store.runs(of: "repo", HistoryFilter(.days(30))).map(\.identity.id)
    }
    #expect(try recent(store) == ["new"])
    #expect(try recent(copy) == ["new"])
    // A time that lies ahead of the one who imports would make it the newest for ever.
    let ahead = #"{"run":{"source":"s","id":"ahead","received_ms":9000000000000000}}"#
    let third = TemporaryStore()
    let fresh = try third.open(kind)
    _ = try read(Array(ahead.utf8), into: fresh)
    try fresh.add(Example(id: "later", day: nil, tests: [("a", .passed)]), today: 1 << 24)
    #expect(try fresh.runs(of: "repo").first?.identity.id == "later")
  }

  @Test func badLinesAreNamed() throws {
    var lines = RunLines()
    #expect(throws: HistoryError.line(1, "no run stands before it")) { try lines.add(Array(#"{"test":"a"}"#.utf8)) }
    #expect(try lines.add(Array(#"{"run":{"source":"s","id":"1"}}"#.utf8))?.rows == nil)
    #expect(throws: HistoryError.line(3, "no such outcome")) {
      try lines.add(Array(#"{"test":"a","outcome":"odd"}"#.utf8))
    }
    #expect(throws: HistoryError.self) { try lines.add(Array("{".utf8)) }
  }

  @Test(arguments: StoreKind.allCases) func pruningCountsBackFromTheNewestRun(_ kind: StoreKind) throws {
    let store = try filled(kind)
    #expect(try store.prune("repo", keepDays: 400, isDryRun: true) == Pruned(runs: 2, results: 6))
    #expect(try store.runs(of: "repo").count == 3)
    #expect(try store.prune("repo", keepDays: 400, isDryRun: false) == Pruned(runs: 2, results: 6))
    #expect(try store.runs(of: "repo").map(\.identity.id) == ["500"])
    #expect(try store.outcomes(of: "a") == [.failed])
    #expect(try store.prune("repo", keepDays: 400, isDryRun: false) == Pruned(runs: 0, results: 0))
  }
}
