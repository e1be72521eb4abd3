/// Runs that are judged together: one branch, one job, one set of labels.
///
/// A leg is the same whoever names it and by whichever key: `job=py3.12`, `python=3.12` and a folder `py312` are one.
package struct Stream: Hashable, Sendable {
  /// The branch; nil where it is not known.
  package var branch: String?
  /// What tells the job from others: the values of its labels, in order.
  package var parts: [String]

  /// A stream.
  package init(branch: String?, parts: [String]) {
    self.branch = branch
    self.parts = parts
  }

  /// What people call it: `main, 3.12`; empty when nothing tells.
  package var words: String { ([branch] + parts).compactMap(\.self).joined(separator: ", ") }

  /// What tells a job from others, of the values of its labels.
  package static func parts(of values: [String]) -> [String] {
    Set(values.flatMap { $0.split(whereSeparator: isSeparator).compactMap(part) }).sorted()
  }

  private static func isSeparator(_ letter: Character) -> Bool { " ,()[]/|".contains(letter) }

  /// A word as others may write it: `Py3.12`, `python3.12`, `py312` and `3.12` are one; nil for a part of a run's tests.
  private static func part(_ word: Substring) -> String? {
    let word = word.lowercased()
    for tool in ["python", "pypy", "py", "cp"] where word.hasPrefix(tool) {
      let version = word.dropFirst(tool.count).drop { $0 == "-" || $0 == "=" }
      guard let first = version.first, first.isNumber, version.allSatisfy({ $0.isNumber || $0 == "." }) else {
        continue
      }
      if version.contains(".") || version.count < 2 { return String(version) }
      return "\(first)." + version.dropFirst()
    }
    return word
  }
}

/// What kind of branch a run was of: which earlier runs speak for it.
package enum BranchKind: Sendable, Equatable {
  /// What all others come from and go back to.
  case base
  /// Lives beside it: a release.
  case long
  /// Goes back to it or never does: a pull request, a merge queue, a feature.
  case side

  /// The name of a branch without what git puts before it; nil where it names none.
  package static func name(_ branch: String?) -> String? {
    guard var name = branch.map({ $0[...] }), !name.isEmpty, name != "HEAD" else { return nil }
    for prefix in ["refs/heads/", "refs/remotes/origin/", "remotes/origin/", "origin/"] where name.hasPrefix(prefix) {
      name = name.dropFirst(prefix.count)
    }
    return String(name)
  }

  /// The branch that others come from, of the branches of all runs: one of the usual names, else the one of most runs.
  package static func base(of branches: [String?]) -> String? {
    var counts: [String: Int] = [:]
    for branch in branches { if let name = name(branch), !isRequest(name) { counts[name, default: 0] += 1 } }
    let usual = counts.filter { bases.contains($0.key.lowercased()) }
    return (usual.isEmpty ? counts : usual).max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  /// The kind of a branch, where `base` is what others come from.
  package init(_ branch: String?, base: String?) {
    guard let name = Self.name(branch), name != base else {
      self = .base
      return
    }
    self = !Self.isRequest(name) && (Self.isLong(name) || Self.bases.contains(name.lowercased())) ? .long : .side
  }

  private static let bases: Set<String> = [
    "main", "master", "trunk", "mainline", "default", "develop", "development", "devel", "dev",
  ]

  /// Whether it is what a pull request or a merge queue is built as.
  private static func isRequest(_ name: String) -> Bool {
    let name = name.lowercased()
    return [
      "refs/pull/", "pull/", "pr-", "pr/", "refs/merge-requests/", "merge-requests/", "merge_requests/", "mr-", "mr/",
      "gh-readonly-queue/", "refs/changes/", "changes/", "queue/", "merge-queue/", "mergify/", "trying",
    ].contains { name.hasPrefix($0) }
  }

  private static func isLong(_ name: String) -> Bool {
    let name = name.lowercased()
    let heads = ["release", "rel-", "rel/", "stable", "maint", "support/", "lts", "hotfix-", "version/"]
    if heads.contains(where: name.hasPrefix) || name.hasSuffix("-stable") || name.hasSuffix(".x") { return true }
    let version = name.first == "v" ? name.dropFirst() : name[...]
    return version.first?.isNumber == true && version.allSatisfy { $0.isNumber || $0 == "." || $0 == "x" }
  }
}

/// How far back a question looks; windows count back from the newest run, not from the clock.
package enum HistoryWindow: Hashable, Sendable {
  case days(Int)
  case all

  /// The windows that a screen goes through.
  package static let steps: [HistoryWindow] = [.days(7), .days(30), .days(90), .days(180), .all]

  /// `30 days`, `all runs`.
  package var words: String {
    switch self {
    case .days(let days): days == 1 ? "1 day" : "\(days) days"
    case .all: "all runs"
    }
  }
}
