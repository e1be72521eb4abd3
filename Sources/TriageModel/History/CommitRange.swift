/// The commits that can have turned a test: those after one run's commit, up to a later run's.
package struct CommitRange: Sendable, Equatable {
  /// What happened to the test in between.
  package enum Change: Sendable, Equatable {
    case broke
    case mended
  }

  /// Why there are no commits to show.
  package enum Gap: Sendable, Equatable {
    /// Both runs ran the same commit.
    case sameCode
    /// A run does not say its commit; the run's id.
    case unnamed(run: String)
    /// A commit is not in this clone.
    case missing(commit: String, isShallow: Bool)
    /// The later run's commit is in the past of the earlier one's.
    case backwards
    /// There is no repository, or git did not answer in time.
    case unreadable
  }

  /// One commit.
  package struct Commit: Sendable, Equatable {
    /// Its full name.
    package var hash: String
    /// The first line of its message.
    package var title: String
    /// Who wrote it.
    package var author: String
    /// When it was made.
    package var date: Timestamp?
    /// Whether its author is the person git is set up for.
    package var isYours: Bool
    /// Files of the failure's stack, and the test's own, that it changes; with the line the stack names, if any.
    package var touches: [SourceLocation]
    /// The files that it changes, by path.
    package var files: [String]

    /// A commit.
    package init(
      hash: String, title: String, author: String, date: Timestamp?, isYours: Bool, touches: [SourceLocation],
      files: [String]
    ) {
      self.hash = hash
      self.title = title
      self.author = author
      self.date = date
      self.isYours = isYours
      self.touches = touches
      self.files = files
    }
  }

  /// What happened to the test.
  package var change: Change
  /// The last run before it happened.
  package var before: RunRecord
  /// The first run after.
  package var after: RunRecord
  /// The commits, those that touch the failure's files first, newest first.
  package var commits: [Commit]
  /// Whether there are more than were read.
  package var isCut = false
  /// Whether the earlier run's commit is not in the past of the later one's: it was made on another branch.
  package var isAside = false
  /// Whether git knows who the person is.
  package var knowsPerson = true
  /// Why there are no commits.
  package var gap: Gap?

  /// The commits between two runs.
  package init(_ change: Change, before: RunRecord, after: RunRecord, commits: [Commit] = [], gap: Gap? = nil) {
    self.change = change
    self.before = before
    self.after = after
    self.commits = commits
    self.gap = gap
  }
}
