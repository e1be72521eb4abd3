import Foundation
import TestSupport
import Testing

/// What `show` says of a test's turn, on the 40 runs whose truth is known: the twin of the screen's Message tab.
@Suite(.enabled(if: Corpus.exists, "\(Corpus.absence)")) struct ShowCommandTests {
  private let program: Program
  private static let runs = Corpus.root + "/churn/runs"

  init() throws {
    program = try Program()
    let bundle = Corpus.root + "/churn/project.bundle"
    try #require(try program.shell(["git", "clone", "-q", "-b", "main", bundle, "churn"]).status == 0)
    let ending = try program.run("ingest", "-C", "churn", Self.runs)
    try #require(ending.status == 0, "\(ending.errors)")
  }

  private func show(_ test: String, _ run: String = "040") throws -> [String: Any] {
    let ending = try program.run("show", "-C", "churn", "--json", test, Self.runs + "/" + run)
    let object = try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any]
    return try #require((object?["tests"] as? [[String: Any]])?.first, "\(ending.errors)")
  }

  @Test(arguments: [
    ("test_signature_matches_manifest", "4126", "Declare the category dtype and cap free text"),
    ("test_score_histogram", "4116", "Clip the logit before the sigmoid"),
    ("test_encoding_strict_golden", "4111", "Sum with fsum for stability"),
    ("test_scores_golden", "4116", "Clip the logit before the sigmoid"),
    ("test_score_summary_snapshot", "4116", "Clip the logit before the sigmoid"),
    ("test_scores_npz_golden", "4116", "Clip the logit before the sigmoid"),
    ("test_report_text_golden", "4116", "Clip the logit before the sigmoid"),
  ])
  func namesTheCommitThatBrokeATest(test: String, since: String, title: String) throws {
    let shown = try show(test)
    let verdict = try #require(shown["verdict"] as? [String: Any])
    #expect(verdict["label"] as? String == "broken" && verdict["since"] as? String == since)
    let commits = try #require(shown["commits"] as? [[String: Any]])
    #expect(commits.map { $0["title"] as? String } == [title])
    #expect(commits.first?["yours"] as? Bool == false && (commits.first?["hash"] as? String)?.count == 40)
  }

  @Test func namesTheCommitsThatBrokeAndMendedTheRoundTrip() throws {
    let broken = try #require(try show("test_onnx_round_trip", "035")["commits"] as? [[String: Any]])
    #expect(broken.map { $0["title"] as? String } == ["Raise the ONNX tolerance check"])
    let touches = try #require(broken.first?["touches"] as? [String])
    #expect(touches.first?.hasPrefix("tests/contract/test_signature.py:") == true)
    let mended = try #require(try show("test_onnx_round_trip")["commits"] as? [[String: Any]])
    #expect(mended.map { $0["title"] as? String } == ["Restore the round trip"])
  }

  @Test func aFlakyTestHasNoCommitToBlame() throws {
    let shown = try show("test_cold_start_budget", "036")
    #expect((shown["verdict"] as? [String: Any])?["label"] as? String == "flaky")
    #expect(shown["commits"] is NSNull)
  }

  @Test func saysYoursToTheAuthor() throws {
    try #require(
      try program.shell(["git", "-C", "churn", "config", "user.email", "fixture@example.invalid"]).status == 0)
    let text = try program.run("show", "-C", "churn", "test_scores_golden", Self.runs + "/040").output
    #expect(text.contains("broken since run 4116 (194bf4a Clip the logit before the sigmoid)"))
    #expect(text.contains("  mine?  yes: 1 commit in the range, yours; touches churn/model.py"))
    #expect(text.contains("194bf4a Clip the logit before the sigmoid · yours · 2026-11-08 · touches churn/model.py"))
  }

  @Test func namesTheLinesThatNoTestRunsAnyMore() throws {
    let lines = "[1, 3, 5, 8, 10, 11, 12, 13, 14, 15]"
    let report = Files.text(Self.runs + "/036/coverage.json").replacingOccurrences(
      of: "\(lines), \"summary\": {\"covered_lines\": 10, ",
      with: "[1, 3, 5, 8, 10, 11, 12, 13, 15], \"summary\": {\"covered_lines\": 9, "
    ).replacingOccurrences(of: "\"missing_lines\": [16]", with: "\"missing_lines\": [14, 16]")
    _ = try program.write(report, to: "036/coverage.json")
    _ = try program.write(Files.text(Self.runs + "/036/run.json"), to: "036/run.json")
    let handler = "coverage::churn/handler.py"
    let ending = try program.run("show", "-C", "churn", handler, "036", Self.runs + "/035")
    #expect(ending.output.contains("  lost   14  ran in run 4135\n"), "\(ending.output)\(ending.errors)")
    #expect(ending.output.contains("14 -"))
    let json = try program.run("show", "-C", "churn", "--json", handler, "036", Self.runs + "/035").output
    #expect(json.contains(#""before":"4135","changed":"","lost":"14","never":"16","unknown":null"#), "\(json)")
    // One run alone has nothing to tell it by, and says so.
    let alone = try program.run("show", "-C", "churn", handler, "036").output
    #expect(alone.contains("  lost   not known: the run before is not open"), "\(alone)")
  }

  @Test func saysHowToFetchWhatTheCloneLacks() throws {
    let clone = ["git", "clone", "-q", "--depth=2", "-b", "main", "file://" + program.folder + "/churn", "shallow"]
    try #require(try program.shell(clone).status == 0)
    let origin = ["git", "-C", "shallow", "remote", "set-url", "origin", program.folder + "/churn"]
    try #require(try program.shell(origin).status == 0)
    try #require(try program.run("ingest", "-C", "shallow", Self.runs).status == 0)
    let text = try program.run("show", "-C", "shallow", "test_scores_golden", Self.runs + "/040").output
    #expect(text.contains("mine?  not known: commit c4f9905 is not in this clone (git fetch --unshallow)"))
  }
}
