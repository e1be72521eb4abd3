import Foundation
import RunHistory
import Synchronization
import ItemQueries
import TestSupport
import Testing
import TriageMessages
import TriageModel
import TriageServices
import Workspace

@testable import TriageRuntime

@Suite struct TriageRuntimeTests {
  private let queue: EventQueue

  init() throws { queue = try #require(EventQueue()) }

  private static func run(_ outcomes: [Outcome], id: String = "1") -> Run {
    var builder = TestTableBuilder()
    builder.beginReport(ReportInfo(path: "junit.xml", folder: "", format: "junit"))
    for (number, outcome) in outcomes.enumerated() {
      builder.add(AttemptRecord(suite: builder.suite("s"), name: builder.text("t\(number)"), outcome: outcome))
    }
    builder.endReport()
    return Run(info: RunInfo(identity: RunIdentity(source: "here", id: id)), table: builder.table)
  }

  private func runtime(
    watches: Bool = false, history: HistoryService? = nil, load: @escaping TriageRuntime.Load
  ) -> TriageRuntime {
    TriageRuntime(
      queue: queue, owners: OwnerLookup(Owners(rules: [])), ownFiles: OwnFiles { _ in false },
      commits: CommitSearch(root: nil),
      goldens: GoldenFinder(repository: nil, rules: [], cacheFolder: "/nonexistent"),
      decisions: DecisionService(
        repository: nil, directories: Directories(environment: [:]),
        permission: WritePermission(isReadOnly: true, environment: [:]), environment: [:]),
      keepsHistory: history != nil, watches: watches, history: { () throws(HistoryError) in history }, load: load)
  }

  /// The events up to the first that is wanted, which is the last of them.
  private func events(until isLast: (Event) -> Bool) throws -> [Event] {
    var events: [Event] = []
    while true {
      var file = pollfd(fd: queue.wakeHandle, events: Int16(POLLIN), revents: 0)
      try #require(poll(&file, 1, 20_000) > 0, "nothing came")
      for event in queue.take() {
        events.append(event)
        if isLast(event) { return events }
      }
    }
  }

  private func sets(_ events: [Event]) -> [RunSet] {
    events.compactMap { if case .runs(let set) = $0 { set } else { nil } }
  }

  private static func isComplete(_ event: Event) -> Bool {
    if case .runs(let set) = event { set.isComplete } else { false }
  }

  @Test func showsWhatIsReadSoFarButNeverHalfOfWhatIsReadAgain() throws {
    let runtime = runtime { publish in
      _ = publish(LoadCount(phase: "reading", files: 1, tests: 1, bytes: 1), [Self.run([.failed])])
      return .runs([Self.run([.failed, .passed])], watched: [])
    }
    runtime.start()
    #expect(sets(try events(until: Self.isComplete)).map(\.runs[0].table.count) == [1, 2])
    #expect(runtime.perform(.reload))
    #expect(sets(try events(until: Self.isComplete)).map(\.runs[0].table.count) == [2])
  }

  @Test func keepsTheRunsWhenReadingAgainFails() throws {
    let loads = Atomic(0)
    let runtime = runtime { _ in
      loads.add(1, ordering: .relaxed).newValue == 1
        ? .runs([Self.run([.failed])], watched: []) : .failed("could not open x: gone")
    }
    runtime.start()
    _ = try events(until: Self.isComplete)
    _ = runtime.perform(.reload)
    let events = try events { if case .notice = $0 { true } else { false } }
    #expect(sets(events).map(\.runs.count) == [1])
    #expect(events.last == .notice(Notice(.failure, "could not open x: gone")))
  }

  @Test func goesOnWatchingAfterAFailure() throws {
    let folder = try TemporaryFolder()
    try folder.write("junit.xml", "one")
    let watched = [folder.path + "/junit.xml"]
    let loads = Atomic(0)
    let runtime = runtime(watches: true) { _ in
      loads.add(1, ordering: .relaxed).newValue == 1
        ? .runs([Self.run([.failed])], watched: watched) : .failed("could not open x: gone")
    }
    runtime.start()
    _ = try events(until: Self.isComplete)
    try folder.write("junit.xml", "one and more")
    _ = try events { $0 == .filesChanged }
    _ = runtime.perform(.reload)
    _ = try events { if case .notice = $0 { true } else { false } }
    try folder.write("junit.xml", "one and more and more")
    _ = try events { $0 == .filesChanged }
  }

  /// What was worked out of the runs that were open before must not be taken for what the new ones say.
  @Test func runsThatAreReadAgainAreKeptWithTheirOwnFailures() throws {
    let folder = try TemporaryFolder()
    let service = try HistoryService(
      nil, directories: Directories(environment: ["XDG_STATE_HOME": folder.path]), environment: [:])
    let loads = Atomic(0)
    let runtime = runtime(history: service) { _ in
      let number = loads.add(1, ordering: .relaxed).newValue
      var fixture = RunFixture(id: "\(number)")
      fixture.add("t", .failed, message: number == 1 ? "the disk is full" : "another shape was expected")
      return .runs([fixture.run()], watched: [])
    }
    runtime.start()
    _ = try events(until: Self.isComplete)
    _ = runtime.perform(.arrange(QueryRequest(generation: 1, run: RunRef(0, revision: 1), query: TestQuery())))
    _ = try events { if case .arranged = $0 { true } else { false } }
    _ = runtime.perform(.reload)
    _ = try events(until: Self.isComplete)
    _ = runtime.perform(.judge(RunRef(0, revision: 2)))
    _ = try events { if case .judgement = $0 { true } else { false } }
    let results = try service.series(of: "tests/test_a.py::t", .init()).results
    #expect(Set(results.compactMap(\.signature)).count == 2)
  }

  @Test func answersOnlyQuestionsAboutTheTablesItHas() throws {
    let runtime = runtime { _ in .runs([Self.run([.failed, .passed, .passedOnRetry, .unexpectedPass])], watched: []) }
    runtime.start()
    _ = try events(until: Self.isComplete)
    _ = runtime.perform(.arrange(QueryRequest(generation: 1, run: RunRef(0, revision: 0), query: TestQuery())))
    _ = runtime.perform(.arrange(QueryRequest(generation: 2, run: RunRef(7, revision: 1), query: TestQuery())))
    _ = runtime.perform(.arrange(QueryRequest(generation: 3, run: RunRef(0, revision: 1), query: TestQuery())))
    let events = try events { if case .arranged = $0 { true } else { false } }
    guard case .arranged(let answer) = events.last else { return }
    #expect(answer.request.generation == 3)
    // A test that passed is left out, the others come worst first.
    #expect(answer.arrangement.tests == [0, 2, 3].map { TestIndex($0) })
  }
}
