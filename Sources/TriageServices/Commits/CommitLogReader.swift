internal import Foundation
internal import Synchronization
internal import SystemKit
internal import TriageModel

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
