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
    let configured = configured
    return configured.isEmpty
      ? UsualPlaces.found(in: ".", patterns: ResultNames.places, hidden: ResultNames.hidden) : configured
  }

  /// Whether what was found are parts of one run: places of tools are, places that the configuration names are not.
  package var areOneRun: Bool { configured.isEmpty }

  private var configured: [String] {
    guard let repository, !configuration.runs.isEmpty else { return [] }
    return UsualPlaces.found(in: repository.root, patterns: configuration.runs, hidden: ResultNames.hidden)
  }

  /// What was looked for, as a short list for a person.
  package var lookedFor: String {
    let places = configuration.runs + ["junit*.xml", "test-results/", "target/surefire-reports/"]
    return (places + ["build/test-results/", "…"]).joined(separator: ", ")
  }
}
