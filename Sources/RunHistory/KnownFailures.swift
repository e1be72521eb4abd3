internal import TriageModel

/// What was read of a repository's failures, and of which version of it.
struct KnownFailures: Sendable {
  var version: Int64
  var least: Int
  var failures: RunFailures

  /// Failures of one run that are read: of more, nobody compares each.
  static let mostOfARun = 5000
  /// Failures of all runs that are read, the newest runs first.
  static let most = 500_000
}
