import Foundation
import TestSupport
import Testing

/// A repository of a stranger makes nobody tell its server anything.
@Suite struct SharedHistoryTrustTests {
  private let program: Program

  init() throws {
    program = try Program()
    _ = try program.shell(["git", "init", "-q", "repo"])
    // Nobody listens there: whoever asks says so.
    try program.write(
      "history: {store: \"postgres://127.0.0.1:1/x\"}\n", to: "repo/.assay/config.yaml")
    try program.write(CIFlow.junit(), to: "junit.xml")
  }

  @Test func asksTheServerOfARepositoryOnceItIsTrusted() throws {
    let own = try program.run("ingest", "-C", "repo", "junit.xml")
    #expect(own.status == 0 && own.output.hasPrefix("1 run added"), "\(own)")
    #expect(own.errors.contains("is not trusted here (assay trust): your own is used"), "\(own.errors)")
    #expect(try program.run("history", "pull", "-C", "repo").status == 4)
    let listed = try program.run("list", "-C", "repo", "junit.xml")
    #expect(listed.status == 0 && !listed.errors.contains("127.0.0.1"), "\(listed.errors)")

    let trusted = try program.run("trust", "-C", "repo", "--yes")
    #expect(trusted.status == 0 && trusted.output.contains("history.store: 127.0.0.1:1/x hears"), "\(trusted)")
    let shared = try program.run("ingest", "-C", "repo", "junit.xml")
    #expect(shared.status == 3 && !shared.errors.contains("not trusted"), "\(shared)")
    // Another address is another server: it has to be accepted again.
    try program.write(
      "history: {store: \"postgres://127.0.0.1:2/x\"}\n", to: "repo/.assay/config.yaml")
    #expect(try program.run("ingest", "-C", "repo", "junit.xml").status == 0)
  }

  @Test func aJobOfCIAddsToWhatItsRepositoryNames() throws {
    let result = try program.shell(["env", "CI=true", Program.path(), "ingest", "-C", "repo", "junit.xml"])
    #expect(result.status == 3 && !result.errors.contains("not trusted"), "\(result)")
  }
}
