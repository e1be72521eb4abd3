/// The CI services that are known, sorted by id; of two that take a link the first counts.
package enum CIProviders {
  /// All of them.
  package static let all: [any CIProvider.Type] = [
    AzureDevOps.self, Buildkite.self, CircleCI.self, GitHubActions.self, GitLab.self, Jenkins.self,
    S3Archive.self, WebArchive.self,
  ]

  /// The service of an id.
  package static func provider(_ id: String) -> (any CIProvider.Type)? { all.first { $0.id == id } }

  private static var titles: String { all.map { $0.title }.joined(separator: ", ") }

  /// What a text leads to.
  package static func target(_ text: String, _ world: CIWorld) throws(CIError) -> CITarget {
    guard let link = CILink(text) else {
      throw .link("it is no address that is followed: https, or http on this machine, without a user in it")
    }
    for provider in all {
      if let target = provider.target(link, world) { return target }
    }
    throw .link("it is a link of no service that is known here (\(titles); assay manual ci)")
  }
}
