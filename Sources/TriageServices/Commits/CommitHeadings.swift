internal import Foundation
internal import SystemKit
internal import TriageModel

/// The first line of a commit's message, and when it was made.
struct CommitHeading: Equatable {
  var title: String
  var committedAt: Timestamp?
}

/// The headings of commits, asked of git once for all of them.
enum CommitHeadings {
  /// Commits asked for in one call.
  private static let batch = 500

  /// The headings of those commits that the repository has; without git, or without a repository, none.
  static func read(
    _ commits: Set<String>, in root: String, environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> [String: CommitHeading] {
    let git = Git(root: root, environment: environment)
    let valid = commits.filter(isHash).sorted()
    var headings: [String: CommitHeading] = [:]
    for start in stride(from: 0, to: valid.count, by: batch) {
      read(valid[start..<min(start + batch, valid.count)], git, into: &headings)
    }
    return headings
  }

  /// Whether a text is a commit's name in full or in short, and nothing that git could take for anything else.
  static func isHash(_ text: String) -> Bool {
    (7...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
      }
  }

  private static func read(_ commits: ArraySlice<String>, _ git: Git, into headings: inout [String: CommitHeading]) {
    let arguments =
      ["log", "--no-walk=unsorted", "--ignore-missing", "--no-color", "--format=%H%x09%ct%x09%s", "--end-of-options"]
      + commits
    guard let output = git.run(arguments, limit: 1 << 20, seconds: 5) else { return }
    let short = commits.filter { $0.utf8.count < 40 }
    for line in String(decoding: output, as: UTF8.self).split(whereSeparator: { $0 == "\n" || $0 == "\r\n" }) {
      let fields = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { continue }
      let heading = CommitHeading(
        title: String(fields[2]), committedAt: Double(fields[1]).flatMap { Timestamp(seconds: $0) })
      headings[String(fields[0])] = heading
      for commit in short where fields[0].hasPrefix(commit) { headings[commit] = heading }
    }
  }
}
