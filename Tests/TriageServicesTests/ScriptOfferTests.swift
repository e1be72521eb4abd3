import SystemKit
import TestSupport
import Testing
import TriageActions
import TriageModel
import TriageServices
import Workspace

/// What is shown of a runbook's block is what runs, told of the failure by variables and by nothing else.
@Suite struct ScriptOfferTests {
  private let folder: TemporaryFolder
  private let library: RunbookLibrary
  private let repository: Repository

  init() throws {
    folder = try TemporaryFolder()
    try folder.makeFolder(".git")
    repository = Repository(root: folder.path)
    library = RunbookLibrary(
      repository: repository, configuration: Configuration(), now: Timestamp(milliseconds: 1_790_000_000_000))
    try write("```sh\necho one\n```\n\n```bash\necho two\n```\n")
  }

  private func write(_ body: String) throws {
    try folder.write("runbooks/a.md", "---\nmatch: {message: boom}\n---\n" + body)
  }

  private func service(isReadOnly: Bool = false, _ environment: [String: String] = [:]) -> DecisionService {
    DecisionService(
      repository: repository,
      directories: Directories(environment: ["HOME": folder.at("home"), "XDG_STATE_HOME": folder.at("state")]),
      permission: WritePermission(isReadOnly: isReadOnly, environment: environment), environment: ["USER": "ann"])
  }

  private func dossier(_ message: String = "boom") -> RunDossier {
    var fixture = RunFixture(id: "7")
    fixture.add("test_x", .failed, message: message)
    var dossier = RunDossier(of: fixture.run(), owners: OwnerLookup(Owners(rules: [])))
    dossier.take(FailureSignatures(of: dossier.run.table))
    dossier.take(TeamRecords(repository, now: library.now))
    return dossier
  }

  private func offer(_ number: Int = 1, _ message: String = "boom", by service: DecisionService? = nil) throws
    -> ScriptOffer
  {
    try (service ?? self.service()).offer(
      RunbookScript.Place(page: "runbooks/a.md", number: number), for: TestIndex(0), in: dossier(message), library)
  }

  @Test func theTextIsOneArgumentAndTheFailureIsInVariables() throws {
    let message = "boom; rm -rf $(x) \u{1B}[2J"
    let offer = try offer(2, message)
    #expect(offer.script.arguments == ["bash", "-e", "-c", "echo two", "runbooks/a.md"])
    #expect(offer.variables["ASSAY_TEST"] == "tests/test_a.py::test_x" && offer.variables["ASSAY_RUN"] == "run 7")
    #expect(offer.variables["ASSAY_MESSAGE"] == "boom; rm -rf $(x) ␛[2J" && offer.variables["ASSAY_BRANCH"] == "")
    #expect(!offer.isTrusted && offer.refusal == nil)
    #expect(throws: ScriptRefusal.self) { try self.offer(3) }
  }

  @Test func acceptingTrustsThePageAsItIsAndEndsWithItsBytes() throws {
    let first = try offer()
    try service().accept(first, library)
    #expect(try offer(2).isTrusted)
    #expect(
      try service().journal?.entries().map(\.title) == [
        "trusted runbooks/a.md as it is (\(first.script.pageHash.short))"
      ])
    // It is trusted already: that is no entry.
    try service().accept(first, library)
    #expect(try service().journal?.entries().count == 1)
    try write("```sh\necho one\n```\n\nAnother text.\n")
    #expect(try !offer().isTrusted)
    #expect(throws: JournalError.self) { try service().accept(first, library) }
    #expect(try service().journal?.entries().count == 1)
  }

  @Test(arguments: ["echo \u{202E}x", "echo a\u{1B}[8mb", "echo a\u{200B}b", " \n\t"])
  func aBlockThatHidesSomethingIsNotRun(text: String) throws {
    try write("```sh\n\(text)\n```\n")
    let offer = try offer()
    #expect(offer.refusal != nil)
    #expect(throws: JournalError.self) { try service().accept(offer, library) }
  }

  @Test func nothingIsRunWhereNothingMayBeWritten() throws {
    for service in [service(isReadOnly: true), service(["CI": "true"])] {
      #expect(try offer(by: service).refusal != nil)
      #expect(throws: JournalError.self) { try service.accept(offer(), library) }
    }
    #expect(try offer().refusal == nil)
  }

  @Test func howItEndedStaysWithTheFailure() throws {
    let offer = try offer(2)
    #expect(try service().keep(offer, status: 3) == "ran block 2 of runbooks/a.md: status 3")
    let note = try #require(dossier().notes(on: TestIndex(0)).runs(in: "runbooks/a.md")[offer.script.hash])
    #expect(
      note.status == 3 && note.who.contains("ann") && note.run == "run 7" && note.text.hasSuffix("status 3: echo two"))
    #expect(dossier("another thing").notes(on: TestIndex(0)).isEmpty)
    let undo = try service().offer(isRedo: false)
    #expect(undo.remarks.contains { $0.contains("stays done") })
    try service().undo(undo)
    #expect(dossier().notes(on: TestIndex(0)).isEmpty)
  }
}
