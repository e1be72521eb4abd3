import Foundation
import TerminalKit
import TestSupport
import Testing

/// What a person does at the keyboard, on the real program in a real terminal.
@Suite(.enabled(if: Tmux.isInstalled, "tmux is not installed"), .serialized) struct FlowTests {
  private func open(
    _ arguments: [String] = ["demo"], size: Size = Size(width: 120, height: 40), term: String = "screen-256color",
    environment: [String: String] = [:], knowsTmux: Bool = false
  ) throws -> Tmux {
    let program = try #require(Product.path("assay"))
    let cache = try #require(TemporaryCache.folder)
    var environment = environment
    environment["XDG_CACHE_HOME"] = cache
    return try Tmux([program] + arguments, environment: environment, size: size, term: term, knowsTmux: knowsTmux)
  }

  private func openDemo() throws -> Tmux {
    let tmux = try open()
    try tmux.waitFor("run 4140 (1 of 40)")
    try tmux.waitFor("at tests/contract/test_signature.py:17")
    return tmux
  }

  @Test func opensTheExampleAndQuits() throws {
    let tmux = try openDemo()
    #expect(tmux.screen[0].contains("run 4140"))
    tmux.send("q")
    #expect(try tmux.waitForExit() == 0)
    #expect(!tmux.isAlternateScreen)
    #expect(tmux.settings.before == tmux.settings.after)
  }

  @Test func filtersAsItIsTypedAndTakesItBack() throws {
    let tmux = try openDemo()
    tmux.type("/outcome:failed golden")
    try tmux.waitFor("filtered: 4 shown")
    tmux.send("Enter", "Escape")
    try tmux.waitUntilGone("filtered")
    tmux.type("/onwer:x")
    try tmux.waitFor("did you mean owner:?")
    tmux.send("Escape")
    try tmux.waitUntilGone(" filter: ")
    tmux.send("q")
    #expect(try tmux.waitForExit() == 0)
  }

  @Test func searchesMarksAndSwitchesRuns() throws {
    let tmux = try openDemo()
    tmux.type("fnpz\n")
    try tmux.waitFor(">   ✗ F test_scores_npz_golden")
    tmux.type("*")
    try tmux.waitFor("12 marked")
    tmux.type("yy")
    try tmux.waitFor("12 test ids: offered by OSC 52; tmux takes that only with set-clipboard on")
    tmux.type("<")
    try tmux.waitFor("run 4139 (2 of 40)")
    tmux.type("r4114")
    try tmux.waitFor("› 4114")
    tmux.send("Enter")
    try tmux.waitFor("↻ r test_cold_start_budget")
    tmux.send("q")
    #expect(try tmux.waitForExit() == 0)
  }

  @Test func copiesIntoTmuxAndThroughItToTheOuterTerminal() throws {
    let tmux = try open(knowsTmux: true)
    try tmux.waitFor("at tests/contract/test_signature.py:17")
    tmux.type("y\n")
    try tmux.waitFor("test id: in tmux's buffer only; the outer terminal was not reached")
    let id = try #require(tmux.buffer)
    #expect(id.hasPrefix("tests/contract/test_signature.py::"))

    let outer = try Tmux(tmux.attaching, size: Size(width: 120, height: 40), term: "xterm-256color")
    outer.takeClipboard()
    try outer.waitFor("12 failing")
    tmux.type("jy\n")
    try tmux.waitFor("test id: in tmux's buffer, and offered to the outer terminal")
    try outer.waitUntil("the outer terminal's clipboard") { outer.buffer != nil }
    #expect(outer.buffer == tmux.buffer)
  }

  @Test func theHiddenCursorStandsOnTheRowThatKeysActOn() throws {
    let tmux = try openDemo()
    func row() -> String { tmux.screen[tmux.cursor.y] }
    try tmux.waitUntil("the cursor on the selected row") { row().hasPrefix(">") }
    for keys in ["jjj", "G", "4", "j", "2", "3", "1", "g"] {
      tmux.type(keys)
      try tmux.waitUntil("the cursor on the selected row after \(keys)") { row().hasPrefix(">") }
    }
    #expect(!tmux.isCursorVisible)
    tmux.type("s")
    try tmux.waitUntil("the cursor on the menu's row") { row().contains("│ > ") || row().contains("│> ") }
    tmux.send("Escape")
    // Else the two keys could come as one: alt with tab.
    try tmux.waitUntil("the cursor on the selected row, the menu gone") { row().hasPrefix(">") }
    tmux.send("Tab")
    try tmux.waitUntil("the cursor in the pane") { tmux.cursor.x > 20 }
    tmux.send("q")
    #expect(try tmux.waitForExit() == 0)
  }

  @Test func helpAndPaletteCarryOutWhatIsChosen() throws {
    let tmux = try openDemo()
    tmux.type("?")
    try tmux.waitFor("Help: type to narrow")
    tmux.type("all tests")
    tmux.send("Enter")
    try tmux.waitFor("✓ . test_normalize_bounds")
    tmux.type(":group by file")
    tmux.send("Enter")
    try tmux.waitFor("by file")
    tmux.send("q")
    #expect(try tmux.waitForExit() == 0)
  }

  @Test func pastedTextIsNoKey() throws {
    let tmux = try openDemo()
    tmux.paste("q\nAq")
    try tmux.waitFor("pasted text is only taken while you type")
    tmux.type("/")
    tmux.paste("npz\u{1B}[2J")
    try tmux.waitFor("filtered: ")
    tmux.send("Escape")
    try tmux.waitUntilGone(" filter: ")
    tmux.send("q")
    #expect(try tmux.waitForExit() == 0)
  }

  @Test func opensTheEditorAtTheLineAndComesBack() throws {
    let folder = try TemporaryFolder()
    let editor = folder.path + "/editor"
    try "#!/bin/sh\necho \"$@\" > \(folder.path)/arguments\necho EDITING; read line\n".write(
      toFile: editor, atomically: true, encoding: .utf8)
    chmod(editor, 0o700)
    let tmux = try open(environment: ["EDITOR": editor + " --wait {file}:{line}"])
    try tmux.waitFor("at tests/contract/test_signature.py:17")
    tmux.type("o")
    try tmux.waitFor("EDITING")
    #expect(!tmux.isAlternateScreen)
    tmux.type("done\n")
    try tmux.waitFor("12 failing")
    let arguments = try String(contentsOfFile: folder.path + "/arguments", encoding: .utf8)
    #expect(arguments.hasPrefix("--wait /"))
    #expect(arguments.hasSuffix("/tests/contract/test_signature.py:17\n"))
    tmux.send("q")
    #expect(try tmux.waitForExit() == 0)
  }

  @Test func anIncompleteRunNeverLooksGreenAndOpensItsLogAtTheEnd() throws {
    let folder = try TemporaryFolder()
    let log = (1...500).map { "2026-11-20T10:00:00Z step \($0)" }.joined(separator: "\n") + "\nKilled\n"
    try log.write(toFile: folder.path + "/console.log", atomically: true, encoding: .utf8)
    let tmux = try open([folder.path])
    try tmux.waitFor("INCOMPLETE")
    try tmux.waitFor("Killed")
    #expect(!tmux.screen.joined().contains("0 failing"))
    tmux.send("q")
    #expect(try tmux.waitForExit() == 0)
  }

  @Test(.enabled(if: Corpus.exists, "\(Corpus.absence)"))
  func comparesRunsOfTheHistoryAndGoesToThemInTriage() throws {
    let state = try TemporaryFolder()
    let tmux = try open([Corpus.root + "/churn/runs"], environment: ["XDG_STATE_HOME": state.path])
    try tmux.waitFor("run 4140 (1 of 40)")
    tmux.type("4")
    try tmux.waitFor("40 runs in 90 days · 32 with failures · last green 4110")
    try tmux.waitFor("still failing · the same commit")
    tmux.type("jjjj")
    try tmux.waitFor("1 newly failing · 1 fixed · 9 still failing")
    #expect(tmux.screen.contains { $0.contains("✗ F → ✓ .  tests/contract/test_signature.py::test_onnx_round_trip") })
    tmux.type("G ")
    try tmux.waitFor("runs are compared with 4101")
    tmux.type("/4136")
    tmux.send("Enter")
    try tmux.waitFor("* from 4101")
    try tmux.waitFor("10 newly failing")
    tmux.send("Tab", "j", "Enter")
    try tmux.waitFor("run 4136 (5 of 40)")
    try tmux.waitFor("[1 Triage]")
    tmux.type("4")
    try tmux.waitFor("[4 Runs]")
    // Each by itself: keys that come together may be one.
    tmux.send("Tab", "Escape")
    try tmux.waitUntilGone("* from 4101")
    tmux.send("Escape")
    try tmux.waitUntilGone("filtered")
    tmux.type("/4130")
    tmux.send("Enter", "Enter")
    try tmux.waitFor("run 4130 (11 of 40)")
  }

  @Test func goesFromAFlakyTestsGridToTheAttempt() throws {
    let tmux = try openDemo()
    try tmux.waitFor("3 Flakes 3")
    tmux.type("3")
    try tmux.waitFor("3 flaky · 5 failures")
    let names = ["test_retry_order", "test_cold_start_budget", "test_feature_store_lookup"]
    try tmux.waitUntil("the list shows \(names)") {
      tmux.screen.filter { $0.contains("··") }.compactMap { line in names.first { line.contains($0) } } == names
    }
    // Each test stands at its newest attempt that failed.
    tmux.type("j")
    try tmux.waitFor("run 4136  ✗ F failed")
    try tmux.waitFor("AssertionError: cold start took 120.3 ms")
    tmux.send("Enter")
    try tmux.waitFor("run 4136 (5 of 40)")
    try tmux.waitUntilGone("[3 Flakes]")
    try tmux.waitFor("[1 Triage]")
    try tmux.waitFor("tests/unit/test_handler.py:25")
    let row = tmux.screen.first { $0.hasPrefix(">") }
    #expect(row?.contains("test_cold_start_budget") == true)
    tmux.type("3")
    try tmux.waitFor("run 4136  ✗ F failed")
    tmux.send("q")
    #expect(try tmux.waitForExit() == 0)
  }

  @Test func readsAgainWhenAFileChanges() throws {
    let folder = try TemporaryFolder()
    let report = folder.path + "/junit.xml"
    func write(_ second: String) throws {
      try """
      <testsuite name="s"><testcase classname="a" name="one"><failure message="no"/></testcase>\
      <testcase classname="a" name="two">\(second)</testcase></testsuite>
      """.write(toFile: report, atomically: true, encoding: .utf8)
    }
    try write("")
    let tmux = try open([folder.path, "--watch"])
    try tmux.waitFor("1 failing of 2")
    try write("<failure message=\"also no\"/>")
    try tmux.waitFor("2 failing of 2")
    tmux.send("q")
    #expect(try tmux.waitForExit() == 0)
  }
}

/// One cache for all flows, so that the example is unpacked once; gone when the tests end.
private enum TemporaryCache {
  static let folder: String? = {
    let path = NSTemporaryDirectory() + "/assay-flow-cache-\(getpid())"
    atexit { TemporaryCache.remove() }
    return mkdir(path, 0o700) == 0 ? path : nil
  }()

  private static func remove() {
    if let folder { _ = Shell.run(["rm", "-rf", folder]) }
  }
}
