import Foundation
import TerminalKit
import TestSupport
import Testing

/// A whole evening at the keyboard, on the real program in a real terminal: open, cause, runbook, mute with a ticket, note,
/// undo, hand over.
@Suite(.enabled(if: Tmux.isInstalled && Corpus.exists, "tmux or the corpus is not here"), .serialized)
struct EveningFlowTests {
  private func project() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let bundle = Corpus.root + "/churn/project.bundle"
    try #require(Shell.run(["git", "clone", "-q", "-b", "main", bundle, folder.at("churn")]).status == 0)
    try folder.write(
      "run/junit.xml",
      "<testsuite name='pytest' tests='2'><testcase classname='tests.unit.test_handler' name='test_feature_store_lookup'>"
        + "<failure message='E: feature store did not answer within 250 ms'>tests/unit/test_handler.py:31: E</failure>"
        + "</testcase><testcase classname='tests.unit.test_handler' name='test_b'/></testsuite>")
    return folder
  }

  private func assay(_ folder: TemporaryFolder, _ arguments: String...) throws -> Shell.Result {
    let program = try #require(Product.path("assay"))
    let environment: [String: String?] = [
      "XDG_STATE_HOME": folder.at("state"), "XDG_CACHE_HOME": folder.at("state"), "USER": "someone",
    ]
    return Shell.run(
      [program] + arguments + ["-C", folder.at("churn")], environment: environment, directory: folder.path)
  }

  @Test func fromTheRedRunToTheHandOver() throws {
    let folder = try project()
    let program = try #require(Product.path("assay"))
    let tmux = try Tmux(
      [program, folder.at("run"), "-C", folder.at("churn")],
      environment: ["XDG_STATE_HOME": folder.at("state"), "XDG_CACHE_HOME": folder.at("state"), "USER": "someone"],
      size: Size(width: 120, height: 40), directory: folder.path)
    try tmux.waitFor("Feature store timeouts in tests")
    tmux.type("b")
    try tmux.waitFor("[ ] Rerun the test ten times")
    tmux.type("jjjjjj ")
    try tmux.waitFor("[x] Rerun the test ten times")
    tmux.type("m")
    try tmux.waitFor("ticket:")
    tmux.type("ML-7")
    tmux.send("Tab")
    tmux.type("the store is shared")
    tmux.send("Enter")
    try tmux.waitFor("would have hidden")
    tmux.type("y")
    try tmux.waitFor("1 muted")
    #expect(try assay(folder, "gate", folder.at("run")).status == 0)
    tmux.type("t")
    try tmux.waitFor("note:")
    tmux.type("asked the vendor")
    tmux.send("Enter")
    try tmux.waitFor("+ asked the vendor")
    tmux.type("y")
    try tmux.waitFor("noted at")
    let handover = try assay(folder, "handoff", folder.at("run")).output
    for words in ["ML-7", "asked the vendor", "Rerun the test ten times", "runbooks/feature-store-timeout.md"] {
      #expect(handover.contains(words), "\(handover)")
    }
    tmux.type("6")
    try tmux.waitFor("only the failure")
    tmux.type("1u")
    try tmux.waitFor(".assay/notes.jsonl would say so")
    tmux.type("y")
    try tmux.waitFor("took back: noted")
    tmux.type("u")
    try tmux.waitFor("would get the old bytes back")
    tmux.type("y")
    try tmux.waitUntilGone("1 muted")
    #expect(try assay(folder, "gate", folder.at("run")).status == 1)
    tmux.send("q")
    #expect(try tmux.waitForExit() == 0)
  }
}
