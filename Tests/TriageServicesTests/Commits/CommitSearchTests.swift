import TestSupport
import Testing
import TriageModel

@testable import TriageServices

/// Which commits can have turned a test, asked of a real repository.
@Suite struct CommitSearchTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try git("init", "-q", "-b", "main")
    try git("config", "user.email", "me@example.com")
  }

  @discardableResult
  private func git(_ arguments: String..., by mail: String? = nil) throws -> String {
    let identity =
      ["-c", "user.name=Jo", "-c", "commit.gpgsign=false"] + (mail.map { ["-c", "user.email=\($0)"] } ?? [])
    let result = Shell.run(["git", "-C", folder.path] + identity + arguments)
    try #require(result.status == 0, "git \(arguments): \(result.errors)")
    return String(result.output.split(separator: "\n").first ?? "")
  }

  private func commit(_ title: String, _ file: String, by mail: String = "else@example.com") throws -> String {
    try folder.write(file, title)
    try git("add", "-A")
    try git("commit", "-qm", title, by: mail)
    return try git("rev-parse", "HEAD")
  }

  private func record(_ id: String, _ commit: String?) -> RunRecord {
    var record = RunRecord(key: RunKey(token: Int64(id) ?? 0), identity: RunIdentity(source: "ci", id: id))
    record.commit = commit
    return record
  }

  private var run: Run {
    var fixture = RunFixture()
    let details =
      "File \"/builds/x/src/model.py\", line 23, in f\nFile \"/usr/lib/site-packages/numpy.py\", line 3, in g"
    fixture.add("test_a", .failed, message: "boom", details: details)
    return fixture.run()
  }

  private func range(
    _ before: String?, _ after: String?, _ label: Verdict.Label = .broken, root: String? = nil
  ) throws -> CommitRange {
    var standing = TestStanding(
      verdict: Verdict(label, why: []), since: record("2", after), lastPass: record("1", before))
    if label == .fixed {
      (standing.lastFailure, standing.fixedIn) = (SharedRun(record("3", before)), SharedRun(record("4", after)))
    }
    let search = CommitSearch(root: root ?? folder.path, environment: ["PATH": "/usr/bin:/bin", "HOME": folder.path])
    let ownFiles = OwnFiles { ["src/model.py", "src/engine.py", "tests/test_a.py"].contains($0) }
    return try #require(search.range(for: standing, of: TestIndex(0), in: run, ownFiles: ownFiles))
  }

  @Test func namesTheCommitsAndWhatTheyTouch() throws {
    let first = try commit("Begin", "src/model.py")
    try _ = commit("Say more", "README.md", by: "Me@Example.com")
    try _ = commit("Clip the logit", "src/model.py")
    let last = try commit("Rename | a \u{1F600} thing", "ü x.txt")
    let range = try range(first, last)
    #expect(range.commits.map(\.title) == ["Clip the logit", "Rename | a \u{1F600} thing", "Say more"])
    #expect(range.commits.map(\.isYours) == [false, false, true])
    #expect(range.commits[0].touches == [SourceLocation(file: "src/model.py", line: 23)])
    #expect(range.commits[1].files == ["ü x.txt"] && range.commits[1].touches.isEmpty)
    #expect(range.summary == "no: 3 commits in the range, 1 yours; 1 touches src/model.py:23")
    #expect(try self.range(last, last).summary == "no commit in between: runs 1 and 2 ran the same code")
  }

  @Test func theTestsOwnFileCountsAsTouched() throws {
    let first = try commit("Begin", "README.md")
    let last = try commit("Ask for more", "tests/test_a.py", by: "me@example.com")
    let range = try range(first, last)
    #expect(range.summary == "yes: 1 commit in the range, yours; touches tests/test_a.py")
  }

  @Test func whatTheTestImportsCountsAsTouched() throws {
    try folder.write("tests/test_a.py", "import os\nfrom engine import run  # the engine\n")
    let first = try commit("Begin", "README.md")
    let last = try commit("Tune", "src/engine.py", by: "me@example.com")
    let range = try range(first, last)
    #expect(range.summary == "yes: 1 commit in the range, yours; touches src/engine.py")
  }

  @Test func aMendedTestNamesTheCommitsThatMendedIt() throws {
    let first = try commit("Begin", "a")
    let last = try commit("Mend", "src/model.py")
    let range = try range(first, last, .fixed)
    #expect(range.heading == "mended" && range.before.identity.id == "3")
    #expect(range.summary == "1 commit in the range, by Jo; touches src/model.py:23")
  }

  @Test func saysHowToFetchACommitThatIsNotThere() throws {
    let first = try commit("Begin", "a")
    let gone = String(repeating: "a1", count: 20)
    let range = try range(first, gone)
    #expect(range.gap == .missing(commit: gone, isShallow: false))
    #expect(range.summary == "not known: commit a1a1a1a is not in this clone (git fetch origin \(gone))")
  }

  @Test func aShallowCloneIsToldApart() throws {
    let first = try commit("Begin", "a")
    let last = try commit("Go on", "b")
    let clone = try TemporaryFolder()
    try git("clone", "-q", "--depth=1", "file://" + folder.path, clone.at("c"))
    let range = try range(first, last, root: clone.at("c"))
    #expect(range.gap == .missing(commit: first, isShallow: true))
    #expect(range.summary.hasSuffix("(git fetch --unshallow)"))
  }

  @Test func anOlderCommitAfterANewerOneIsNoRange() throws {
    let first = try commit("Begin", "a")
    let last = try commit("Go on", "b")
    #expect(try range(last, first).gap == .backwards)
  }

  @Test func aCommitOfAnotherBranchIsSaidSo() throws {
    let first = try commit("Begin", "a")
    try git("checkout", "-q", "-b", "side")
    let side = try commit("Aside", "b")
    try git("checkout", "-q", "main")
    let last = try commit("Go on", "c")
    #expect(try range(first, last).isAside == false)
    let range = try range(side, last)
    #expect(range.commits.map(\.title) == ["Go on"] && range.isAside)
    #expect(range.summary.hasSuffix("run 1 was on another branch"))
  }

  @Test func whatIsNotKnownIsSaid() throws {
    let first = try commit("Begin", "a")
    #expect(try range(nil, first).gap == .unnamed(run: "1"))
    let other = try TemporaryFolder()
    #expect(try range(first, String(repeating: "b", count: 40), root: other.path).gap == .unreadable)
    #expect(try range("--output=x", first).gap == .unreadable)
  }

  @Test func aLongRangeIsCut() throws {
    let first = try commit("Begin", "a")
    for number in 0..<(CommitLogReader.mostCommits + 1) {
      try git("commit", "-q", "--allow-empty", "-m", "\(number)", by: "else@example.com")
    }
    let range = try range(first, try git("rev-parse", "HEAD"))
    #expect(range.isCut && range.commits.count == CommitLogReader.mostCommits)
    #expect(range.summary.hasPrefix("unknown: more than 200 commits in the range, none yours"))
  }
}
