import Runbooks
import SystemKit
import TestSupport
import Testing
import TriageModel
import TriageServices
import Workspace

@Suite struct RunbookLibraryTests {
  private static let now = Timestamp(iso8601: "2026-11-28T12:00:00Z") ?? Timestamp(milliseconds: 0)

  private static func library(_ folder: TemporaryFolder, _ configuration: Configuration = .init()) -> RunbookLibrary {
    RunbookLibrary(repository: Repository(root: folder.path), configuration: configuration, now: now)
  }

  private static func run() -> Run {
    var fixture = RunFixture(id: "1")
    fixture.add("test_golden", .failed, message: "boom")
    fixture.add("test_other", .failed, message: "ValueError: no")
    fixture.add("test_fine", .passed)
    return fixture.run()
  }

  private static func dossier() -> RunDossier {
    RunDossier(of: run(), owners: OwnerLookup(Owners(rules: [])))
  }

  @Test func findsWhatIsWrittenMeanwhile() throws {
    let folder = try TemporaryFolder()
    let library = Self.library(folder)
    #expect(library.pages(for: TestIndex(0), in: Self.dossier()).isEmpty)
    try folder.write("runbooks/a.md", "---\nmatch: {message: boom}\nseverity: page\n---\n# A")
    #expect(library.pages(for: TestIndex(0), in: Self.dossier()).map(\.page.title) == ["A"])
    #expect(library.pages(for: TestIndex(0), in: Self.dossier()).severity == .page)
    #expect(library.pages(for: TestIndex(1), in: Self.dossier()).severity == nil)
  }

  @Test func aRuleOnASignatureHoldsBeforeAllWasMasked() throws {
    let folder = try TemporaryFolder()
    let run = Self.run()
    let key = try #require(FailureSignatures(of: run.table).key(of: TestIndex(1)))
    try folder.write("runbooks/a.md", "---\nmatch: {signature: \(key.text)}\n---\n")
    #expect(Self.library(folder).pages(for: TestIndex(1), in: Self.dossier()).count == 1)
    #expect(Self.library(folder).pages(for: TestIndex(0), in: Self.dossier()).isEmpty)
  }

  @Test(arguments: [
    ("b.md", RunbookLibrary.Place.page("runbooks/b.md")), ("../runbooks", .folder("runbooks")),
    ("../../etc/passwd", .refused("it leads out of the repository")),
    ("/a/../../x", .refused("it leads out of the repository")),
    ("out/secret", .refused("it leads out of the repository")), ("passwd", .refused("it leads out of the repository")),
    ("../.git/config", .refused("it lies in git's own folder")), ("gone.md", .dead("there is no such file or folder")),
    ("file:///etc/passwd", .refused("file: links are not followed")), ("https://a.example", .web("https://a.example")),
    ("#x", .heading("x")), ("#y", .dead("no such heading")),
  ])
  func tellsWhatALinkLeadsTo(destination: String, place: RunbookLibrary.Place) throws {
    let folder = try TemporaryFolder()
    try folder.write("repo/runbooks/b.md", "# B")
    try folder.write("repo/.git/config", "")
    try folder.write("outside/secret", "")
    try folder.link("repo/runbooks/out", to: "../../outside")
    try folder.link("repo/runbooks/passwd", to: "/etc/passwd")
    let library = RunbookLibrary(
      repository: Repository(root: folder.at("repo")), configuration: Configuration(), now: Self.now)
    let anchors = MarkdownAnchors(MarkdownParser.parse("# X"))
    #expect(library.place(of: destination, in: "runbooks/a.md", anchors) == place)
  }

  @Test func readsAPageThatIsNoRunbookOnlyInsideTheRepository() throws {
    let folder = try TemporaryFolder()
    try folder.write("repo/docs/x.md", "# X")
    try folder.write("y.md", "# Y")
    try folder.link("repo/docs/y.md", to: "../../y.md")
    let library = RunbookLibrary(
      repository: Repository(root: folder.at("repo")), configuration: Configuration(), now: Self.now)
    #expect(library.page("docs/x.md").page?.title == "X")
    #expect(library.page("docs/y.md").page == nil && library.page("../y.md").page == nil)
    #expect(library.page("docs/z.md").problem == "there is no such file")
  }

