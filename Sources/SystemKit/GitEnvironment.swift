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
