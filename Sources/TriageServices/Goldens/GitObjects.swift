internal import Foundation
internal import SystemKit
internal import TriageModel

/// What git knows of a repository: files as they were at a commit, and how commits follow one another.
struct GitObjects: Sendable {
  private let git: Git

  /// The objects of a repository.
  init(root: String, environment: [String: String] = ProcessInfo.processInfo.environment) {
    git = Git(root: root, environment: environment)
  }

  /// The commit that is checked out; nil outside of git and before the first.
  func head() -> String? {
    guard let output = run(["rev-parse", "--verify", "--quiet", "HEAD"], limit: 256) else { return nil }
    return String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline).first.map(String.init)
  }

  /// Where the repository was cloned from; nil when nothing says so.
  func origin() -> String? {
    guard let output = run(["config", "--local", "--get", "remote.origin.url"], limit: 1 << 16) else { return nil }
    return String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline).first.map(String.init)
  }

  /// Whether the repository has a commit.
  func has(_ commit: String) -> Bool {
    CommitHeadings.isHash(commit) && run(["cat-file", "-e", commit + "^{commit}"], limit: 256) != nil
  }

  /// Whether a commit is an ancestor of what is checked out, or that itself.
  func isAncestorOfHead(_ commit: String) -> Bool {
    CommitHeadings.isHash(commit) && run(["merge-base", "--is-ancestor", commit, "HEAD"], limit: 256) != nil
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
    guard CommitHeadings.isHash(commit) else { return nil }
    return run(["cat-file", "blob", commit + ":./" + path], limit: limit)
  }

  /// When a file was committed last; nil when it never was, and where the history is cut off and does not tell.
  func lastCommit(of path: String) -> Timestamp? {
    guard let shallow = run(["rev-parse", "--is-shallow-repository"], limit: 64),
      String(decoding: shallow, as: UTF8.self).hasPrefix("false"),
      let output = run(["log", "-1", "--format=%ct", "--", ":(literal)" + path], limit: 256),
      let seconds = String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline).first.flatMap({
        Int64($0)
      })
    else { return nil }
    return Timestamp(milliseconds: seconds * 1000)
  }

  private func run(_ arguments: [String], limit: Int) -> [UInt8]? {
    git.run(arguments, limit: limit, seconds: 30)
  }
}
