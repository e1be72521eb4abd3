import Foundation
import Goldens
import TestSupport
import Testing
import TriageActions
import TriageModel
import Workspace

@testable import TriageServices

/// Decisions on pairs made by hand, in a real folder.
@Suite struct DecisionServiceTests {
  private let folder: TemporaryFolder
  private let repository: Repository

  init() throws {
    folder = try TemporaryFolder()
    try folder.makeFolder("project/.git")
    repository = Repository(root: folder.at("project"))
  }

  private func pair(
    _ path: String, entry: String? = nil, _ expected: String?, _ actual: String?,
    recovery: GoldenRecovery = .exact
  ) -> GoldenPair {
    GoldenPair(
      location: GoldenLocation(path: path, entry: entry), convention: entry == nil ? "test" : "syrupy", test: "t",
      expected: expected.map { .bytes(Array($0.utf8)) } ?? .none,
      actual: actual.map { .bytes(Array($0.utf8)) } ?? .none,
      recovery: recovery)
  }

  private func survey(_ pairs: [GoldenPair], commit: String? = nil) -> GoldenSurvey {
    var info = RunInfo(identity: RunIdentity(source: "here", id: "7"))
    info.commit = commit
    return GoldenSurvey(
      pairs: pairs, others: [:], run: Run(info: info, table: TestTable()),
      reader: GoldenReader(repository: repository, commit: nil), approvals: try? Approvals(repository))
  }

  private func service(_ environment: [String: String] = [:], isReadOnly: Bool = false) -> DecisionService {
    let variables = ["HOME": folder.path, "USER": "jo", "ASSAY_NOW": "2026-11-21T12:00:00Z"]
    let environment = variables.merging(environment) { $1 }
    return DecisionService(
      repository: repository, directories: Directories(environment: environment),
      permission: WritePermission(isReadOnly: isReadOnly, environment: environment), environment: environment)
  }

  private func request(
    _ survey: GoldenSurvey, _ action: ActionDescription = Approve.description, named: Set<Obstacle> = []
  ) -> DecisionRequest {
    let hashes = survey.changes.compactMap { change in change.actualHash.map { (change.location, $0) } }
    return DecisionRequest(
      run: RunRef(0, revision: 0), action: action, places: survey.changes.map(\.location),
      reviewed: Dictionary(hashes) { first, _ in first }, displayed: [], reason: "meant", ticket: "T-1", named: named)
  }

  private func decide(_ request: DecisionRequest, _ survey: GoldenSurvey) -> DecisionOutcome {
    service().decide(service().plan(request, survey))
  }

  private func text(_ path: String) -> String? {
    FileManager.default.contents(atPath: folder.at("project/" + path)).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func approvesWhatIsSafeAndNamesTheRest() throws {
    for name in ["a", "stale", "partial", "secret", "gone"] { try folder.write("project/\(name).txt", "old\n") }
    let survey = survey([
      pair("a.txt", "old\n", "new\n"), pair("gone.txt", "old\n", nil), pair("made/b.txt", nil, "b\n"),
      pair("stale.txt", "older\n", "new\n"), pair("partial.txt", "old\n", "new\n", recovery: .partial),
      pair("secret.txt", "old\n", "old\nAKIAIOSFODNN7EXAMPLE\n"), pair("../out.txt", nil, "x\n"),
    ])
    let preview = service().plan(request(survey), survey).preview
    #expect(preview.refusal == nil && preview.neverDisplayed == 3)
    #expect(preview.files == ["a.txt", "gone.txt", "made/b.txt"])
    #expect(text("a.txt") == "old\n" && text(".assay/approvals.jsonl") == nil)
    let outcome = decide(request(survey), survey)
    #expect(outcome.failure == nil && outcome.done.map(\.path) == ["a.txt", "gone.txt", "made/b.txt"])
    #expect(
      Dictionary(uniqueKeysWithValues: outcome.held.map { ($0.location.path, $0.obstacle) }) == [
        "stale.txt": .stale, "partial.txt": .partial, "secret.txt": .secrets, "../out.txt": .place,
      ])
    #expect(text("a.txt") == "new\n" && text("made/b.txt") == "b\n" && text("gone.txt") == nil)
    #expect(text("secret.txt") == "old\n" && access(folder.at("out.txt"), F_OK) != 0)
    let ledger = try #require(text(".assay/approvals.jsonl"))
    #expect(ledger.contains("2026-11-21T12:00:00Z") && ledger.contains("\"T-1\"") && !ledger.contains("AKIA"))
    #expect(LedgerCheck.problems(try Approvals(repository), in: repository).isEmpty)
    try folder.write("project/a.txt", "else\n")
    #expect(LedgerCheck.problems(try Approvals(repository), in: repository).count == 1)
  }

  @Test func splicesEntriesOfOneFileTogether() throws {
    let head = "# serializer version: 1\n"
    func file(_ values: [String]) -> String {
      head + zip(["test_a", "test_b", "test_c"], values).map { "# name: \($0)\n  '\($1)'\n# ---\n" }.joined()
    }
    try folder.write("project/__snapshots__/t.ambr", file(["1", "2", "3"]))
    let survey = survey([
      pair("__snapshots__/t.ambr", entry: "test_a", "'1'", "'one'"),
      pair("__snapshots__/t.ambr", entry: "test_c", "'3'", "'three'"),
    ])
    let outcome = decide(request(survey), survey)
    #expect(outcome.held.isEmpty && outcome.failure == nil && outcome.done.count == 2)
    #expect(text("__snapshots__/t.ambr") == file(["one", "2", "three"]))
    #expect(LedgerCheck.problems(try Approvals(repository), in: repository).isEmpty)
    try service().undo(try service().offer(isRedo: false))
    #expect(text("__snapshots__/t.ambr") == file(["1", "2", "3"]))
    #expect(LedgerCheck.problems(try Approvals(repository), in: repository).isEmpty)
  }

