import TestSupport
import Testing
import TriageModel
import TriageServices

/// Secrets and personal data in what a run left.
@Suite struct RunSecretsTests {
  private let runs: RunFolder
  private let key = "AKIA" + "IOSFODNN7EXAMPL" + "E"

  init() throws {
    runs = try RunFolder()
    try runs.junit("junit.xml", "one", "two!")
  }

  private func warnings() throws -> [String] { try runs.load().runs.flatMap(\.info.warnings) }

  @Test func saysWhereWithoutSayingWhat() throws {
    try runs.folder.write("console.log", "start\nusing \(key)\nagain \(key)\n")
    let warnings = try warnings()
    #expect(warnings == ["console.log:2 looks like an AWS key, and 1 more place"])
    #expect(!warnings.joined().contains(key))
  }

  @Test func peopleAreToldOfInOneSentence() throws {
    for name in ["a", "b", "c"] { try runs.folder.write(name + ".log", "mail from \(name)nn@company.org\n") }
    #expect(try warnings() == ["a.log:1 looks like an e-mail address, and so do 2 more files"])
  }

  @Test func aRunWithoutAnySaysNothing() throws {
    try runs.folder.write("console.log", "sha 3f786850e387550fdab836ed7e6dc881de23001b, v1.2@main\n")
    #expect(try warnings().isEmpty)
  }

  @Test func aLongLogIsLookedThroughWhereverPiecesOfItEnd() throws {
    let lines = (1...60_000).map { $0 % 20_000 == 0 ? "using \(key)" : "line \($0)" }
    try runs.folder.write("console.log", lines.joined(separator: "\n"))
    try runs.folder.write("data.bin.log", [0, 1, 0] + Array("\n\(key)\n".utf8))
    #expect(try warnings() == ["console.log:20000 looks like an AWS key, and 2 more places"])
  }

  @Test func whatHoldsMoreThanIsToldOfIsNotCalledCut() throws {
    try runs.folder.write("console.log", String(repeating: "mail from ann@company.org and \(key)\n", count: 3000))
    #expect(try warnings().first?.contains("and 499 more places") == true)
    #expect(try !warnings().contains { $0.contains("were looked through") })
  }

  @Test(arguments: [false, true]) func saysThatALongFileWasNotLookedThroughToItsEnd(_ isPacked: Bool) throws {
    let text = "using \(key)\n" + String(repeating: "nothing to see here\n", count: 20_000)
    try runs.folder.write("console.log", text)
    if isPacked { try #require(Shell.run(["gzip", "console.log"], directory: runs.folder.path).status == 0) }
    let path = isPacked ? "console.log.gz" : "console.log"
    func warnings(_ most: Int) -> [String] {
      RunSecrets.warnings(
        in: [RunFile(path: path, kind: .log, size: 1, location: runs.folder.at(path))], most: most)
    }
    let found = "\(path):1 looks like an AWS key"
    #expect(warnings(text.utf8.count) == [found])
    #expect(warnings(100_000) == [found, "only the first 100 kB of the run were looked through for secrets"])
    #expect(warnings(20).isEmpty)
  }

  @Test func whatIsNoTextIsNotLookedThrough() throws {
    try runs.folder.write(
      "console.log", Array("start\n".utf8) + Array(repeating: 0, count: 70_000) + Array("\n\(key)\n".utf8))
    #expect(try warnings().isEmpty)
  }
}
