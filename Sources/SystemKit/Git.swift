/// Asks git about one repository, in the one way that is safe with any repository: its own settings start no programs,
/// a partial clone does not go to the network, and nobody is asked anything.
package struct Git: Sendable {
  private let root: String
  private let environment: [String: String]

  /// Git for a repository's folder.
  package init(root: String, environment: [String: String]) {
    self.root = root
    var environment = GitEnvironment.direct(environment)
    for (name, value) in ["GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"] {
      environment[name] = value
    }
    self.environment = environment
  }

  /// What git printed; nil unless it succeeded in time, and printed no more than `limit` bytes.
  package func run(_ arguments: [String], limit: Int, seconds: Double) -> [UInt8]? {
    let command =
      ["git", "-C", root, "-c", "core.fsmonitor=false", "-c", "log.showSignature=false", "--no-pager"] + arguments
    let request = ProcessRequest(command, environment: environment, output: .kept(limit: limit), timeLimit: seconds)
    guard let result = try? ProcessRunner.run(request), result.end == .exited(0) else { return nil }
    return result.output
  }
}

/// The environment for a git that is told by its arguments which repository to work on.
package enum GitEnvironment {
  /// What leads git to another repository, or to another place of its parts; git sets them for its hooks.
  ///
  /// From `git rev-parse --local-env-vars`, without `GIT_CONFIG_COUNT`: people and CI jobs export settings with it.
  private static let redirections: Set<String> = [
    "GIT_DIR", "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX",
    "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_QUARANTINE_PATH", "GIT_SHALLOW_FILE",
    "GIT_GRAFT_FILE", "GIT_NO_REPLACE_OBJECTS", "GIT_REPLACE_REF_BASE", "GIT_REFERENCE_BACKEND", "GIT_NAMESPACE",
    "GIT_INTERNAL_SUPER_PREFIX", "GIT_CONFIG_PARAMETERS",
  ]

  /// An environment without what would lead git elsewhere.
  package static func direct(_ environment: [String: String]) -> [String: String] {
    environment.filter { !redirections.contains($0.key) }
  }
}
