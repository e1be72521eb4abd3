import Foundation
import TestSupport
import Testing

/// `approve`, `reject`, `undo` and `log` on the built program.
@Suite struct DecisionCommandTests {
  private func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func approvesAndTakesBack() throws {
    let project = try GoldenProject()
    let dry = try project.run(GoldenProject.approveAll + ["--dry-run"])
    #expect(dry.status == 0 && dry.output.split(separator: "\n").count == 6 && dry.output.contains("would replace"))
    #expect(project.others.isEmpty && project.journal.isEmpty)
    let approved = try project.run(GoldenProject.approveAll + ["--ticket", "T-1", "--json"])
    #expect(approved.status == 0 && approved.errors.isEmpty, "\(approved)")
    #expect(try json(approved.output)["done"] as? [String] == project.names.map(project.golden))
    #expect(Set(project.versions) == ["new"])
    #expect(project.others == [".assay/.gitattributes", ".assay/approvals.jsonl"] && project.ledger.count == 6)
    let log = try json(try project.run(["log", "--verify", "--json"]).output)
    #expect(log["verified"] as? Bool == true && (log["decisions"] as? [[String: Any]])?.count == 6)
    let undone = try project.run(["undo"])
    #expect(undone.status == 0 && undone.output.hasPrefix("took back entry 1: approved 6 goldens"))
    #expect(Set(project.versions) == ["old"] && project.ledger.count == 12)
    #expect(try project.run(["undo"]).status == 4)
    #expect(try project.run(["undo", "--redo"]).status == 0 && Set(project.versions) == ["new"])
    #expect(try project.run(["undo", "1"]).status == 0 && Set(project.versions) == ["old"])
    #expect(try project.run(["log", "--verify"]).status == 0)
    try project.folder.write("project/" + project.golden("test_golden_0"), "touched")
    let broken = try project.run(["log", "--verify"])
    #expect(broken.status == 1 && broken.output.contains("test_golden_0.csv is "))
  }

  @Test func rulesOnCausesStayInTheRepositoryAndNeedAFileToAddTo() throws {
    let project = try GoldenProject(count: 1)
    let split = ["cause", "split", "0123456789abcdef", "--reason", "r"]
    let file = project.folder.at("project/.assay/causes.yaml")
    try project.folder.makeFolder("project/.assay")
    try FileManager.default.createSymbolicLink(
      atPath: file, withDestinationPath: project.folder.at("outside.yaml"))
    let outside = try project.run(split)
    #expect(outside.status == 4 && outside.errors.contains("leads out of the repository"), "\(outside)")
    try FileManager.default.removeItem(atPath: file)
    try project.folder.write("project/.assay/causes.yaml", "[{split: '0123456789abcdef'}]\n")
    let flow = try project.run(split)
    #expect(flow.status == 2 && flow.errors.contains("nothing can be added to its end"), "\(flow)")
    let golden = try project.run(["cause", "split", "golden@4111", "--reason", "r"])
    #expect(golden.status == 2 && golden.errors.contains("stands for failures of several texts"), "\(golden)")
  }

  @Test func theLogTellsRulesOnCausesAmongTheDecisions() throws {
    let project = try GoldenProject(count: 1)
    let merge = ["cause", "merge", "0123456789abcdef", "fedcba9876543210", "--title", "the store is down"]
    #expect(try project.run(merge).status == 0)
    #expect(try project.run(GoldenProject.approveAll).status == 0)
    #expect(try project.run(["undo", "1"]).status == 0)
    let lines = try project.run(["log"]).output.split(separator: "\n")
    #expect(lines.count == 3, "\(lines)")
    #expect(lines.count { $0.contains("the store is down") } == 2 && lines.count { $0.contains(" undone ") } == 1)
    let causes = try json(try project.run(["log", "--json"]).output)["actions"] as? [[String: Any]]
    #expect(causes?.map { $0["action"] as? String } == ["undo", "cause-merge"])
  }

