import Foundation
import TestSupport
import Testing

/// Mutes, notes and the gate on the runs and the repository of the churn project.
@Suite(.enabled(if: Corpus.exists, "\(Corpus.absence)")) struct MuteCommandTests {
  private static let test = "tests/unit/test_handler.py::test_feature_store_lookup"
  private let program: Program

  init() throws {
    program = try Program()
    let bundle = Corpus.root + "/churn/project.bundle"
    try #require(try program.shell(["git", "clone", "-q", "-b", "main", bundle, "churn"]).status == 0)
    for (name, message) in [("timeout", "feature store did not answer within 250 ms"), ("other", "no key plan")] {
      try write(
        "\(name).xml",
        "<testsuite name='pytest' tests='2'><testcase classname='tests.unit.test_handler' "
          + "name='test_feature_store_lookup'><failure message='E: \(message)'>tests/unit/test_handler.py:31: E: \(message)"
          + "</failure></testcase><testcase classname='tests.unit.test_handler' name='test_b'/></testsuite>")
    }
  }

  private func write(_ name: String, _ text: String) throws { try program.write(text, to: name) }

  private func assay(_ arguments: String...) throws -> Shell.Result { try program.run(arguments + ["-C", "churn"]) }

  private var mutes: String { Files.text(program.folder + "/churn/.assay/mutes.yaml") }

  @Test func aMutedFailurePassesTheGateAndAnotherOneOfTheTestDoesNot() throws {
    #expect(try assay("gate", "timeout.xml").status == 1)
    let muted = try assay(
      "mute", "test_feature_store_lookup", "--ticket", "ML-7", "--reason", "shared", "--from", "timeout.xml")
    #expect(muted.status == 0, "\(muted)")
    #expect(try assay("gate", "timeout.xml").status == 0)
    let other = try assay("gate", "other.xml")
    #expect(other.status == 1 && other.output.contains("another failure"), "\(other)")
    let listed = try assay("list", "timeout.xml", "--filter", "verdict:muted")
    #expect(listed.output.contains("test_feature_store_lookup"), "\(listed)")
    let shown = try assay("show", "test_feature_store_lookup", "timeout.xml", "--json")
    #expect(shown.output.contains(#""label":"muted""#), "\(shown)")
    #expect(try assay("mutes", "check").status == 0)
    try write("churn/.assay/mutes.yaml", mutes.replacing("ML-7", with: ""))
    #expect(try assay("mutes", "check").status == 1)
    #expect(try assay("gate", "timeout.xml").status == 1)
  }

  @Test func theDayAMuteEndsIsItsLast() throws {
    let arguments = [
      "mute", Self.test, "--ticket", "T", "--reason", "r", "--expires", "2026-12-01", "--from", "timeout.xml",
    ]
    func at(_ now: String, _ arguments: [String]) throws -> Int32 {
      try program.shell(
        ["env", "ASSAY_NOW=\(now)", Program.path()] + arguments + ["-C", "churn"]
      ).status
    }
    #expect(try at("2026-11-28", arguments) == 0)
    #expect(try at("2026-12-01T23:59:59Z", ["gate", "timeout.xml"]) == 0)
    #expect(try at("2026-12-02T00:00:00Z", ["gate", "timeout.xml"]) == 1)
    #expect(try at("2026-12-02T00:00:00Z", ["mutes", "check"]) == 1)
  }

  /// The line before a mute is counted here from the reports themselves.
  @Test func saysWhatAMuteWouldHaveHidden() throws {
    let runs = Corpus.root + "/churn/runs"
    let folders = try FileManager.default.contentsOfDirectory(atPath: runs).sorted().map { runs + "/" + $0 }
    #expect(try program.run(["ingest"] + folders + ["-C", "churn"]).status == 0)
    var failures = 0
    for folder in folders {
      let text = Files.text(folder + "/junit.xml")
      let cases = text.split(separator: "<testcase").filter { $0.contains("name=\"test_scores_golden\"") }
      if cases.last?.contains("<failure") == true { failures += 1 }
    }
    let dry = try program.run([
      "mute", "test_scores_golden", "--ticket", "T", "--reason", "r", "--any-failure", "--dry-run", "--json", "--from",
      runs + "/040", "-C", "churn",
    ])
    let answer = try JSONSerialization.jsonObject(with: Data(dry.output.utf8)) as? [String: Any]
    let hindsight = answer?["hindsight"] as? [String: Any]
    #expect(hindsight?["hidden_failures"] as? Int == failures && failures == 25, "\(dry)")
    let breakages = hindsight?["breakages"] as? [[String: Any]]
    #expect(breakages?.map { $0["failures"] as? Int } == [25] && breakages?.first?["since"] as? String == "4116")
    #expect(mutes.isEmpty)
  }

  @Test func onlyWhatIsNewFailsWhereTheTeamSaysSo() throws {
    let runs = Corpus.root + "/churn/runs"
    for run in ["030", "035", "036"] { #expect(try assay("ingest", runs + "/" + run).status == 0) }
    try write("policy.yaml", "fail_on: new\nrules:\n- test: tests/contract/*\n  severity: ticket\n")
    let known = try assay("gate", runs + "/036", "--policy", "policy.yaml", "--json")
    let answer = try JSONSerialization.jsonObject(with: Data(known.output.utf8)) as? [String: Any]
    let counts = answer?["counts"] as? [String: Int]
    #expect(counts?["ticket"] == 1 && counts?["page"] == 0, "\(known)")
    #expect((counts?["known"] ?? 0) + (counts?["fail"] ?? 0) == 41, "\(known)")
  }

  /// What a policy would have done is what the runs themselves say: 15 of them failed the contract, 32 had a failing test and one more surviving mutants.
  @Test func replaysAPolicyOverTheRunsThatAreKnown() throws {
    let runs = Corpus.root + "/churn/runs"
    let folders = try FileManager.default.contentsOfDirectory(atPath: runs).sorted().map { runs + "/" + $0 }
    #expect(try program.run(["ingest"] + folders + ["-C", "churn"]).status == 0)
    try write("policy.yaml", "rules:\n- {test: '*test_scores_golden', severity: ignore}\n")
    func replay(_ arguments: String...) throws -> [String: Any] {
      let answer = try program.run(["gate", "--replay", "90", "--json", "-C", "churn"] + arguments).output
      return try #require(try JSONSerialization.jsonObject(with: Data(answer.utf8)) as? [String: Any])
    }
    let plain = try replay()
    #expect(
      plain["stopped"] as? Int == 32 && plain["runs"] as? Int == 40 && (plain["missed"] as? [Any])?.isEmpty == true)
    let lax = try replay("--policy", "policy.yaml")
    let missed = lax["missed"] as? [[String: Any]]
    #expect(
      missed?.count == 1 && missed?.first?["failures"] as? Int == 25 && missed?.first?["since"] as? String == "4116")
  }

  /// A repository's command runs only when a person has accepted these very bytes of its configuration.
  @Test func aTicketIsMadeOnlyByATrustedCommand() throws {
    func ticket(_ options: String...) throws -> Shell.Result {
      try program.run(
        ["ticket", "test_feature_store_lookup", "--create", "--from", "timeout.xml", "-C", "churn"] + options)
    }
    func configure(_ command: String) throws {
      try write("churn/.assay/config.yaml", "ticket:\n  pattern: 'ML-\\d+'\n  command: \(command)\n")
    }
    try configure("[sh, -c, 'cat > ../asked; echo made ML-77; printf \"\\\\033[2J\"', '{title}']")
    #expect(try ticket().status == 4 && Files.exists(program.folder + "/asked") == false)
    #expect(try assay("trust").status == 4 && assay("trust", "--yes").status == 0)
    let made = try ticket()
    #expect(made.status == 0 && made.output.contains("ML-77") && !made.output.contains("\u{1B}"), "\(made)")
    #expect(Files.text(program.folder + "/asked").contains("feature store did not answer"))
    // It is known now: nobody gets a second one without asking for it.
    #expect(try assay("gate", "timeout.xml").output.contains("ML-77"))
    #expect(try ticket().status == 4)
    try configure("[sh, -c, 'echo no; exit 3']")
    #expect(try ticket("--again").status == 4)
    #expect(try assay("trust", "--yes").status == 0)
    let failed = try ticket("--again")
    #expect(failed.status == 3 && failed.errors.contains("ended with status 3"), "\(failed)")
    #expect(try assay("trust", "--revoke").status == 0 && ticket("--again").status == 4)
  }

  @Test func aCauseIsToldOnceUntilItChanges() throws {
    func gate(_ report: String) throws -> Shell.Result { try assay("gate", report, "--notify") }
    func told() -> Int { Files.text(program.folder + "/told").split(separator: "\n").count }
    let page = "[sh, -c, 'tr -d \"\\n\" >> ../told; echo >> ../told']"
    try write("churn/.assay/config.yaml", "notify:\n  - \(page)\n")
    let untrusted = try gate("timeout.xml")
    #expect(untrusted.status == 1 && untrusted.errors.contains("not trusted") && told() == 0)
    #expect(try assay("trust", "--yes").status == 0)
    for _ in 0..<2 { #expect(try gate("timeout.xml").status == 1) }
    #expect(told() == 1 && Files.text(program.folder + "/told").contains("feature store did not answer"))
    #expect(try gate("other.xml").status == 1)
    #expect(told() == 2)
    // It was gone in between: it is news again.
    #expect(try gate("timeout.xml").status == 1)
    #expect(told() == 3)
    try write("churn/.assay/config.yaml", "notify:\n  - [sh, -c, 'echo down; exit 7']\n")
    #expect(try assay("trust", "--yes").status == 0)
    for _ in 0..<2 {
      let failed = try gate("other.xml")
      #expect(failed.status == 1 && failed.errors.contains("ended with status 7: down"), "\(failed)")
    }
  }

  @Test func handsOverWhatIsOpenDecidedAndKept() throws {
    let mute = ["mute", Self.test, "--ticket", "ML-7", "--reason", "shared", "--from", "timeout.xml", "-C", "churn"]
    #expect(try program.run(mute).status == 0)
    #expect(
      try assay("note", "test_feature_store_lookup", "--text", "ask <@data> *now*", "--from", "timeout.xml").status == 0
    )
    let text = try assay("handoff", "timeout.xml", "other.xml").output
    for part in ["## Open", "no key plan", "**muted**", "ML-7", #"ask \<\@data\> \*now\*"#] {
      #expect(text.contains(part), "\(part)")
    }
    let json = try object(assay("handoff", "timeout.xml", "other.xml", "--json"))
    let through = json["let_through"] as? [[String: Any]]
    #expect(through?.map { $0["ruling"] as? String } == ["muted"] && (json["open"] as? [Any])?.count == 1)
    let notes = json["notes"] as? [[String: Any]]
    #expect(notes?.map { $0["text"] as? String } == ["ask <@data> *now*"])
    #expect((json["decisions"] as? [Any])?.count == 2 && json["since_looked"] is NSNull)
    try #require(try assay("ingest", "timeout.xml").status == 0)
    let weekly = try object(assay("review", "weekly", "timeout.xml", "--json"))
    #expect(weekly["slower"] is NSNull && (weekly["flakes"] as? [Any])?.isEmpty == true)
    // What is shown of a test says what people kept of its failure, as its Message tab does.
    let shown = try assay("show", "test_feature_store_lookup", "timeout.xml")
    #expect(shown.output.contains("note   ask <@data> *now*"), "\(shown.output)")
    let whole = try object(assay("show", "test_feature_store_lookup", "timeout.xml", "--json"))
    let test = (whole["tests"] as? [[String: Any]])?.first
    #expect((test?["notes"] as? [[String: Any]])?.first?["kind"] as? String == "note")
  }

  private func object(_ result: Shell.Result) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any], "\(result)")
  }

  /// A pattern by hand that fits every test would make every run green.
  @Test(arguments: ["*", "**", "tests/*", "*::*", "*test_*"]) func aPatternOfEveryTestMutesNothing(glob: String) throws
  {
    try write("churn/.assay/mutes.yaml", "- {glob: \"\(glob)\", ticket: T, reason: r, expires: 2099-12-31}\n")
    let gate = try assay("gate", "timeout.xml")
    #expect(gate.status == 1 && gate.output.contains("test_feature_store_lookup"), "\(gate)")
  }

  /// A pattern that covers a contract by the way lets none through; a mute that names it does.
  @Test func aPatternLetsNoContractThrough() throws {
    try write(
      "contract.xml",
      "<testsuite name='pytest' tests='2'><testcase classname='tests.contract.test_a' name='test_a'>"
        + "<failure message='no'/></testcase><testcase classname='tests.unit.test_b' name='test_b'/></testsuite>")
    func mute(_ what: String) throws {
      try write("churn/.assay/mutes.yaml", "- {\(what), ticket: T, reason: r, expires: 2099-12-31}\n")
    }
    try mute("glob: \"tests/contract/*\"")
    let gate = try assay("gate", "contract.xml")
    #expect(gate.status == 1 && gate.output.contains("a contract"), "\(gate)")
    try mute("test: \"tests/contract/test_a.py::test_a\"")
    #expect(try assay("gate", "contract.xml").status == 0)
  }

  @Test func nothingReadIsNeverGreen() throws {
    try write("empty.xml", "<testsuite name='pytest' tests='0'/>")
    try write("broken.xml", "<testsuite name='pytest' tests='2'><testcase name='a'/>")
    #expect(try assay("gate", "empty.xml").status == 3)
    let broken = try assay("gate", "broken.xml")
    #expect(broken.status == 3 && broken.output.contains("INCOMPLETE"), "\(broken)")
    #expect(try assay("gate", "broken.xml", "--allow-partial").status == 0)
    #expect(try assay("gate", "no-such.xml").status == 3)
  }

  /// Three people who mute, note and approve on branches of their own: a merge loses none of it.
  @Test func branchesMergeAndLoseNothing() throws {
    let from = ["--from", "timeout.xml", "-C", "churn"]
    func git(_ arguments: String...) throws {
      let result = try program.shell(
        ["git", "-C", "churn", "-c", "user.name=Jo", "-c", "user.email=j@x", "-c", "commit.gpgsign=false"] + arguments)
      try #require(result.status == 0, "\(result)")
    }
    try git("checkout", "-q", "-b", "base")
    for branch in ["one", "two", "three"] {
      try git("checkout", "-q", "base")
      try git("checkout", "-q", "-b", branch)
      for (name, options) in [(Self.test, []), ("test_b", ["--any-failure"])] {
        let mute = ["mute", name, "--ticket", "ML-\(branch)", "--reason", "same words", "--same-labels"]
        let labelled = mute + ["--owner", branch] + options
        #expect(try program.run(labelled + from).status == 0)
        #expect(try program.run(["note", name, "--text", "seen on \(branch)"] + from).status == 0)
      }
      try git("add", "-A", ".assay")
      try git("commit", "-q", "-m", branch)
    }
    for branch in ["one", "two"] { try git("merge", "-q", "--no-edit", branch) }
    let lines = mutes.split(separator: "\n").filter { $0.hasPrefix("- ") }
    #expect(Set(lines).count == 6)
    let notes = Files.text(program.folder + "/churn/.assay/notes.jsonl").split(separator: "\n")
    #expect(Set(notes).count == 6)
    // All are read; of those about the same test one holds, and that is said.
    let listed = try assay("mutes")
    #expect(listed.output.contains("the same is muted"), "\(listed)")
    #expect(try assay("gate", "timeout.xml").status == 0)
  }

  @Test func aNoteComesBackWithItsFailureAndUndoTakesItAway() throws {
    #expect(
      try assay("note", Self.test, "--text", "the host is shared", "--ticket", "ML-9", "--from", "timeout.xml").status
        == 0)
    let gate = try assay("gate", "timeout.xml")
    #expect(gate.output.contains("ML-9"), "\(gate)")
    #expect(try assay("undo").status == 0)
    #expect(try !assay("gate", "timeout.xml").output.contains("ML-9"))
  }

  /// pytest itself runs what is not muted, and not what is.
  @Test(.enabled(if: RealTools.python != nil, "\(RealTools.absence)")) func pytestSkipsWhatIsExported() throws {
    try write(
      "churn/test_here.py", "import pytest\n@pytest.mark.parametrize('n', ['a b', 'c'])\ndef test_one(n): assert 0\n")
    let python = try #require(RealTools.python)
    _ = try program.shell([
      python, "-m", "pytest", "-q", "--rootdir=churn", "--junitxml=here.xml", "churn/test_here.py",
    ])
    let muted = try assay(
      "mute", "test_one[a b]", "--ticket", "T", "--reason", "r", "--any-failure", "--from", "here.xml")
    #expect(muted.status == 0, "\(muted)")
    let export = try assay("mutes", "export", "--for", "pytest")
    try write("muted.txt", export.output)
    let run = try program.shell([
      "sh", "-c", "cd churn && \(python) -m pytest -q -p no:cacheprovider @../muted.txt test_here.py",
    ])
    #expect(run.output.contains("1 failed") && run.output.contains("1 deselected"), "\(run)")
  }
}
