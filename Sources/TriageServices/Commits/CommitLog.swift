internal import Foundation
internal import Synchronization
internal import SystemKit
internal import TriageModel

/// What git says lies between two commits: everything that does not depend on a test.
struct CommitLog: Sendable, Equatable {
  /// One commit.
  struct Entry: Sendable, Equatable {
    var hash: String
    var title: String
    var author: String
    var date: Timestamp?
    var isYours: Bool
    /// The files it changes; of a merge, those that differ from all its parents.
    var files: [String]
  }

  /// Newest first.
  var entries: [Entry] = []
  var isCut = false
  var isAside = false
  var knowsPerson = false
  var gap: CommitRange.Gap?

  /// No commits, and why.
  init(gap: CommitRange.Gap) { self.gap = gap }

  /// Commits as `git log -z --name-only` prints them in `format`; at most `most` of them.
  init(_ output: [UInt8], person: String?, most: Int) {
    knowsPerson = person != nil
    let fields = output.split(separator: 0, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    var place = 0
    while place + Self.fieldCount <= fields.count {
      guard let hash = Self.hash(fields[place]) else {
        if !fields[place].isEmpty { addFile(fields[place]) }
        place += 1
        continue
      }
      let mails = [fields[place + 2], fields[place + 3]]
      entries.append(
        Entry(
          hash: hash, title: fields[place + 5], author: fields[place + 1],
          date: Double(fields[place + 4]).flatMap { Timestamp(seconds: $0) },
          isYours: person.map { person in mails.contains { $0.lowercased() == person.lowercased() } } ?? false,
          files: []))
      place += Self.fieldCount
    }
    for field in fields[min(place, fields.count)...] where !field.isEmpty { addFile(field) }
    isCut = entries.count > most
    entries = Array(entries.prefix(most))
  }

  /// A mark and the hash, author, both forms of the mail, time, title.
  static let format = "%x01%H%x00%an%x00%ae%x00%aE%x00%ct%x00%s"
  private static let fieldCount = 6

  private mutating func addFile(_ field: String) {
    // The first name stands on a line of its own.
    let name = field.utf8.first == 0x0A ? String(decoding: field.utf8.dropFirst(), as: UTF8.self) : field
    if !name.isEmpty, !entries.isEmpty { entries[entries.count - 1].files.append(name) }
  }

  private static func hash(_ field: String) -> String? {
    guard field.utf8.first == 1 else { return nil }
    let hash = String(field.dropFirst())
    return hash.utf8.count >= 40 && CommitHeadings.isHash(hash) ? hash : nil
  }
}

/// Asks git which commits lie between two, once for each pair.
final class CommitLogReader: Sendable {
  /// Commits of a range that are read.
  static let mostCommits = 200
  private static let seconds = 5.0

  private struct Pair: Hashable {
    var before: String
    var after: String
  }

  private let git: Git
  private let known = Mutex<[Pair: CommitLog]>([:])

  /// The commits of a repository.
  init(root: String, environment: [String: String] = ProcessInfo.processInfo.environment) {
    git = Git(root: root, environment: environment)
  }

  /// The commits that `after` has and `before` has not.
  func log(after before: String, upTo after: String) -> CommitLog {
    if before == after { return CommitLog(gap: .sameCode) }
    let pair = Pair(before: before, after: after)
    if let log = known.withLock({ $0[pair] }) { return log }
    let log = read(pair)
    // What is missing may be fetched meanwhile.
    if case .missing = log.gap { return log }
    known.withLock { $0[pair] = log }
    return log
  }

  /// A commit's message and changes; nil when git cannot print them.
  func patch(of hash: String) -> [UInt8]? {
    guard CommitHeadings.isHash(hash) else { return nil }
    let format = "--format=commit %H%nauthor %an, %ad%n%n%B"
    let look = ["--patch", "--no-color", "--no-ext-diff", "--no-textconv", "--date=short", format]
    return run(["show"] + look + ["--end-of-options", hash, "--"])
  }

  private func read(_ pair: Pair) -> CommitLog {
    guard [pair.before, pair.after].allSatisfy(CommitHeadings.isHash) else { return CommitLog(gap: .unreadable) }
    let format = ["--format=" + CommitLog.format, "--max-count=\(Self.mostCommits + 1)", "--no-color"]
    let range = ["--end-of-options", "^" + pair.before, pair.after, "--"]
    let names = ["-z", "-c", "--no-renames", "--name-only", "--no-ext-diff", "--ignore-submodules=dirty"]
    // Where trees are missing, the commits alone are better than nothing.
    guard let output = run(["log"] + names + format + range) ?? run(["log", "-z"] + format + range) else {
      return CommitLog(gap: missing(pair) ?? .unreadable)
    }
    var log = CommitLog(output, person: person, most: Self.mostCommits)
    if log.entries.isEmpty { return CommitLog(gap: isSame(pair) ? .sameCode : .backwards) }
    log.isAside = run(["merge-base", "--is-ancestor", pair.before, pair.after]) == nil
    return log
  }

  /// What a commit has otherwise in a file than an earlier one; nil when git cannot say.
  func changes(of file: String, from before: String, to after: String) -> LineChanges? {
    guard [before, after].allSatisfy(CommitHeadings.isHash) else { return nil }
    let look = ["diff", "--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames"]
    return run(look + ["--end-of-options", before, after, "--", ":(top,literal)" + file]).map { LineChanges(diff: $0) }
  }

  /// A file as a commit has it; nil when git cannot say.
  func text(of file: String, at commit: String) -> [UInt8]? {
    guard CommitHeadings.isHash(commit) else { return nil }
    return run(["cat-file", "blob", "--end-of-options", commit + ":" + file])
  }

  private func missing(_ pair: Pair) -> CommitRange.Gap? {
    // Outside of git no commit is there, and none can be fetched.
    guard let answer = run(["rev-parse", "--is-shallow-repository"]) else { return nil }
    let isShallow = String(decoding: answer, as: UTF8.self).hasPrefix("true")
    let lost = [pair.before, pair.after].first { run(["cat-file", "-e", $0 + "^{commit}"]) == nil }
    return lost.map { .missing(commit: $0, isShallow: isShallow) }
  }

  /// Whether two names, one of them short perhaps, mean one commit.
  private func isSame(_ pair: Pair) -> Bool {
    pair.before.hasPrefix(pair.after) || pair.after.hasPrefix(pair.before)
  }

  private var person: String? {
    let words = run(["config", "--get", "user.email"]).map { String(decoding: $0, as: UTF8.self) }
    return words?.split(whereSeparator: \.isNewline).first.map(String.init)
  }

  private func run(_ arguments: [String]) -> [UInt8]? {
    git.run(arguments, limit: 1 << 23, seconds: Self.seconds)
  }
}

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