  @Test func findsWhatTheCaptureKeptInTheUsualPlaceWithoutAReport() throws {
    let project = try GoldenProject(count: 1)
    try project.folder.write("project/test-results/goldens/files/a", "kept")
    try project.folder.write("project/test-results/goldens/files/b", project.bytes("test_golden_0", "old"))
    try project.folder.write(
      "project/test-results/goldens/assay-goldens.jsonl",
      #"{"nodeid":"tests/test_m.py::test_golden_0","golden":"\#(project.golden("test_golden_0"))","#
        + #""expected":"files/b","actual":"files/a"}"#)
    let listed = try project.run(["goldens"])
    #expect(listed.status == 0 && listed.output.contains("test_golden_0.csv"), "\(listed)")
    let approved = try project.run(["approve", "test_golden_0.csv", "--reason", "meant"])
    #expect(
      approved.status == 0 && Files.text(project.folder.at("project/" + project.golden("test_golden_0"))) == "kept")
    try project.folder.write("project/test-results/goldens/assay-goldens.jsonl", "")
    #expect(try project.run(["goldens"]).status == 3)
  }

  @Test func namesEachRefusal() throws {
    let project = try GoldenProject(count: 3)
    try project.folder.write("project/" + project.golden("test_golden_1"), "somebody else's")
    let mixed = try project.run(GoldenProject.approveAll)
    #expect(mixed.status == 4 && mixed.output.contains("approved tests/test_m/test_golden_0.csv"))
    #expect(mixed.errors.contains("could not approve tests/test_m/test_golden_1.csv: the golden is no longer"))
    #expect(project.versions == ["new", "torn", "new"])
    let again = try project.run(["approve", "test_golden_0.csv", "--reason", "r", "--from", "../run"])
    #expect(again.status == 4 && again.errors.contains("has these bytes already"))
  }

  @Test func refusesInCIAndReadOnly() throws {
    let project = try GoldenProject(count: 2)
    let ci = try project.run(GoldenProject.approveAll, extra: ["CI": "true"])
    #expect(ci.status == 4 && ci.errors.contains("CI is set") && ci.errors.split(separator: "\n").count == 1)
    #expect(try project.run(GoldenProject.approveAll + ["--read-only"]).status == 4)
    #expect(try project.run(["undo"], extra: ["CI": "true"]).status == 4)
    #expect(Set(project.versions) == ["old"] && project.others.isEmpty && project.journal.isEmpty)
    #expect(try project.run(GoldenProject.approveAll + ["--allow-ci"], extra: ["CI": "true"]).status == 0)
    #expect(Set(project.versions) == ["new"])
  }

  @Test func understandsNamesAndSaysWhatItDoesNot() throws {
    let project = try GoldenProject(count: 3)
    func status(_ arguments: String...) throws -> Int32 { try project.run(arguments).status }
    #expect(try status("approve", "--reason", "r", "--from", "../run") == 2)
    #expect(try status("approve", "test_golden_0.csv", "--from", "../run") == 2)
    #expect(try status("approve", "test_golden_0.csv", "--all", "--reason", "r", "--from", "../run") == 2)
    #expect(try status("approve", "--all", "--include", "stale", "--reason", "r", "--from", "../run") == 2)
    let none = try project.run(["approve", "test_golden_9.csv", "--reason", "r", "--from", "../run"])
    #expect(none.status == 3 && none.errors.contains("near it: "))
    #expect(try status("reject", "test_m/test_golden_2.csv", "--reason", "r", "--from", "../run") == 0)
    #expect(Set(project.versions) == ["old"] && project.ledger.count == 1)
    let left = try project.run(["approve", "--filter", "test_golden_", "--reason", "r", "--from", "../run"])
    #expect(left.status == 0 && project.versions == ["new", "new", "old"])
  }

  @Test func manyFilesWantTheirCount() throws {
    let project = try GoldenProject(count: 11)
    let refused = try project.run(GoldenProject.approveAll)
    #expect(refused.status == 4 && refused.errors.contains("--yes 11") && project.others.isEmpty)
    #expect(try project.run(GoldenProject.approveAll + ["--yes", "10"]).status == 4)
    #expect(try project.run(GoldenProject.approveAll + ["--yes", "11"]).status == 0)
    #expect(Set(project.versions) == ["new"])
  }
}
