import Foundation
import RunHistory
import Synchronization
import TestSupport
import Testing
import TriageMessages
import TriageModel
import TriageServices
import Workspace

@testable import TriageRuntime

/// What the Runs screen is told, on the 40 runs whose truth is known.
@Suite(.enabled(if: Corpus.exists, "\(Corpus.absence)")) struct HistoryQueueTests {
  private let folder: TemporaryFolder
  private let queue: EventQueue
  private let service: HistoryService

  init() throws {
    folder = try TemporaryFolder()
    queue = try #require(EventQueue())
    service = try HistoryService(
      nil, directories: Directories(environment: ["XDG_STATE_HOME": folder.path]), environment: [:])
  }

  private func past() -> HistoryQueue {
    let (service, queue) = (service, queue)
    return HistoryQueue(
      history: HistoryOpener(open: { service }, say: { _ in }), owners: OwnerLookup(Owners(rules: []))
    ) { queue.post($0) }
  }

  private func addChurn() throws {
    let request = LoadRequest(
      paths: [Corpus.root + "/churn/runs"], repositoryRoot: nil, cacheFolder: folder.path)
    for run in try RunLoader.load(request).runs.reversed() { try service.add(run) }
  }

  private func next() throws -> Event {
    var file = pollfd(fd: queue.wakeHandle, events: Int16(POLLIN), revents: 0)
    try #require(poll(&file, 1, 20_000) > 0, "nothing came")
    return try #require(queue.take().first)
  }

  private func nextList() throws -> RunList? { if case .runList(let list) = try next() { list } else { nil } }

  private func nextComparison() throws -> RunComparisonAnswer? {
    if case .runComparison(let answer) = try next() { answer } else { nil }
  }

  @Test func listsTheRunsNewestFirstAndComparesTwo() throws {
    try addChurn()
    let past = past()
    let request = RunListRequest(generation: 3, window: .all)
    past.listRuns(request)
    let list = try #require(try nextList())
    #expect(list.request == request && list.problem == nil)
    #expect(list.runs.map(\.identity.id) == (4101...4140).reversed().map(String.init))
    let numbers = Dictionary(list.runs.map { ($0.identity.id, $0.key) }) { first, _ in first }
    let pair = RunPair(before: try #require(numbers["4135"]), after: try #require(numbers["4136"]))
    past.compare(pair)
    let answer = try #require(try nextComparison())
    #expect(answer.pair == pair)
    let comparison = try #require(answer.comparison)
    #expect(comparison.fixed.map(\.test) == ["tests/contract/test_signature.py::test_onnx_round_trip"])
    #expect(comparison.newlyFailing.map(\.test) == ["tests/unit/test_handler.py::test_cold_start_budget"])
    #expect(comparison.stillFailing.count == 9)
  }

  @Test func windowsCountBackFromTheNewestRun() throws {
    try addChurn()
    let past = past()
    past.listRuns(RunListRequest(generation: 1, window: .days(7)))
    let list = try #require(try nextList())
    #expect(list.runs.first?.identity.id == "4140" && list.runs.last?.identity.id == "4122")
  }

  @Test func saysWhyTheHistoryCannotBeOpenedInsteadOfThatThereIsNone() throws {
    let queue = queue
    let opening: HistoryOpening = { () throws(HistoryError) in throw .newer(found: 99, known: 2) }
    let opener = HistoryOpener(open: opening, say: { _ in })
    let past = HistoryQueue(history: opener, owners: OwnerLookup(Owners(rules: []))) { queue.post($0) }
    past.listRuns(RunListRequest(generation: 1, window: .all))
    let list = try #require(try nextList())
    #expect(list.problem?.hasPrefix("could not open the history: it was written by a newer assay") == true)
  }

  @Test func withoutAHistoryItSaysHowToMakeOne() throws {
    let queue = queue
    let opener = HistoryOpener(open: { nil }, say: { _ in })
    let past = HistoryQueue(history: opener, owners: OwnerLookup(Owners(rules: []))) { queue.post($0) }
    past.listRuns(RunListRequest(generation: 1, window: .all))
    let list = try #require(try nextList())
    #expect(list.runs.isEmpty && list.problem?.contains("assay ingest") == true)
  }
}
