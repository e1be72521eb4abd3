import FailureAnalysis
import RunHistory
import TestSupport
import Testing
import TriageModel
import Workspace

@testable import TriageServices

/// The verdicts of a real store do not depend on the order in which runs came into it.
@Suite struct IngestionOrderTests {
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 33)
    }
  }

  private static let tests = (0..<12).map { "tests/test_a.py::test_\($0)" }

  /// A run in which each test fails by chance in one of three ways, or passes at another try.
  private func run(_ number: Int, _ random: inout Numbers) -> RunContent {
    var record = RunRecord(identity: RunIdentity(source: "ci", id: "\(100 + number)"))
    record.commit = "c\(number / 3)"
    record.startedAt =
      number % 9 == 4 ? nil : Timestamp(milliseconds: 1_700_000_000_000 + Int64(number) * 14_400_000)
    var content = RunContent(record: record) { row, body in Array(Self.tests[row].utf8).withUnsafeBytes(body) }
    for test in Self.tests.indices {
      // The last ones are broken from the middle on, the others flake as they are numbered.
      let isFailing =
        test > 9 ? number > 14 : Int.random(in: 0..<40, using: &random) < test * (number % 11 == 7 ? 3 : 1)
      let key = SignatureKey(UInt64(1 + Int.random(in: 0..<3, using: &random)))
      content.rows.append(
        RunContent.Row(outcome: isFailing ? .failed : .passed, signature: isFailing ? key : nil))
      if isFailing { content.signatures[key] = .init(title: "failure \(key.value)", text: "text") }
    }
    return content
  }

  /// Each test's verdict on its newest result, with the runs named, since their numbers follow the order of ingestion.
  private func verdicts(_ runs: [RunContent]) throws -> [[String]] {
    let folder = try TemporaryFolder()
    let service = try HistoryService(
      nil, directories: Directories(environment: ["HOME": folder.path]), environment: [:])
    for run in runs { _ = try service.add(run) }
    let records = try service.records()
    let names = Dictionary(records.map { ($0.key, $0.identity.id) }) { first, _ in first }
    func name(_ key: RunKey?) -> String { key.flatMap { names[$0] } ?? "-" }
    return try Self.tests.map { test in
      let series = try service.series(of: test, .init())
      let verdict = try #require(try service.verdict(on: series))
      let range = verdict.range.map { [$0.lastPass, $0.firstFailure, $0.earliest, $0.latest].map(name) } ?? []
      return [verdict.label.rawValue] + verdict.why + verdict.flips + range + verdict.failureChanges.map(name)
        + [name(verdict.fixedIn)]
    }
  }

  @Test func theOrderOfRunsChangesNoVerdict() throws {
    var random = Numbers(state: 17)
    var runs = (0..<30).map { run($0, &random) }
    let expected = try verdicts(runs)
    #expect(Set(expected.map(\.[0])).count > 2, "\(expected)")
    #expect(try verdicts(runs.reversed()) == expected)
    for _ in 0..<4 {
      runs.shuffle(using: &random)
      #expect(try verdicts(runs) == expected)
    }
  }
}
