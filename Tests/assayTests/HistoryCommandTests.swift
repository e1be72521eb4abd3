import Foundation
import TestSupport
import Testing

/// The history from the command line, on the 40 runs whose truth is known.
@Suite(.enabled(if: Corpus.exists, "\(Corpus.absence)")) struct HistoryCommandTests {
  private let program: Program
  private static let runs = Corpus.root + "/churn/runs"

  init() throws {
    program = try Program()
    let ending = try program.run("ingest", Self.runs)
    try #require(ending.status == 0, "\(ending.errors)")
  }

  private func json(_ arguments: String...) throws -> [String: Any] {
    let ending = try program.run(arguments + ["--json"])
    try #require(ending.status == 0, "\(arguments): \(ending.errors)")
    return try #require(try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any])
  }

  private func verdict(_ test: String) throws -> [String: Any] {
    try #require(try json("history", test)["verdict"] as? [String: Any])
  }

  @Test func addingTheSameRunsAgainChangesNothing() throws {
    let before = try program.run("history", "export").output
    #expect(try program.run("ingest", Self.runs).output.contains("0 runs added, 0 completed, 40 known"))
    #expect(try program.run("history", "export").output == before)
  }

  @Test func namesTheFlakyTestsAndNoOther() throws {
    let tests = try #require(try json("flaky")["tests"] as? [[String: Any]])
    let names = tests.compactMap { ($0["test"] as? String)?.split(separator: ":").last.map(String.init) }
    #expect(Set(names) == ["test_feature_store_lookup", "test_cold_start_budget", "test_retry_order"])
    let rate = try #require(tests.first?["rate"] as? [String: Any])
    #expect(rate["count"] as? Int == 6 && rate["of"] as? Int == 40)
  }

  @Test(arguments: [
    ("tests/unit/test_features.py::test_encoding_strict_golden", "4111"),
    ("tests/unit/test_scoring.py::test_scores_golden", "4116"),
    ("tests/unit/test_scoring.py::test_score_summary_snapshot", "4116"),
    ("tests/contract/test_signature.py::test_signature_matches_manifest", "4126"),
  ])
  func saysSinceWhenATestIsBroken(test: String, since: String) throws {
    let verdict = try verdict(test)
    #expect(verdict["label"] as? String == "broken")
    #expect(verdict["since"] as? String == since)
    let why = try #require(verdict["why"] as? [String])
    #expect(why.contains { $0.contains("changed in 4121") } == test.contains("test_scoring"))
  }

  @Test func saysWhatWasFixed() throws {
    let verdict = try verdict("tests/contract/test_signature.py::test_onnx_round_trip")
    #expect(verdict["label"] as? String == "fixed")
    #expect((verdict["why"] as? [String])?.first == "passed 5 of 5 runs since 4136")
  }

  @Test func eachRowOfTheListSaysTheVerdictAndSinceWhichCommit() throws {
    let text = try program.run("list", Self.runs + "/036").output
    let row = text.split(separator: "\n").first { $0.contains("::test_scores_golden") }
    #expect(row?.contains("broken since run 4116 (194bf4a)") == true, "\(text)")
    #expect(text.contains("  flaky  AssertionError: cold start took"))
  }

  @Test func listSaysWhatTheHistoryKnowsOfEachFailure() throws {
    let tests = try #require(try json("list", Self.runs + "/036")["tests"] as? [[String: Any]])
    let labels = tests.compactMap { ($0["verdict"] as? [String: Any])?["label"] as? String }
    #expect(labels.count == 10 && labels.count { $0 == "broken" } == 9 && labels.count { $0 == "flaky" } == 1)
    // Without a history nothing is said.
    let other = try Program().run("list", Self.runs + "/036", "--json")
    #expect(other.output.contains("\"verdict\":null"))
  }

  @Test func comparesTwoRuns() throws {
    let compared = try program.run("compare", "4135", "4136")
    #expect(compared.output.contains("fixed ×1\n  tests/contract/test_signature.py::test_onnx_round_trip"))
    #expect(compared.output.contains("newly failing ×1\n  tests/unit/test_handler.py::test_cold_start_budget"))
  }

  @Test func unknownTestsAndRunsAreNamed() throws {
    let test = try program.run("history", "no/such::test")
    #expect(test.status == 3 && test.errors.hasPrefix("assay: could not find no/such::test"))
    #expect(try program.run("compare", "1", "2").status != 0)
  }
}
