internal import Foundation

/// What git knows of a repository: files as they were at a commit, and how commits follow one another.
struct GitObjects: Sendable {
  /// The repository's folder.
  let root: String
  private let environment: [String: String]

  /// The objects of a repository.
  init(root: String, environment: [String: String] = ProcessInfo.processInfo.environment) {
    self.root = root
    var environment = GitEnvironment.direct(environment)
    // A partial clone must not go to the network, and nobody can answer a question.
    for (name, value) in ["GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"] {
      environment[name] = value
    }
    self.environment = environment
  }

  /// The commit that is checked out; nil outside of git and before the first.
  func head() -> String? {
    guard let output = run(["rev-parse", "--verify", "--quiet", "HEAD"], limit: 256) else { return nil }
    return String(decoding: output, as: UTF8.self).split(separator: "\n").first.map(String.init)
  }

  /// Where the repository was cloned from; nil when nothing says so.
  func origin() -> String? {
    guard let output = run(["config", "--local", "--get", "remote.origin.url"], limit: 1 << 16) else { return nil }
    return String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline).first.map(String.init)
  }

  /// Whether the repository has a commit.
  func has(_ commit: String) -> Bool {
    CommitTitles.isHash(commit) && run(["cat-file", "-e", commit + "^{commit}"], limit: 256) != nil
  }

  /// Whether a commit is an ancestor of what is checked out, or that itself.
  func isAncestorOfHead(_ commit: String) -> Bool {
    CommitTitles.isHash(commit) && run(["merge-base", "--is-ancestor", commit, "HEAD"], limit: 256) != nil
  }

  /// What git calls the person: `Name <mail>`, or what there is of it; nil when it knows neither.
  func person() -> String? {
    let name = setting("user.name")
    let mail = setting("user.email").map { name == nil ? $0 : "<\($0)>" }
    let words = [name, mail].compactMap { $0 }
    return words.isEmpty ? nil : words.joined(separator: " ")
  }

  private func setting(_ key: String) -> String? {
    guard let output = run(["config", "--get", key], limit: 1024) else { return nil }
    let line = String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline).first
    return line.flatMap { $0.isEmpty ? nil : String($0) }
  }

  /// The bytes of a file at a commit; nil when it was not there or is larger than `limit`.
  func file(_ path: String, at commit: String, limit: Int) -> [UInt8]? {
    guard CommitTitles.isHash(commit) else { return nil }
    return run(["cat-file", "blob", commit + ":./" + path], limit: limit)
  }

  /// What git printed; nil unless it succeeded.
  private func run(_ arguments: [String], limit: Int) -> [UInt8]? {
    // The repository's own settings must not start programs.
    let command = ["git", "-C", root, "-c", "core.fsmonitor=false", "--no-pager"] + arguments
    guard let result = try? ProcessRunner.run(command, environment: environment, timeout: 30, outputLimit: limit),
      result.status == .exited(0)
    else { return nil }
    return result.output
  }
}
