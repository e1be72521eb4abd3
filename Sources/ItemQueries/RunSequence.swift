package import TriageModel

/// Runs newest first, and which of them each is compared with.
package struct RunSequence: Equatable, Sendable {
  /// A commit and the first line of its message.
  package struct Commit: Equatable, Sendable {
    /// The commit.
    package let commit: String
    /// The first line of its message; nil where nothing tells.
    package let title: String?

    /// The commit in short, and its title.
    package var words: String { [String(commit.prefix(7)), title].compactMap(\.self).joined(separator: " ") }

    /// A commit.
    package init(commit: String, title: String?) {
      self.commit = commit
      self.title = title
    }
  }

  /// The runs, newest first.
  package let runs: [RunRecord]
  /// The index of the run that each is compared with unless another is named; nil for the first of all.
  package let before: [Int?]

  /// Finds the neighbours of runs, newest first.
  package init(_ runs: [RunRecord] = []) {
    self.runs = runs
    before = Self.neighbours(of: runs)
  }

  /// Whether another number of tests fails in a run than in the one before it.
  package func hasTurned(at index: Int) -> Bool {
    guard let before = before[index] else { return runs[index].failing > 0 }
    return runs[index].failing != runs[before].failing
  }

  /// The newest whole run with tests that is older than a run.
  package func lastWhole(before index: Int) -> Int? {
    runs.indices.dropFirst(index + 1).first { runs[$0].isComplete && runs[$0].counts.total > 0 }
  }

  /// The commits after the earlier run up to the later one as the runs in between tell them, oldest first.
  package func commits(after earlier: Int, upTo later: Int) -> [Commit] {
    let (first, last) = (runs[earlier], runs[later])
    var commits: [Commit] = []
    var seen: Set<String> = []
    for index in stride(from: earlier - 1, through: later, by: -1) {
      let run = runs[index]
      guard run.branch == last.branch, let commit = run.commit, commit != first.commit,
        seen.insert(commit).inserted
      else { continue }
      commits.append(Commit(commit: commit, title: run.commitTitle))
    }
    return commits
  }

  /// What tells runs apart that are no successors of each other.
  private struct Line: Hashable {
    var source: String?
    var branch: String?
    var labels: [String: String]
  }

  /// The run before each: of the same job, branch and labels, else of the same branch and labels, else any.
  ///
  /// A run that is not whole is passed over while there is one that is: against it, tests look new that are not.
  private static func neighbours(of runs: [RunRecord]) -> [Int?] {
    var whole: [Line: Int] = [:]
    var any: [Line: Int] = [:]
    var before: [Int?] = Array(repeating: nil, count: runs.count)
    for index in runs.indices.reversed() {
      let run = runs[index]
      let job = Line(source: run.identity.source, branch: run.branch, labels: run.labels)
      let leg = Line(source: nil, branch: run.branch, labels: run.labels)
      let earlier = index + 1 < runs.count ? index + 1 : nil
      before[index] = whole[job] ?? whole[leg] ?? any[leg] ?? earlier
      for line in [job, leg] {
        any[line] = index
        if run.isComplete { whole[line] = index }
      }
    }
    return before
  }
}
