import Foundation
import TerminalKit
import TestSupport
import Testing

/// Running a block of a runbook on the real program, in the screen and from the command line.
@Suite(.enabled(if: Tmux.isInstalled, "tmux is not here"), .serialized)
struct BlockFlowTests {
  private let folder: TemporaryFolder
  private static let page = """
    ---
    title: When the store is slow
    match: {message: slow}
    ---

    ```sh
    echo "told of $ASSAY_TEST"
    echo ran >> ran.txt
    exit 3
    ```

    ```bash
    echo second >> ran.txt
    ```

    """

  init() throws {
    folder = try TemporaryFolder()
    try #require(Shell.run(["git", "init", "-q", folder.at("repo")]).status == 0)
    try folder.write("repo/runbooks/slow.md", Self.page)
    try folder.write(
      "run/junit.xml",
      "<testsuite name='s' tests='1'><testcase classname='tests.a' name='test_slow'>"
        + "<failure message='slow $(touch pwned)'>x</failure></testcase></testsuite>")
  }

  private var ran: String { Files.text(folder.at("repo/ran.txt")) }

  private func environment() -> [String: String] {
    ["XDG_STATE_HOME": folder.at("state"), "XDG_CACHE_HOME": folder.at("state"), "USER": "someone"]
  }

  private func assay(_ arguments: String...) throws -> Shell.Result {
    let program = try #require(Product.path("assay"))
    let environment = environment().mapValues { Optional($0) }.merging(["CI": nil]) { $1 }
    return Shell.run(
      [program] + arguments + ["-C", folder.at("repo")], environment: environment, directory: folder.path)
  }

  private func terminal(_ arguments: String...) throws -> Tmux {
    let program = try #require(Product.path("assay"))
    return try Tmux(
      [program] + arguments + ["-C", folder.at("repo")], environment: environment(),
      size: Size(width: 100, height: 30), directory: folder.path)
  }

  @Test func aBlockRunsOnlyWhenItWasShownAndConfirmed() throws {
    let tmux = try terminal(folder.at("run"))
    try tmux.waitFor("When the store is slow")
    tmux.type("b")
    try tmux.waitFor("block 1 · sh · ! runs it")
    tmux.type("}!")
    try tmux.waitFor("y also trusts runbooks/slow.md")
    try tmux.waitFor("2 │ echo ran >> ran.txt")
    tmux.send("Enter", "Escape")
    try tmux.waitUntilGone("y also trusts")
    #expect(ran.isEmpty)
    tmux.type("!")
    try tmux.waitFor("runs it   esc leaves")
    tmux.type("y")
    try tmux.waitFor("told of tests.a::test_slow")
    try tmux.waitFor("block 1 of runbooks/slow.md ended with status 3 · press enter to return")
    tmux.send("Enter")
    try tmux.waitFor("ran block 1 of runbooks/slow.md: status 3")
    try tmux.waitFor("someone")
    #expect(ran == "ran\n" && !Files.exists(folder.at("repo/pwned")) && !Files.exists(folder.at("pwned")))
    // The page is trusted by now; its other block is still asked for.
    tmux.type("}!")
    try tmux.waitFor("you trust runbooks/slow.md as it is")
    tmux.send("Escape")
    tmux.send("q")
    #expect(try tmux.waitForExit() == 0)
    let log = try assay("log").output
    #expect(
      log.contains("ran block 1 of runbooks/slow.md: status 3") && log.contains("trusted runbooks/slow.md"), "\(log)")
  }

  @Test func readOnlyRunsNothing() throws {
    let tmux = try terminal(folder.at("run"), "--read-only")
    try tmux.waitFor("When the store is slow")
    tmux.type("b")
    try tmux.waitFor("block 1 · sh")
    tmux.type("}!")
    try tmux.waitFor("assay was started with --read-only")
    tmux.type("y")
    tmux.send("Escape", "q")
    #expect(try tmux.waitForExit() == 0)
    #expect(ran.isEmpty)
  }

  @Test func fromTheCommandLineOnATerminal() throws {
    let refused = try terminal("runbook", "test_slow", folder.at("run"), "--run", "2")
    try refused.waitFor("y runs it and trusts runbooks/slow.md as it is now")
    refused.type("\n")
    #expect(try refused.waitForExit() == 4)
    #expect(ran.isEmpty)
    let confirmed = try terminal("runbook", "test_slow", folder.at("run"), "--run", "2")
    try confirmed.waitFor("    echo second >> ran.txt")
    confirmed.type("y\n")
    #expect(try confirmed.waitForExit() == 0)
    #expect(ran == "second\n")
  }

  /// Without a terminal only a page that is trusted as it is runs, and the block's status is passed on.
  @Test func withoutATerminal() throws {
    func run(_ number: String, _ options: String...) throws -> Shell.Result {
      let program = try #require(Product.path("assay"))
      return Shell.run(
        [program, "runbook", "test_slow", folder.at("run"), "--run", number, "-C", folder.at("repo")] + options,
        environment: environment().mapValues { Optional($0) }.merging(["CI": nil]) { $1 }, directory: folder.path)
    }
    #expect(try run("1").status == 4 && run("1", "--yes").status == 4 && ran.isEmpty)
    #expect(try assay("trust", "runbooks/slow.md").status == 4)
    #expect(try assay("trust", "runbooks/slow.md", "--yes").output.contains("echo second >> ran.txt"))
    let failed = try run("1", "--yes")
    #expect(failed.status == 1 && failed.output == "told of tests.a::test_slow\n", "\(failed)")
    #expect(try run("2", "--yes").status == 0 && run("3", "--yes").status == 2 && ran == "ran\nsecond\n")
    #expect(try run("2", "--yes", "--read-only").status == 4)
    // Trust is taken back by undo, after the two notes of what was run.
    for _ in 0..<3 { #expect(try assay("undo").status == 0) }
    #expect(try run("2", "--yes").status == 4)
    #expect(try assay("undo", "--redo").status == 0 && run("2", "--yes").status == 0)
    try folder.write("repo/runbooks/slow.md", Self.page + "\nmore\n")
    #expect(try run("2", "--yes").status == 4)
    #expect(ran == "ran\nsecond\nsecond\n")
  }
}