  @Test func aGoldenThatChangesBetweenReviewAndDecisionIsStale() throws {
    try folder.write("project/a.txt", "old\n")
    let survey = survey([pair("a.txt", "old\n", "new\n")])
    try folder.write("project/a.txt", "theirs\n")
    let outcome = decide(request(survey), survey)
    #expect(outcome.done.isEmpty && outcome.held.map(\.obstacle) == [.stale] && text("a.txt") == "theirs\n")
  }

  /// What was shown is what is done: where it cannot be, nothing is.
  @Test func aFileThatChangesBetweenThePlanAndItsExecutionStopsAllOfIt() throws {
    for name in ["a", "b"] { try folder.write("project/\(name).txt", "old\n") }
    let survey = survey([pair("a.txt", "old\n", "new\n"), pair("b.txt", "old\n", "new\n")])
    let planned = service().plan(request(survey), survey)
    try FileManager.default.removeItem(atPath: folder.at("project/b.txt"))
    try folder.write("project/c.txt", "old\n")
    try FileManager.default.createSymbolicLink(
      atPath: folder.at("project/b.txt"), withDestinationPath: "c.txt")
    let outcome = service().decide(planned)
    #expect(outcome.failure?.contains("b.txt") == true && outcome.done.isEmpty && outcome.entry == nil)
    #expect(text("a.txt") == "old\n" && text("c.txt") == "old\n" && text(".assay/approvals.jsonl") == nil)
  }

  @Test func anActualThatIsNotTheReviewedOneIsRefused() throws {
    try folder.write("project/a.txt", "old\n")
    try folder.write("run/a.txt", "seen\n")
    var pair = pair("a.txt", "old\n", "")
    pair.actual = .file(location: folder.at("run/a.txt"), shown: "a.txt")
    let survey = survey([pair])
    try folder.write("run/a.txt", "swapped\n")
    let outcome = decide(request(survey), survey)
    #expect(outcome.held.map(\.obstacle) == [.bytes] && text("a.txt") == "old\n")
  }

  @Test func aRejectedActualIsNotAskedAgainAndAnotherIs() throws {
    try folder.write("project/a.txt", "old\n")
    let first = survey([pair("a.txt", "old\n", "new\n")])
    #expect(decide(request(first, Reject.description), first).done.count == 1)
    #expect(text("a.txt") == "old\n")
    #expect(survey([pair("a.txt", "old\n", "new\n")]).changes.map(\.state) == [.rejected])
    #expect(survey([pair("a.txt", "old\n", "newer\n")]).changes.map(\.state) == [.pending])
    try service().undo(try service().offer(isRedo: false))
    #expect(survey([pair("a.txt", "old\n", "new\n")]).changes.map(\.state) == [.pending])
    #expect(LedgerCheck.problems(try Approvals(repository), in: repository).isEmpty)
  }

  @Test func writesNothingWhereItMayNot() throws {
    try folder.write("project/a.txt", "old\n")
    let survey = survey([pair("a.txt", "old\n", "new\n")])
    for service in [service(["CI": "true"]), service(isReadOnly: true)] {
      #expect(service.plan(request(survey), survey).preview.refusal != nil)
      #expect(service.decide(service.plan(request(survey), survey)).failure != nil)
      #expect(throws: JournalError.self) { try service.offer(isRedo: false) }
    }
    var noReason = request(survey)
    noReason.reason = " "
    #expect(decide(noReason, survey).failure != nil)
    #expect(text("a.txt") == "old\n" && text(".assay/approvals.jsonl") == nil)
    #expect(WritePermission(isReadOnly: false, allowsCI: true, environment: ["CI": "1"]).refusal == nil)
    #expect(WritePermission(isReadOnly: false, environment: ["CI": "false"]).refusal == nil)
  }

  @Test func warnsOfARunOfAnotherHistory() throws {
    try FileManager.default.removeItem(atPath: folder.at("project/.git"))
    func git(_ arguments: String...) -> String {
      let identity = ["-c", "user.name=n", "-c", "user.email=n@example.com", "-c", "commit.gpgsign=false"]
      return Shell.run(["git", "-C", repository.root] + identity + arguments).output
    }
    _ = git("init", "-q", "-b", "main")
    try folder.write("project/a.txt", "old\n")
    _ = git("add", "-A")
    _ = git("commit", "-qm", "one")
    let head = String(git("rev-parse", "HEAD").prefix(40))
    _ = git("checkout", "-qb", "side")
    _ = git("commit", "-qm", "two", "--allow-empty")
    let side = String(git("rev-parse", "HEAD").prefix(40))
    _ = git("checkout", "-q", "main")
    func warnings(_ commit: String) -> [String] {
      let survey = survey([pair("a.txt", "old\n", "new\n")], commit: commit)
      return service().plan(request(survey), survey).preview.warnings
    }
    #expect(warnings(head).isEmpty)
    #expect(warnings(side).first?.contains("no ancestor") == true)
    #expect(warnings(String(repeating: "a", count: 40)).first?.contains("not in this repository") == true)
  }
}
