import Foundation
import Testing

@testable import TriageServices

@Suite struct RepositoryNameTests {
  @Test(arguments: [
    "https://github.com/acme/churn.git", "https://jo:secret@GitHub.com/acme/churn/", "git@github.com:acme/churn.git",
    "ssh://git@github.com/acme/churn", "github.com:/acme/churn",
  ])
  func clonesOfOneOriginShareAName(url: String) {
    #expect(RepositoryName.normal(url) == "github.com/acme/churn")
  }

  @Test(arguments: ["/srv/git/churn.git", "../churn", "file:///srv/git/churn", "C", ""])
  func aFolderIsNoNameElsewhere(url: String) {
    #expect(RepositoryName.normal(url) == nil)
  }

  @Test func outsideOfARepositoryTheCurrentFolderStandsForIt() {
    #expect(RepositoryName.of(nil, environment: [:]) == FileManager.default.currentDirectoryPath)
  }
}
