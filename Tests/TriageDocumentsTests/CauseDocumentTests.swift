import TerminalKit
import ItemQueries
import TestSupport
import Testing
import TriageModel
import Workspace

@testable import TriageDocuments
import TriageServices
import TriageStyle

@Suite struct CauseDocumentTests {
  private func run(_ id: String = "1", count: Int) -> Run {
    var fixture = RunFixture(id: id)
    fixture.info.startedAt = Timestamp(milliseconds: 1_762_000_000_000 + Int64(id.count) * 1000)
    let host = ["alpha", "omega"]
    for number in 0..<count {
      fixture.add(
        "test_\(number)", .failed,
        message:
          "the feature store refused the connection after \(number + 2) tries in a row\n"
          + String(repeating: "what was asked of it, and what it said to that, row by row;\n", count: 40)
          + "from worker \(host[number % 2])")
    }
    fixture.add("test_other", .failed, message: "values are not sufficiently close to what is expected")
    return fixture.run()
  }

  private func document(
    _ run: Run, standings: [TestIndex: TestStanding] = [:], _ change: (inout DocumentSources) -> Void = { _ in }
  ) throws -> DocumentText {
    var sources = DocumentSources(ownFiles: OwnFiles { _ in false })
    let causes = RunCauses(of: run.testsOfNote, FailureSignatures(of: run.testsOfNote, in: run.table)) { _ in [:] }
    sources.causes = CauseNames(of: run, causes: causes, standings: standings, goldenTests: Set(standings.keys))
    change(&sources)
    let key = try #require(sources.causes?.name(of: TestIndex(0))).key
    return DocumentBuilder.text(about: .cause(key), of: run, at: 0, from: sources)
  }

  @Test func saysHowManyFailAndWhatTheyHaveInCommon() throws {
    let document = try document(run(count: 4))
    let texts = document.lines.map(\.text)
    #expect(texts[1] == "  here   4 tests, 4 failures, in 2 wordings")
    let line = try #require(document.lines.first { $0.text.contains("feature store refused") })
    func role(of word: String) -> Role? { line.spans.first { $0.text.contains(word) }?.style.role }
    #expect(role(of: "refused") == .bright)
    let worker = document.lines.flatMap(\.spans).first { $0.text.contains("alpha") || $0.text.contains("omega") }
    #expect(worker?.style.role == .dim)
    #expect(role(of: "<n>") == .code)
    #expect(texts.contains("  ✗ tests/test_a.py::test_3") && !texts.contains("  ✗ tests/test_a.py::test_other"))
  }

  @Test func namesTheOwnerWhenAllAgree() throws {
    #expect(try document(run(count: 2)) { $0.owner = { _ in "ml" } }.lines.contains { $0.text == "  owner  ml" })
    let mixed = try document(run(count: 2)) { $0.owner = { $0.value == 0 ? "ml" : "web" } }
    #expect(!mixed.lines.contains { $0.text.contains("owner") })
  }

  @Test func goldensThatChangedInOneRunNameItAndItsCommits() throws {
    var since = RunRecord(key: 1, identity: RunIdentity(source: "ci", id: "4116"))
    (since.commit, since.commitTitle) = ("194bf4a3", "Clip the logit")
    let standing = TestStanding(verdict: Verdict(.broken, why: []), since: since, lastPass: since)
    let document = try document(run(count: 2), standings: [TestIndex(0): standing, TestIndex(2): standing]) {
      $0.standing = { _ in standing }
      $0.commits = { _, _ in CommitRange(.broke, before: since, after: since, gap: .sameCode) }
    }
    let texts = document.lines.map(\.text)
    #expect(texts[0] == "  here   2 tests whose goldens changed")
    #expect(texts[1] == "  since  run 4116 (194bf4a Clip the logit)")
    #expect(texts[2].hasPrefix("  mine?  no commit in between"))
    #expect(texts.contains("  ✗ tests/test_a.py::test_other") && !texts.contains("  ✗ tests/test_a.py::test_1"))
  }

  @Test func countsTheMembersItDoesNotName() throws {
    let texts = try document(run(count: 60)).lines.map(\.text)
    #expect(texts.last == "  … and 10 more")
  }

  @Test func saysSinceWhenTheHistoryKnowsIt() throws {
    let folder = try TemporaryFolder()
    let environment = ["HOME": folder.path]
    let service = try HistoryService(nil, directories: Directories(environment: environment), environment: environment)
    for id in ["1", "22", "333"] { try service.add(run(id, count: 2)) }
    let document = try document(run("333", count: 2)) { $0.history = { service } }
    let since = try #require(document.lines.first { $0.text.hasPrefix("  since ") }).text
    #expect(since.contains("run 1 (") && since.hasSuffix("last in run 333; 6 failures in the history"))
  }
}
