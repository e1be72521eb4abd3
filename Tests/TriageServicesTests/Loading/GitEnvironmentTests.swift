import Foundation
import TestSupport
import Testing

@testable import TriageServices

@Suite struct GitEnvironmentTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Makes a repository with one commit, and gives the commit's name.
  private func commit(_ title: String, in repository: String) throws -> String {
    let identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgSign=false"]
    let local = Shell.run(["git", "rev-parse", "--local-env-vars"]).output.split(separator: "\n")
    let direct = Dictionary(uniqueKeysWithValues: local.map { (String($0), String?.none) })
    for arguments in [["init", "-q"], identity + ["commit", "-q", "--no-verify", "--allow-empty", "-m", title]] {
      try folder.makeFolder(repository)
      let result = Shell.run(["git", "-C", folder.at(repository)] + arguments, environment: direct)
      try #require(result.status == 0, "\(result.errors)")
    }
    let name = Shell.run(["git", "-C", folder.at(repository), "rev-parse", "HEAD"], environment: direct).output
    return String(name.dropLast())
  }

  @Test(arguments: ["GIT_DIR", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"])
  func aHookOfAnotherRepositoryDoesNotLeadAway(variable: String) throws {
    let name = try commit("the right title", in: "own")
    _ = try commit("another", in: "other")
    var environment = ProcessInfo.processInfo.environment
    environment[variable] = folder.at("other/.git") + (variable == "GIT_OBJECT_DIRECTORY" ? "/objects" : "")
    let titles = CommitHeadings.read([name], in: folder.at("own"), environment: environment)
    #expect(titles.mapValues(\.title) == [name: "the right title"])
  }
}