  @Test func checksPagesRulesLinksAndAges() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "runbooks/a.md",
      "---\nmatch:\n  - test: \"*golden*\"\n  - test: tests/gone/*\nreviewed: 2025-01-01\n---\n\n[x](y.md)\n")
    try folder.write("runbooks/b.md", "---\nmatch: {test: \"**\"}\n---\n<javascript:alert(1)>")
    try folder.write("runbooks/c.md", "---\nmatch: {message: never}\nseverity: x\n---\n")
    let check = try RunbookCheck(Self.library(folder), [Self.dossier()], history: nil)
    #expect(
      check.findings.map { "\($0.kind.word) \($0.subject ?? "") \($0.line ?? 0)" } == [
        "unreadable  0", "no-runbook tests/test_a.py::test_other 0", "dead-rule runbooks/a.md 4",
        "matches-everything runbooks/b.md 2", "dead-link runbooks/a.md 8", "dead-link runbooks/b.md 4",
        "stale runbooks/a.md 0", "unseen-rule runbooks/c.md 2",
      ])
    #expect(check.isWrong && check.pages == 3 && check.failures == 2)
    let alone = try RunbookCheck(Self.library(folder), [], history: nil)
    #expect(!alone.findings.contains { [.deadRule, .unseenRule, .noRunbook].contains($0.kind) })
  }

  @Test func aPageThatDoesNotSayWhenItWasReviewedIsAsOldAsItsLastCommit() throws {
    let folder = try TemporaryFolder()
    try folder.write("repo/runbooks/a.md", "---\nmatch: {message: boom}\nreview: 90d\n---\n")
    try folder.write("repo/runbooks/b.md", "---\nmatch: {message: boom}\nreviewed: 2026-11-27\n---\n")
    func git(_ arguments: String...) {
      let identity: [String: String?] = [
        "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a",
        "GIT_COMMITTER_DATE": "2026-08-01T12:00:00Z",
      ]
      #expect(Shell.run(["git", "-C", folder.at("repo")] + arguments, environment: identity).status == 0)
    }
    git("init", "-q")
    func library(_ name: String) -> RunbookLibrary {
      RunbookLibrary(
        repository: Repository(root: folder.at(name)), configuration: Configuration(), now: Self.now)
    }
    func age(_ page: String, in name: String = "repo") throws -> RunbookAge? {
      let library = library(name)
      return library.age(of: try #require(library.index.page("runbooks/\(page).md")))
    }
    #expect(try age("a") == nil)
    git("add", ".")
    git("commit", "-qm", "pages")
    #expect(try age("a")?.words == "last commit 2026-08-01, 119 days ago, reviewed never")
    #expect(try age("a")?.isStale == true && age("b")?.words == "reviewed 2026-11-27, 1 day ago")
    #expect(try RunbookCheck(library("repo"), [], history: nil).findings.map(\.kind) == [.stale])
    // Where the history is cut off, every file seems to come from the last commit that is left.
    git("clone", "-q", "--depth", "1", "file://" + folder.at("repo"), folder.at("shallow"))
    #expect(try age("a", in: "shallow") == nil)
  }

  @Test func ticksAndWhatHelpedStayWithTheFailureWhereverItIsSeen() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder(".git")
    for name in ["a", "b"] {
      try folder.write("runbooks/\(name).md", "---\nmatch: {message: boom}\n---\n- [ ] step\n")
    }
    let library = Self.library(folder)
    let repository = Repository(root: folder.path)
    let service = DecisionService(
      repository: repository,
      directories: Directories(environment: ["HOME": folder.at("home"), "XDG_STATE_HOME": folder.at("state")]),
      permission: WritePermission(isReadOnly: false, environment: [:]),
      environment: ["USER": "ann", "ASSAY_NOW": "2026-11-28T12:00:00Z"])
    func dossier(_ name: String = "test_golden", _ message: String = "boom") -> RunDossier {
      var fixture = RunFixture(id: "2")
      fixture.add(name, .failed, message: message)
      var dossier = RunDossier(of: fixture.run(), owners: OwnerLookup(Owners(rules: [])))
      dossier.take(FailureSignatures(of: dossier.run.table))
      dossier.take(TeamRecords(repository, now: Self.now))
      return dossier
    }
    let test = TestIndex(0)
    _ = try service.keep(.helped(page: "runbooks/b.md"), at: test, in: dossier())
    _ = try service.keep(.tick(page: "runbooks/b.md", text: "step"), at: test, in: dossier())
    #expect(library.pages(for: test, in: dossier()).map(\.page.path) == ["runbooks/b.md", "runbooks/a.md"])
    let elsewhere = dossier("test_elsewhere").notes(on: test).ticks(in: "runbooks/b.md")
    #expect(elsewhere["step"]?.who.contains("ann") == true)
    #expect(dossier("test_golden", "another boom thing").notes(on: test).ticks(in: "runbooks/b.md").isEmpty)
    #expect(dossier().notes(on: test).ticks(in: "runbooks/a.md").isEmpty)
    _ = try service.keep(.tick(page: "runbooks/b.md", text: "step"), at: test, in: dossier())
    #expect(dossier().notes(on: test).ticks(in: "runbooks/b.md").isEmpty)
    #expect(dossier().notes(on: test).helped("runbooks/b.md") == 1)
  }

  @Test func aPageThatIsStartedFitsItsFailureAndTakesNoOthersPlace() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder(".git")
    let library = Self.library(folder)
    let service = DecisionService(
      repository: Repository(root: folder.path),
      directories: Directories(environment: ["HOME": folder.at("home"), "XDG_STATE_HOME": folder.at("state")]),
      permission: WritePermission(isReadOnly: false, environment: [:]), environment: ["USER": "ann"])
    let first = try service.startRunbook(for: TestIndex(1), in: Self.dossier(), library)
    let second = try service.startRunbook(for: TestIndex(1), in: Self.dossier(), library)
    #expect(first == "runbooks/assertionerror-valueerror-no.md" && second.hasSuffix("-2.md"))
    let found = library.pages(for: TestIndex(1), in: Self.dossier())
    #expect(found.map(\.page.path) == [second, first] && found.allSatisfy { $0.page.problems.isEmpty })
    #expect(library.pages(for: TestIndex(0), in: Self.dossier()).isEmpty)
    #expect(found.severity == nil)
  }
}
