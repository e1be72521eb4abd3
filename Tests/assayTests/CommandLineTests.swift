import Foundation
import TestSupport
import Testing

/// What every command does alike: statuses, errors, help.
@Suite struct CommandLineTests {
  private static let report = """
    <testsuite name="s" tests="2" failures="1">
      <testcase classname="com.example.A" name="fails" time="0.5"><failure message="1 != 2" type="E">stack</failure></testcase>
      <testcase classname="com.example.A" name="passes" time="0.1"/>
    </testsuite>
    """

  private func ending(_ arguments: String..., files: [String: String] = [:]) throws -> Shell.Result {
    let program = try Program()
    for (name, text) in files { try program.write(text, to: name) }
    return try program.run(arguments)
  }

  @Test func saysItsVersion() throws {
    let ending = try ending("--version")
    #expect(ending.status == 0 && ending.output.contains(/^[0-9]+\.[0-9]+\.[0-9]+\n$/) && ending.errors.isEmpty)
  }

  @Test(arguments: [
    [], ["list"], ["show"], ["goldens"], ["diff"], ["approve"], ["reject"], ["undo"], ["log"], ["capture"], ["doctor"],
    ["demo"],
  ])
  func helpsOnEveryCommand(command: [String]) throws {
    let program = try Program()
    let ending = try program.run(command + ["--help"])
    #expect(ending.status == 0 && ending.output.contains("USAGE: assay") && ending.errors.isEmpty)
  }

  @Test(arguments: [
    ["list", "--unknown"], ["list", "--group", "colour", "junit.xml"],
    ["list", "--filter", "\"open", "junit.xml"], ["list", "--label", "novalue", "junit.xml"], ["show"],
    ["list", "--color", "pink", "junit.xml"], ["list", "-C", "missing", "junit.xml"],
  ])
  func refusesAWrongCommandWithOneLine(arguments: [String]) throws {
    let program = try Program()
    try program.write(Self.report, to: "junit.xml")
    let ending = try program.run(arguments)
    #expect(ending.status == 2)
    #expect(ending.output.isEmpty)
    #expect(ending.errors.hasPrefix("assay: could not ") && ending.errors.count { $0 == "\n" } == 1)
  }

  @Test func namesTheChoicesOfAnOption() throws {
    let words = try ending("list", "--group", "colour", "junit.xml").errors
    #expect(words.contains("one of the following: cause, ") && words.contains("verdict"), "\(words)")
  }

  @Test func takesTheRepositoryBeforeTheSubcommandToo() throws {
    let program = try Program()
    try program.write(Self.report, to: "junit.xml")
    try program.write("owners: 5\n", to: "repo/.assay/config.yaml")
    _ = try program.shell(["/usr/bin/env", "git", "init", "-q", "repo"])
    let behind = try program.run("list", "junit.xml", "-C", "repo")
    #expect(behind.status == 2 && behind.errors.contains(".assay/config.yaml:1"), "\(behind)")
    let before = try program.run("-C", "repo", "list", "junit.xml")
    #expect(before.status == behind.status && before.errors == behind.errors, "\(before)")
    let ended = try program.run("-C", "repo", "list", "--", "junit.xml")
    #expect(ended.errors == behind.errors, "\(ended)")
  }

  @Test func listsAReport() throws {
    let ending = try ending("list", "junit.xml", files: ["junit.xml": Self.report])
    #expect(ending.status == 0 && ending.errors.isEmpty)
    #expect(ending.output.contains("F com.example.A::fails") && ending.output.contains("1 != 2"))
    #expect(!ending.output.contains("passes"))
  }

  @Test func listsTheOutcomesThatAFilterAsksFor() throws {
    let passed = try ending("list", "--filter", "outcome:passed", "junit.xml", files: ["junit.xml": Self.report])
    #expect(passed.output.contains(". com.example.A::passes") && !passed.output.contains("fails"))
    let word = try ending("list", "--filter", "passes", "junit.xml", files: ["junit.xml": Self.report])
    #expect(word.status == 0 && word.output.contains("no test matches"))
  }

  @Test func obeysThePersonsSettings() throws {
    let settings = [".config/assay/config.yaml": "ascii: true\n", "junit.xml": Self.report]
    #expect(try ending("list", "junit.xml", files: settings).output.contains("1 failed - 1 passed - 2 tests"))
    #expect(try ending("list", "--color", "16", "junit.xml", files: settings).output.contains("\u{1B}[31m"))
    #expect(!(try ending("list", "--color", "auto", "junit.xml", files: settings).output.contains("\u{1B}")))
  }

  @Test func findsTheUsualPlaces() throws {
    let ending = try ending("list", files: ["target/surefire-reports/TEST-a.xml": Self.report])
    #expect(ending.status == 0 && ending.output.contains("F com.example.A::fails"))
  }

