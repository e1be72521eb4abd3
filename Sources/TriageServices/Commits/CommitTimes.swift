internal import Synchronization
internal import TriageModel

/// When commits were made, asked of git once for each; safe from any thread.
final class CommitTimes: Sendable {
  /// Commits that are asked for; of a history with more, the others keep the places of their runs.
  private static let most = 4000

  private let root: String
  private let environment: [String: String]
  private let known = Mutex<[String: Timestamp?]>([:])

  /// The times of a repository's commits.
  init(root: String, environment: [String: String]) {
    self.root = root
    self.environment = environment
  }

  /// The times of those commits that the repository has, of the first so many.
  func times(of commits: some Sequence<String>) -> [String: Timestamp] {
    known.withLock { known in
      let unknown = Set(commits.prefix(Self.most)).filter { known[$0] == nil }
      if !unknown.isEmpty {
        let headings = CommitHeadings.read(unknown, in: root, environment: environment)
        for commit in unknown { known[commit] = .some(headings[commit]?.committedAt) }
      }
      return known.compactMapValues(\.self)
    }
  }
}
