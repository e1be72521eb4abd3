import Foundation
import TestSupport
import Testing

/// A shared history that cannot be asked: whatever needs none of it works, and what does says why in one line.
@Suite struct SharedHistoryFaultTests {
  private let program: Program

  init() throws {
    program = try Program()
    _ = try program.shell(["git", "init", "-q", "repo"])
    try program.write(CIFlow.junit(), to: "junit.xml")
  }

  private func share(_ address: String) throws {
    try program.write("history: {store: \"\(address)\"}\n", to: "repo/.assay/config.yaml")
    try #require(program.run("trust", "-C", "repo", "--yes").status == 0)
  }

  /// The lines that a command says on standard error; there is one.
  private func complaint(_ result: Shell.Result, status: Int32) -> String {
    let lines = result.errors.split(separator: "\n")
    #expect(result.status == status && lines.count == 1, "\(result)")
    return lines.first.map(String.init) ?? ""
  }

  @Test func aServerThatIsSilentIsSaidOnce() throws {
    let server = SilentServer(letsIn: false)
    try share(server.address)
    let added = complaint(try program.run("ingest", "-C", "repo", "junit.xml"), status: 3)
    #expect(added.contains("127.0.0.1: could not connect ("), "\(added)")
    #expect(added.firstMatch(of: /, after \d s\)/) != nil, "\(added)")
    let listed = try program.run("list", "-C", "repo", "junit.xml")
    #expect(listed.output.contains("test_two"))
    #expect(complaint(listed, status: 0).contains("127.0.0.1: could not connect ("))
  }

  /// Of libpq there is a file that no loader takes.
  @Test func withoutTheLibraryOfPostgreSQLOnlyTheSharedHistoryIsMissing() throws {
    try program.write("no library", to: "lib/libpq.so.5")
    func run(_ arguments: String...) throws -> Shell.Result {
      let path = [program.folder + "/lib", ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"]].compactMap { $0 }
      return try program.shell(
        ["env", "LD_LIBRARY_PATH=" + path.joined(separator: ":"), Program.path()] + arguments)
    }
    #expect(try run("ingest", "-C", "repo", "junit.xml").status == 0, "a history of one's own needs none")
    #expect(try run("runs", "-C", "repo").output.contains("1 failing of 2"))
    try share("postgres://127.0.0.1:1/x")
    let asked = complaint(try run("runs", "-C", "repo"), status: 3)
    #expect(asked.contains("127.0.0.1:1/x: PostgreSQL's client library cannot be loaded (Debian: libpq5"), "\(asked)")
    #expect(asked.contains("libpq.so.5"), "what the loader says: \(asked)")
    #expect(try run("list", "-C", "repo", "junit.xml").output.contains("test_two"))
    #expect(try run("ingest", "-C", "repo", "junit.xml").status == 3)
  }
}
