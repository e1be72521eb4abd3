import Foundation
import TestSupport
import Testing
import TriageModel

@testable import Workspace

/// What paths come to that strangers wrote.
@Suite struct RepositoryFileTests {
  private let folder: TemporaryFolder
  private let repository: Repository

  init() throws {
    folder = try TemporaryFolder()
    try folder.makeFolder("in/.git")
    try folder.makeFolder("in/tests/deep")
    try folder.write("in/tests/a.csv", "a")
    try folder.write("in/.git/config", "secret")
    try folder.write("out/passwd", "root")
    repository = Repository(root: folder.at("in"))
  }

  private func resolved(_ path: String) throws(FileError) -> String {
    try RepositoryFile(claimed: path, in: repository).path
  }

  private func error(_ path: String) -> FileError? {
    do throws(FileError) {
      _ = try resolved(path)
      return nil
    } catch {
      return error
    }
  }

  @Test func takesWhatLiesInside() throws {
    #expect(try resolved("tests/a.csv") == "tests/a.csv")
    #expect(try resolved("./tests//deep/../a.csv") == "tests/a.csv")
    #expect(try resolved("tests/new/deep/b.csv") == "tests/new/deep/b.csv")
    #expect(try RepositoryFile(claimed: "tests/a.csv", in: repository).bytes() == Array("a".utf8))
    #expect(try RepositoryFile(claimed: "tests/none.csv", in: repository).bytes() == nil)
    #expect(try RepositoryFile(claimed: "none/none.csv", in: repository).bytes() == nil)
  }

  @Test func refusesWhatLeadsOut() throws {
    #expect(error("../../etc/passwd") == .outside)
    #expect(error("tests/../../out/passwd") == .outside)
    #expect(error("/etc/passwd") == .outside)
    #expect(error(folder.at("in/tests/a.csv")) == .outside)
    #expect(error("") == .outside && error(".") == .outside && error("tests/a.csv/") == .outside)
    #expect(error("tests/a\u{0}.csv") == .name)
    #expect(error("tests/" + String(repeating: "x", count: 300)) == .name)
  }

  @Test func refusesWhatIsNoGolden() throws {
    #expect(error("tests") == .folder && error("tests/deep") == .folder)
    #expect(error(".git/config") == .git && error("tests/.GIT/hooks/x") == .git && error(".git") == .git)
    #expect(error(".assay/config.yaml") == .own && error(".Assay/approvals.jsonl") == .own)
    #expect(error("tests/a.csv/b") == .notAFile)
    #expect(mkfifo(folder.at("in/tests/pipe"), 0o600) == 0)
    #expect(error("tests/pipe") == .notAFile)
  }

  @Test func followsLinksThatStayInside() throws {
    try folder.link("in/near", to: "tests")
    try folder.link("in/tests/here.csv", to: "a.csv")
    try folder.link("in/tests/deep/up.csv", to: "../a.csv")
    try folder.link("in/whole", to: folder.at("in/tests"))
    #expect(try resolved("near/a.csv") == "tests/a.csv")
    #expect(try resolved("near/new.csv") == "tests/new.csv")
    #expect(try resolved("tests/here.csv") == "tests/a.csv")
    #expect(try resolved("tests/deep/up.csv") == "tests/a.csv")
    #expect(try resolved("whole/a.csv") == "tests/a.csv")
  }

  @Test func refusesLinksThatLeave() throws {
    try folder.link("in/out", to: "../out")
    try folder.link("in/etc", to: "/etc")
    try folder.link("in/tests/out.csv", to: "../../out/passwd")
    try folder.link("in/git", to: ".git")
    try folder.link("in/one", to: "two")
    try folder.link("in/two", to: "one")
    try folder.link("in/dangling", to: "/nowhere")
    #expect(error("out/passwd") == .link("out"))
    #expect(error("etc/passwd") == .link("etc"))
    #expect(error("tests/out.csv") == .link("tests/out.csv"))
    #expect(error("git/config") == .git)
    #expect(error("dangling") == .link("dangling"))
    guard case .link = error("one/x") else {
      Issue.record("a circle of links was followed")
      return
    }
  }

  @Test func refusesNamesThatDifferOnlyByCase() throws {
    #expect(error("Tests/a.csv") == .collision("tests"))
    #expect(error("tests/A.CSV") == .collision("a.csv"))
    try folder.write("in/tests/\u{E9}.txt", "x")
    #expect(error("tests/e\u{301}.txt") == .collision("\u{E9}.txt"))
  }

  @Test func aLinkThatComesInBetweenIsNotFollowed() throws {
    let file = try RepositoryFile(claimed: "tests/deep/x.csv", in: repository)
    try FileManager.default.removeItem(atPath: folder.at("in/tests/deep"))
    try folder.link("in/tests/deep", to: "../../out")
    #expect(throws: FileError.self) { try file.folder() }
    let golden = try RepositoryFile(claimed: "tests/a.csv", in: repository)
    try FileManager.default.removeItem(atPath: folder.at("in/tests/a.csv"))
    try folder.link("in/tests/a.csv", to: "../../out/passwd")
    #expect(throws: FileError.link("a.csv")) { try golden.bytes() }
  }
}
