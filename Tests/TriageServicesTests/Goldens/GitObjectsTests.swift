import TestSupport
import Testing
import Workspace

@testable import TriageServices

@Suite struct GitObjectsTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try git("init", "-q", "-b", "main")
  }

  @discardableResult
  private func git(_ arguments: String...) throws -> String {
    let identity = ["-c", "user.name=n", "-c", "user.email=n@example.com", "-c", "commit.gpgsign=false"]
    let result = Shell.run(["git", "-C", folder.path] + identity + arguments)
    try #require(result.status == 0, "git \(arguments): \(result.errors)")
    return String(result.output.split(separator: "\n").first ?? "")
  }

  private func commit(_ text: String) throws -> String {
    try folder.write("a b/ü.txt", text)
    try git("add", "-A")
    try git("commit", "-qm", text)
    return try git("rev-parse", "HEAD")
  }

  @Test func readsFilesAsTheyWereAtACommit() throws {
    let first = try commit("one\n")
    let second = try commit("two\n")
    let objects = GitObjects(root: folder.path)
    #expect(objects.head() == second)
    #expect(objects.file("a b/ü.txt", at: first, limit: 100) == Array("one\n".utf8))
    #expect(objects.file("a b/ü.txt", at: second, limit: 100) == Array("two\n".utf8))
    #expect(objects.file("none.txt", at: first, limit: 100) == nil)
    #expect(objects.file("a b/ü.txt", at: first, limit: 2) == nil)
    #expect(objects.file("a b/ü.txt", at: "--help", limit: 100) == nil)
    let reader = GoldenReader(repository: Repository(root: folder.path), commit: first)
    #expect(reader.fileAtRun("a b/ü.txt") == Array("one\n".utf8))
  }

  @Test func knowsWhatComesBeforeTheHead() throws {
    let first = try commit("one\n")
    try git("checkout", "-qb", "side")
    let side = try commit("side\n")
    try git("checkout", "-q", "main")
    let objects = GitObjects(root: folder.path)
    #expect(objects.isAncestorOfHead(first))
    #expect(!objects.isAncestorOfHead(side))
    #expect(objects.has(side) && !objects.has(String(repeating: "0", count: 40)))
  }
}