  @Test func saysWhatItLookedForWhenThereIsNothing() throws {
    let ending = try ending("list")
    #expect(ending.status == 3)
    #expect(ending.errors.contains("junit") && ending.errors.contains("assay PATH"))
    #expect(ending.errors.count { $0 == "\n" } == 1)
  }

  @Test func namesAMistypedSubcommandUnlessAFileIsCalledSo() throws {
    let program = try Program()
    try program.write(Self.report, to: "junit.xml")
    let ending = try program.run("lsit", "junit.xml")
    #expect(ending.status == 2)
    #expect(ending.errors == "assay: could not find a subcommand or a file named lsit: did you mean list?\n")
    try program.write(Self.report, to: "lsit")
    #expect(try program.run("lsit").output.contains("1 failed"))
    #expect(try program.run("reports").errors.contains("no such file"))
  }

  @Test func namesAMissingPath() throws {
    let ending = try ending("list", "nowhere/junit.xml")
    #expect(ending.status == 3 && ending.output.isEmpty)
    #expect(ending.errors == "assay: could not open nowhere/junit.xml: there is no such file or folder\n")
  }

  @Test(.enabled(if: getuid() != 0, "root reads everything"))
  func namesAnUnreadablePath() throws {
    let program = try Program()
    try program.write(Self.report, to: "junit.xml")
    chmod(program.folder + "/junit.xml", 0)
    let ending = try program.run("list", "junit.xml")
    #expect(ending.status == 3 && ending.errors.contains("permission denied"))
  }

  @Test func saysThatAFolderIsEmpty() throws {
    let program = try Program()
    mkdir(program.folder + "/empty", 0o700)
    let ending = try program.run("list", "empty")
    #expect(ending.status == 3 && ending.errors.hasPrefix("assay: could not "))
  }

  @Test func readsStandardInput() throws {
    let program = try Program()
    let ending = try program.run("list", "-", input: Self.report)
    #expect(ending.status == 0 && ending.output.contains("F com.example.A::fails"))
  }

  @Test func printsTheListIntoAPipeAndNamesTheCommands() throws {
    let ending = try ending("junit.xml", files: ["junit.xml": Self.report])
    #expect(ending.status == 0 && ending.output.contains("F com.example.A::fails"))
    for command in ["list", "show", "diff", "doctor", "demo"] { #expect(ending.errors.contains(command)) }
  }

  @Test func showsATest() throws {
    let files = ["junit.xml": Self.report]
    #expect(try ending("show", "A::fails", "junit.xml", files: files).output.contains("1 != 2"))
    let several = try ending("show", "example", "junit.xml", files: files)
    #expect(several.status == 2 && several.errors.contains("com.example.A::passes"))
    let none = try ending("show", "com.example.A::fials", "junit.xml", files: files)
    #expect(none.status == 3 && none.errors.contains("near it: com.example.A::fails"))
  }

  @Test func examinesPathsAndSurroundings() throws {
    let files = ["in/junit.xml": Self.report, "in/report.xml": "<html><body>no report</body></html>"]
    let ending = try ending("doctor", "in", files: files)
    #expect(ending.status == 0)
    #expect(ending.output.contains("junit.xml") && ending.output.contains("2 results"))
    #expect(ending.output.contains("report.xml") && ending.output.contains("of no known format"))
    #expect(ending.output.contains("xterm-256color"))
  }

  @Test func saysWhereTheHistoryLies() throws {
    let program = try Program()
    try program.write(Self.report, to: "junit.xml")
    let before = try program.run("doctor", "--json")
    #expect(
      before.output.contains("/history.sqlite\"") && before.output.contains("\"runs\":\"0\""), "\(before.output)")
    #expect(try program.run("ingest", "junit.xml").status == 0)
    #expect(try program.run("doctor", "--json").output.contains("\"runs\":\"1\""))
    _ = try program.shell(["git", "init", "-q", "repo"])
    try program.write("history: {store: \"postgres://127.0.0.1:1/x\"}\n", to: "repo/.assay/config.yaml")
    let stranger = try program.run("doctor", "-C", "repo").output
    #expect(stranger.contains("is not trusted here") && stranger.contains("/history.sqlite"), "\(stranger)")
    #expect(try program.run("trust", "-C", "repo", "--yes").status == 0)
    let trusted = try program.run("doctor", "-C", "repo")
    #expect(trusted.output.contains("127.0.0.1:1/x") && trusted.output.contains("could not open the history"))
    #expect(trusted.status == 0)
  }

  @Test func keepsConfigurationMistakesOnOneLine() throws {
    let files = ["junit.xml": Self.report, ".git/HEAD": "", ".assay/config.yaml": "runs: {broken: [\n"]
    let list = try ending("list", "junit.xml", files: files)
    #expect(list.status == 2 && list.errors.contains("config.yaml"))
    let doctor = try ending("doctor", "junit.xml", files: files)
    #expect(doctor.output.contains("config.yaml"))
  }
}
