internal import Foundation
internal import SystemKit

/// The first lines of commits' messages, asked of git once for all commits.
enum CommitTitles {
  /// Commits asked for in one call.
  private static let batch = 500

  /// The titles of those commits that the repository has; without git, or without a repository, none.
  static func read(
    _ commits: Set<String>, in root: String, environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> [String: String] {
    let git = Git(root: root, environment: environment)
    let valid = commits.filter(isHash).sorted()
    var titles: [String: String] = [:]
    for start in stride(from: 0, to: valid.count, by: batch) {
      read(valid[start..<min(start + batch, valid.count)], git, into: &titles)
    }
    return titles
  }

  /// Whether a text is a commit's name in full or in short, and nothing that git could take for anything else.
  static func isHash(_ text: String) -> Bool {
    (7...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
      }
  }

  private static func read(_ commits: ArraySlice<String>, _ git: Git, into titles: inout [String: String]) {
    let arguments =
      ["log", "--no-walk=unsorted", "--ignore-missing", "--no-color", "--format=%H%x09%s", "--end-of-options"] + commits
    guard let output = git.run(arguments, limit: 1 << 20, seconds: 5) else { return }
    for line in String(decoding: output, as: UTF8.self).split(whereSeparator: { $0 == "\n" || $0 == "\r\n" }) {
      let fields = line.split(separator: "\t", maxSplits: 1)
      guard fields.count == 2 else { continue }
      for commit in commits where fields[0].hasPrefix(commit) { titles[commit] = String(fields[1]) }
    }
  }
}
