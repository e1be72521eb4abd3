import Dispatch
import RunHistory
import Synchronization
import TestSupport
import Testing
import TriageMessages
import TriageModel
import TriageServices
import Workspace

@testable import TriageRuntime

/// What the Flakes screen is told, from a real store.
@Suite struct FlakeSurveyTests {
  private let folder: TemporaryFolder
  private let service: HistoryService
  private let answers = Answers()

  /// The events that were posted, in order.
  private final class Answers: Sendable {
    private let events = Mutex<[Event]>([])
    private let posted = DispatchSemaphore(value: 0)

    func post(_ event: Event) {
      events.withLock { $0.append(event) }
      posted.signal()
    }

    func next() throws -> Event {
      try #require(posted.wait(timeout: .now() + 60) == .success, "no answer came")
      return events.withLock { $0.removeFirst() }
    }
  }

  init() throws {
    folder = try TemporaryFolder()
    service = try HistoryService(
      nil, directories: Directories(environment: ["XDG_STATE_HOME": folder.path]), environment: [:])
  }

  private func past(_ service: HistoryService?) -> HistoryQueue {
    let owners = Owners(rules: [OwnerRule(pattern: "tests/unit/test_handler.py", owners: ["@serving"])])
    return HistoryQueue(
      history: HistoryOpener(open: { () throws(HistoryError) in service }, say: { _ in }), owners: OwnerLookup(owners),
      post: answers.post)
  }

  private func list(_ event: Event) throws -> FlakeList {
    guard case .flakes(let list) = event else { throw Unexpected(event: event) }
    return list
  }

  private struct Unexpected: Error {
    let event: Event
  }

  private static func churn(_ cache: TemporaryFolder) throws -> [Run] {
    let request = LoadRequest(paths: [Corpus.root + "/churn/runs"], repositoryRoot: nil, cacheFolder: cache.path)
    return try RunLoader.load(request).runs
  }

  @Test(.enabled(if: Corpus.exists, "\(Corpus.absence)")) func saysWhatFlakesAndWhatEachRunDid() throws {
    let runs = try Self.churn(folder)
    for run in runs.reversed() { try service.add(run) }
    let past = past(service)
    past.findFlakes(FlakesRequest(generation: 1, window: .days(90), isAll: false))
    let list = try list(answers.next())
    let names = list.rows.compactMap { $0.flake.test.split(separator: ":").last }
    #expect(names == ["test_retry_order", "test_cold_start_budget", "test_feature_store_lookup"])
    #expect(list.rows.allSatisfy { $0.flake.owner == "@serving" })
    #expect(list.total.flaky == 3 && list.total.unsteady == 46 && list.total.runs == 40)
    #expect(list.runs.map(\.identity) == runs.map(\.info.identity))
    for row in list.rows {
      for (run, cell) in zip(runs, row.cells) {
        let test = run.table.tests { _ in true }.first { run.table.id(of: $0) == row.flake.test }
        #expect(cell == test.map(run.table.outcome), "\(row.flake.test) in \(run.info.identity.id)")
      }
    }
    #expect(list.rows[0].lastSeen?.identity.id == "4133" && list.rows[0].firstSeen?.identity.id == "4106")
    try describesAnAttempt(of: list, past, runs)
  }

  /// What an attempt said is told by its own run alone; of a run that is not open, only what such failures are known as.
  private func describesAnAttempt(of list: FlakeList, _ past: HistoryQueue, _ runs: [Run]) throws {
    let run = try #require(list.runs.first { $0.identity.id == "4132" })
    past.describe(AttemptRequest(test: list.rows[0].flake.test, run: run.key), openRuns: runs)
    guard case .attempt(let answer) = try answers.next() else { return #expect(Bool(false)) }
    #expect(answer.results.map(\.attempts) == [[.failed, .failed, .passed]])
    #expect(answer.text?.contains("events handled as") == true)
    let others = runs.filter { $0.info.identity != run.identity }
    past.describe(AttemptRequest(test: list.rows[0].flake.test, run: run.key), openRuns: others)
    guard case .attempt(let alike) = try answers.next() else { return #expect(Bool(false)) }
    #expect(alike.text == nil && alike.title?.isEmpty == false)
    past.describe(AttemptRequest(test: "no such test", run: run.key), openRuns: runs)
    guard case .attempt(let none) = try answers.next() else { return #expect(Bool(false)) }
    #expect(none.results.isEmpty && none.text == nil)
  }

  /// A run in which every third test fails, beginning with one.
  private static func run(_ id: Int, tests: Int, failing: (Int) -> Bool) -> Run {
    var builder = TestTableBuilder()
    builder.beginReport(ReportInfo(path: "junit.xml", folder: "", format: "junit"))
    for number in 0..<tests {
      var record = AttemptRecord(
        suite: builder.suite("s"), name: builder.text("t\(number)"), outcome: failing(number) ? .failed : .passed)
      record.duration = Float(number)
      builder.add(record)
    }
    builder.endReport()
    var info = RunInfo(identity: RunIdentity(source: "ci", id: "\(id)"))
    info.commit = "c0ffee"
    info.startedAt = Timestamp(milliseconds: Int64(id) * 3_600_000)
    return Run(info: info, table: builder.table)
  }

  @Test func cutsALongListToTheCostliestAndSaysSo() throws {
    for id in 0..<3 { try service.add(Self.run(id, tests: 600) { $0 % 3 == id }) }
    past(service).findFlakes(FlakesRequest(generation: 1, window: .all, isAll: false))
    let list = try list(answers.next())
    #expect(list.rows.count == 500)
    #expect(list.rows.first?.flake.test == "s::t599")
    #expect(list.total.flaky == 600)
    #expect(list.problem == "shown: the 500 costliest of 600 tests")
  }

  @Test func oneFailingTestOfManyRunsIsInAllButNotFlaky() throws {
    for id in 0..<3 { try service.add(Self.run(id, tests: 30) { $0 == 7 }) }
    let past = past(service)
    past.findFlakes(FlakesRequest(generation: 1, window: .all, isAll: false))
    #expect(try list(answers.next()).rows.isEmpty)
    past.findFlakes(FlakesRequest(generation: 2, window: .all, isAll: true))
    let all = try list(answers.next())
    #expect(all.rows.map(\.flake.test) == ["s::t7"])
    #expect(all.rows.first?.flake.verdict.label != .flaky)
  }

  @Test func saysThatThereIsNoHistory() throws {
    past(nil).findFlakes(FlakesRequest(generation: 1, window: .all, isAll: false))
    #expect(try list(answers.next()).problem?.hasPrefix("no history is kept here yet") == true)
  }
}
