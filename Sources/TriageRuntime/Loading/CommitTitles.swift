internal import Foundation

/// The first lines of commits' messages, asked of git once for all commits.
enum CommitTitles {
  /// Commits asked for in one call.
  private static let batch = 500

  /// The titles of those commits that the repository has; without git, or without a repository, none.
  static func read(
    _ commits: Set<String>, in root: String, environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> [String: String] {
    var environment = GitEnvironment.direct(environment)
    for (name, value) in ["GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"] {
      environment[name] = value
    }
    let valid = commits.filter(isHash).sorted()
    var titles: [String: String] = [:]
    for start in stride(from: 0, to: valid.count, by: batch) {
      read(valid[start..<min(start + batch, valid.count)], in: root, environment, into: &titles)
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

  private static func read(
    _ commits: ArraySlice<String>, in root: String, _ environment: [String: String],
    into titles: inout [String: String]
  ) {
    // The repository's own settings must not start programs, and a partial clone must not go to the network.
    let arguments =
      [
        "git", "-C", root, "-c", "core.fsmonitor=false", "-c", "log.showSignature=false", "--no-pager", "log",
        "--no-walk=unsorted", "--ignore-missing", "--no-color", "--format=%H%x09%s", "--end-of-options",
      ] + commits
    guard
      let result = try? ProcessRunner.run(arguments, environment: environment, timeout: 5, outputLimit: 1 << 20),
      result.status == .exited(0)
    else { return }
    for line in String(decoding: result.output, as: UTF8.self).split(separator: "\n") {
      let fields = line.split(separator: "\t", maxSplits: 1)
      guard fields.count == 2 else { continue }
      for commit in commits where fields[0].hasPrefix(commit) { titles[commit] = String(fields[1]) }
    }
  }
}
