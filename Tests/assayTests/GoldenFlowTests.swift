import Foundation
import TerminalKit
import TestSupport
import Testing

/// Golden changes reviewed and decided at the keyboard, on the real program in a real terminal.
@Suite(.enabled(if: Tmux.isInstalled, "tmux is not installed"), .serialized) struct GoldenFlowTests {
  private static let goldens = ["tests/golden/a.txt", "tests/golden/b.txt"]

  /// A repository with two goldens, and a run beside it that produced others.
  private func repository() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(".assay/config.yaml", "goldens:\n  - expected: tests/golden/*.txt\n    actual: out/*.txt\n")
    try folder.write("tests/golden/a.txt", "alpha\nbeta\ngamma\n")
    try folder.write("tests/golden/b.txt", "one\ntwo\nthree\n")
    try folder.write("run/out/a.txt", "alpha\nBETA\ngamma\n")
    try folder.write("run/out/b.txt", "one\nthree\n")
    try folder.write(
      "run/junit.xml",
      "<testsuite name=\"s\"><testcase classname=\"a\" name=\"one\"><failure message=\"no\"/></testcase></testsuite>")
    for command in [
      ["init", "-q"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x"],
    ] {
      #expect(Shell.run(["git", "-C", folder.path] + command).status == 0)
    }
    return folder
  }

  private func open(_ folder: TemporaryFolder, _ options: [String] = []) throws -> Tmux {
    let program = try #require(Product.path("assay"))
    let tmux = try Tmux(
      [program, folder.at("run")] + options, environment: ["XDG_STATE_HOME": folder.at("state"), "USER": "someone"],
      size: Size(width: 120, height: 40), directory: folder.path)
    try tmux.waitFor("2 Goldens 2")
    tmux.type("2")
    try tmux.waitFor("2 to decide")
    return tmux
  }

  private func texts(_ folder: TemporaryFolder) -> [String] { Self.goldens.map { Files.text(folder.at($0)) } }

  @Test func approvesBothGoldensAndUndoesIt() throws {
    let folder = try repository()
    let before = texts(folder)
    let tmux = try open(folder)
    try tmux.waitFor("+ BETA")
    tmux.type("*a")
    try tmux.waitFor("reason:")
    tmux.type("meant so #7")
    tmux.send("Enter")
    try tmux.waitFor("2 files would be written")
    try tmux.waitFor("were never on the screen")
    #expect(texts(folder) == before)
    tmux.type("y")
    try tmux.waitFor("approved 2 goldens")
    #expect(texts(folder) == ["alpha\nBETA\ngamma\n", "one\nthree\n"])
    #expect(Files.text(folder.at(".assay/approvals.jsonl")).contains("meant so"))
    tmux.type("u")
    try tmux.waitFor("would get the old bytes back")
    tmux.type("y")
    try tmux.waitFor("2 to decide")
    #expect(texts(folder) == before)
    tmux.type("q")
    #expect(try tmux.waitForExit() == 0)
  }

  @Test func writesNothingByEnterEscapeOrPaste() throws {
    let folder = try repository()
    let before = texts(folder)
    let tmux = try open(folder)
    tmux.type("a")
    try tmux.waitFor("reason:")
    tmux.paste("because\ny")
    tmux.send("Enter")
    try tmux.waitFor("1 file would be written")
    tmux.paste("y")
    tmux.send("Enter", "Escape")
    try tmux.waitUntilGone("would be written")
    #expect(texts(folder) == before)
    #expect(!Files.exists(folder.at(".assay/approvals.jsonl")))
    tmux.type("q")
    #expect(try tmux.waitForExit() == 0)
  }

  @Test func refusesWhenStartedReadOnly() throws {
    let folder = try repository()
    let tmux = try open(folder, ["--read-only"])
    tmux.type("aso\n")
    try tmux.waitFor("esc leaves")
    #expect(!tmux.screen.joined().contains("would be written"))
    tmux.type("y")
    tmux.send("Escape")
    try tmux.waitUntilGone("esc leaves")
    #expect(!Files.exists(folder.at(".assay/approvals.jsonl")))
    tmux.type("q")
    #expect(try tmux.waitForExit() == 0)
  }
}
