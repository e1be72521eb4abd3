/// What to load, and what is known besides the artifacts.
package struct LoadRequest: Sendable, Equatable {
  /// Files, folders, archives; `-` is standard input.
  package var paths: [String]
  /// The repository the tests belong to, an absolute path; nil when there is none.
  package var repositoryRoot: String?
  /// Where archives are unpacked: `Directories.cache`.
  package var cacheFolder: String
  /// Whether the paths are parts of one run whatever speaks against it, as what lies in the usual places of a project
  /// is. Folders that say which run they are stay runs of their own.
  package var isOneRun = false
  /// Whether files without any report or log are a run too: a folder of what tests produced.
  package var takesAnyFile = false
  /// Whether the repository itself is the run: no report is there, but frameworks left outputs beside their goldens.
  package var isWorkingTree = false
  /// What the person says of the runs.
  package var overrides = RunOverrides()
  /// The environment, for what a CI system says of the job around us.
  package var environment: [String: String] = [:]

  /// A request for the given paths.
  package init(paths: [String], repositoryRoot: String?, cacheFolder: String) {
    self.paths = paths
    self.repositoryRoot = repositoryRoot
    self.cacheFolder = cacheFolder
  }
}

/// What a person says of a run on the command line; it wins over what artifacts and CI systems say.
package struct RunOverrides: Sendable, Equatable {
  /// `--run-id`; not used when the artifacts name several runs.
  package var id: String?
  /// `--commit`
  package var commit: String?
  /// `--branch`
  package var branch: String?
  /// `--label K=V`
  package var labels: [String: String] = [:]

  /// Nothing said.
  package init() {}
}
