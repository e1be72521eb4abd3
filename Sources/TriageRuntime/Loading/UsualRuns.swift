internal import RunArtifacts
package import Workspace

/// Where runs are looked for when a person names no path: where the repository's configuration says, else where test
/// tools leave their results in the current directory.
package struct UsualRuns {
  private let repository: Repository?
  private let configuration: Configuration

  /// The usual places of a repository, and of the current directory.
  package init(repository: Repository?, configuration: Configuration) {
    self.repository = repository
    self.configuration = configuration
  }

  /// The files and folders that exist, sorted.
  package func found() -> [String] {
    if let repository, !configuration.runs.isEmpty {
      let configured = UsualPlaces.found(in: repository.root, patterns: configuration.runs)
      if !configured.isEmpty { return configured }
    }
    return UsualPlaces.found(in: ".")
  }

  /// What was looked for, as a short list for a person.
  package var lookedFor: String {
    let places = configuration.runs + ["junit*.xml", "test-results/", "target/surefire-reports/"]
    return (places + ["build/test-results/", "…"]).joined(separator: ", ")
  }
}
