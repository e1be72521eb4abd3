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
