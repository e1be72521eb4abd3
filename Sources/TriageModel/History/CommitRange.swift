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

/// How a range of commits is told to people; what outsiders wrote is not yet made safe.
extension CommitRange {
  /// Whether a break is the person's own.
  package enum Mine: String, Sendable {
    case yes
    case likely
    case no
    case unknown
  }

  /// The answer to *mine?*: yes where every commit that touches what failed is the person's, or where none does, every
  /// one of the range; likely where some that touch it are; no where none is.
  package var mine: Mine {
    guard gap == nil, knowsPerson, !isCut, !commits.isEmpty else { return .unknown }
    let touching = commits.filter { !$0.touches.isEmpty }
    let suspects = touching.isEmpty ? commits : touching
    let yours = suspects.count(where: \.isYours)
    if yours == 0 { return .no }
    return yours == suspects.count ? .yes : touching.isEmpty ? .unknown : .likely
  }

  /// The word before the sentence.
  package var heading: String { change == .broke ? "mine?" : "mended" }

  /// One sentence: how many commits, whose, and what they touch; or why that is not known.
  package var summary: String { change == .broke && gap == nil ? "\(mine.rawValue): \(reason)" : reason }

  private var reason: String {
    if let gap { return words(of: gap) }
    let touching = commits.filter { !$0.touches.isEmpty }
    var clauses = ["\(isCut ? "more than " : "")\(CountText.of(commits.count, "commit")) in the range" + whose]
    if touching.isEmpty {
      // What the test imports was looked at as well.
      clauses.append(commits.count == 1 ? "touches no file of the stack" : "none touches a file of the stack")
    } else {
      var places: [String] = []
      for place in touching.flatMap(\.touches).map(Self.words) where !places.contains(place) { places.append(place) }
      let more = places.count > 3 ? ", and \(places.count - 3) more" : ""
      let verb = commits.count == 1 ? "touches" : touching.count == 1 ? "1 touches" : "\(touching.count) touch"
      clauses.append("\(verb) \(places.prefix(3).joined(separator: ", "))\(more)")
    }
    if isAside { clauses.append("run \(before.identity.id) was on another branch") }
    return clauses.joined(separator: "; ")
  }

  /// What a commit's line says after its name and title: `you, 2026-11-08, touches churn/model.py:23`.
  package func remarks(on commit: Commit) -> [String] {
    var remarks = [commit.isYours ? "yours" : commit.author]
    if let date = commit.date { remarks.append(date.dayText) }
    if !commit.touches.isEmpty {
      remarks.append("touches " + Self.list(commit.touches.map(Self.words), of: 2))
    } else if !commit.files.isEmpty {
      remarks.append("changes " + Self.list(commit.files, of: 2))
    }
    return remarks
  }

  private var whose: String {
    guard knowsPerson || commits.count == 1 else { return "" }
    let yours = commits.count { $0.isYours }
    if commits.count == 1, let commit = commits.first { return yours == 1 ? ", yours" : ", by \(commit.author)" }
    return yours == 0 ? ", none yours" : yours == commits.count ? ", all yours" : ", \(yours) yours"
  }

  private func words(of gap: Gap) -> String {
    switch gap {
    case .sameCode: return "no commit in between: runs \(before.identity.id) and \(after.identity.id) ran the same code"
    case .unnamed(let run): return "not known: run \(run) does not say its commit"
    case .missing(let commit, let isShallow):
      let fetch = isShallow ? "git fetch --unshallow" : "git fetch origin \(commit)"
      return "not known: commit \(commit.prefix(7)) is not in this clone (\(fetch))"
    case .backwards:
      return "not known: run \(after.identity.id) ran an older commit than run \(before.identity.id)"
    case .unreadable: return "not known: git could not list the commits here"
    }
  }

  private static func words(_ place: SourceLocation) -> String { place.file + (place.line.map { ":\($0)" } ?? "") }

  private static func list(_ words: [String], of most: Int) -> String {
    words.prefix(most).joined(separator: ", ") + (words.count > most ? ", and \(words.count - most) more" : "")
  }
}
