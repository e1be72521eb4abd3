import Foundation
import TerminalKit
import TestSupport
import Testing

/// A ticket's text passes the person's editor before the configured command gets it, on the real program.
@Suite(.enabled(if: Tmux.isInstalled, "tmux is not here"), .serialized)
struct TicketFlowTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try #require(Shell.run(["git", "init", "-q", folder.at("repo")]).status == 0)
    try folder.write(
      "repo/.assay/config.yaml",
      "ticket:\n  pattern: 'ML-\\d+'\n  command: [sh, -c, 'echo \"$1\" > ../asked; cat >> ../asked; echo made ML-77', sh, '{title}']\n"
    )
    try folder.write(
      "run/junit.xml",
      "<testsuite name='s' tests='1'><testcase classname='tests.a' name='test_slow'>"
        + "<failure message='slow'>x</failure></testcase></testsuite>")
    #expect(try assay("trust", "--yes").status == 0)
  }

  private var asked: String { Files.text(folder.at("asked")) }

  private var environment: [String: String] {
    [
      "XDG_STATE_HOME": folder.at("state"), "XDG_CACHE_HOME": folder.at("state"), "USER": "someone",
      "TMPDIR": folder.path, "EDITOR": "sh \(folder.at("edit.sh"))",
    ]
  }

  private func assay(_ arguments: String...) throws -> Shell.Result {
    let program = try #require(Product.path("assay"))
    return Shell.run(
      [program] + arguments + ["-C", folder.at("repo")],
      environment: environment.mapValues { Optional($0) }.merging(["CI": nil]) { $1 }, directory: folder.path)
  }

  private func terminal(_ arguments: String...) throws -> Tmux {
    let program = try #require(Product.path("assay"))
    return try Tmux(
      [program] + arguments + ["-C", folder.at("repo")], environment: environment,
      size: Size(width: 100, height: 30), directory: folder.path)
  }

  private func ticket(editing script: String, _ options: String...) throws -> Int {
    try folder.write("edit.sh", script)
    let program = try #require(Product.path("assay"))
    let tmux = try Tmux(
      [program, "ticket", "test_slow", "--create", "--from", folder.at("run"), "-C", folder.at("repo")] + options,
      environment: environment, size: Size(width: 100, height: 30), directory: folder.path)
    return try tmux.waitForExit()
  }

  private var drafts: [String] { Files.all(in: folder.path).filter { $0.hasSuffix("ticket.md") } }

  @Test func theCommandGetsWhatWasLeftInTheEditor() throws {
    #expect(try ticket(editing: "sed -i '1s/.*/# My title/; $a\\\\nMy words.' \"$1\"") == 0)
    #expect(asked.hasPrefix("My title\n") && asked.hasSuffix("My words.\n") && asked.contains("test_slow"), "\(asked)")
    #expect(drafts.isEmpty)
    #expect(try assay("ticket", "test_slow", "--from", folder.at("run")).errors.contains("known as ML-77"))
  }

  @Test(arguments: [": > \"$1\"", "printf '# \\n\\n' > \"$1\""])
  func anEmptiedTextMakesNoTicket(script: String) throws {
    #expect(try ticket(editing: script) == 4)
    #expect(asked.isEmpty && drafts.isEmpty)
  }

  @Test func whatCannotBeHandedOverIsKept() throws {
    let secret = "AKIA" + "IOSFODNN7EXAMPL" + "Q"
    #expect(try ticket(editing: "echo 'key \(secret)' >> \"$1\"") == 4)
    #expect(asked.isEmpty && drafts.count == 1)
    #expect(try ticket(editing: "exit 1") == 4)
    #expect(asked.isEmpty)
  }

  @Test func theEditorIsLeftOutWhenAskedTo() throws {
    #expect(try ticket(editing: ": > \"$1\"", "--no-edit") == 0)
    #expect(asked.contains("test_slow"))
  }

  @Test func fromTheScreen() throws {
    try folder.write("edit.sh", "sed -i '1s/.*/# My title/' \"$1\"")
    let tmux = try terminal(folder.at("run"))
    try tmux.waitFor("test_slow")
    tmux.send("C-t")
    try tmux.waitFor("y hands the ticket to")
    tmux.type("\n")
    try tmux.waitFor("it was not confirmed")
    #expect(asked.isEmpty && drafts.count == 1)
    tmux.send("C-t")
    try tmux.waitFor("y hands the ticket to")
    tmux.type("y\n")
    try tmux.waitFor("press enter to return")
    tmux.send("Enter")
    try tmux.waitFor("as ML-77")
    #expect(asked.hasPrefix("My title\n"))
    tmux.send("C-t")
    try tmux.waitFor("--again makes another")
    tmux.send("q")
    #expect(try tmux.waitForExit() == 0)
  }
}
