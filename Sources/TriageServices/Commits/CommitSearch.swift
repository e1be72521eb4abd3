internal import Foundation
package import TriageModel

/// Says which commits can have broken a test, or mended it: the answer to *is it mine?*
package final class CommitSearch: Sendable {
  private let root: String?
  private let logs: CommitLogReader?

  /// A search in a repository; without one nothing can be said.
  package init(root: String?, environment: [String: String] = ProcessInfo.processInfo.environment) {
    self.root = root
    logs = root.map { CommitLogReader(root: $0, environment: environment) }
  }

  /// The commits where a test of a run turned; nil when it did not turn, or not from anything that is known.
  package func range(
    for standing: TestStanding, of test: TestIndex, in run: Run, ownFiles: OwnFiles
  ) -> CommitRange? {
    guard let (change, before, after) = turn(of: standing) else { return nil }
    var range = CommitRange(change, before: before, after: after)
    for record in [before, after] where record.commit?.isEmpty ?? true {
      range.gap = .unnamed(run: record.identity.id)
      return range
    }
    guard let logs, let first = before.commit, let last = after.commit else {
      range.gap = before.commit == after.commit ? .sameCode : .unreadable
      return range
    }
    let log = logs.log(after: first, upTo: last)
    range.gap = log.gap
    range.isCut = log.isCut
    range.isAside = log.isAside
    range.knowsPerson = log.knowsPerson
    let places = StackPlaces(of: test, in: run, ownFiles)
    var commits = log.entries.map { entry in
      CommitRange.Commit(
        hash: entry.hash, title: entry.title, author: entry.author, date: entry.date, isYours: entry.isYours,
        touches: places.named(among: entry.files), files: entry.files)
    }
    if let root, commits.allSatisfy(\.touches.isEmpty) {
      // An assert's stack holds only the test: what that stands on counts as touched.
      let imported = ImportedFiles(root: root, ownFiles: ownFiles)
      for index in commits.indices {
        commits[index].touches = imported.named(among: commits[index].files, by: Array(places.lines.keys))
      }
    }
    range.commits = commits.filter { !$0.touches.isEmpty } + commits.filter(\.touches.isEmpty)
    return range
  }

  /// The only commit that can have broken a test; nil when there are others, or none is known.
  package func culprit(of test: TestIndex, _ standing: TestStanding, in run: Run) -> String? {
    guard let range = range(for: standing, of: test, in: run, ownFiles: OwnFiles { _ in false }) else { return nil }
    return range.change == .broke && range.gap == nil && !range.isCut && !range.isAside && range.commits.count == 1
      ? range.commits[0].hash : nil
  }

  /// A commit's message and changes, as git prints them; nil when it cannot.
  package func patch(of hash: String) -> [UInt8]? { logs?.patch(of: hash) }

  /// How the lines of a file fared in a run; the run before is looked for among the open ones. Nil for what is no item of
  /// coverage.
  package func coverage(of item: TestIndex, in run: Run, among open: [Run]) -> FileCoverage? {
    guard let file = run.table.definition(of: item)?.file else { return nil }
    let base = LineCoverage.base(of: item, in: run, among: open)
    var changes: LineChanges?
    if let before = base?.run.info.commit, let after = run.info.commit {
      changes = before == after ? LineChanges() : logs?.changes(of: file, from: before, to: after)
    }
    guard let coverage = LineCoverage(of: item, in: run, after: base, changes) else { return nil }
    // Without the commit nobody knows whether the file here is the one that ran.
    let source = run.info.commit.flatMap { logs?.text(of: file, at: $0) }
    return FileCoverage(coverage, after: base?.run, source: source)
  }

  private func turn(
    of standing: TestStanding
  ) -> (change: CommitRange.Change, before: RunRecord, after: RunRecord)? {
    if standing.verdict.label == .fixed {
      guard let before = standing.lastFailure, let after = standing.fixedIn else { return nil }
      return (.mended, before.record, after.record)
    }
    // The commits are those of the whole range of runs: the culprit may stand in any of them.
    guard let before = standing.lastPass, let after = standing.latest ?? standing.since else { return nil }
    return (.broke, before.record, after.record)
  }
}
