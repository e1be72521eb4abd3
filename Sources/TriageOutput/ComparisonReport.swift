package import ItemQueries
internal import SafeText
package import TriageModel

/// The answer of `compare`: what differs between two runs, in the sections of the Runs screen.
package struct ComparisonReport {
  /// Tests that are named of one fate for people who do not say how many they want.
  package static let shown = 50
  private let comparison: RunComparison
  private let before: RunRecord
  private let after: RunRecord
  private let commits: [RunSequence.Commit]

  /// A report of what became of tests between two runs, and of the commits after the earlier one, oldest first.
  package init(
    _ comparison: RunComparison, before: RunRecord, after: RunRecord, commits: [RunSequence.Commit] = []
  ) {
    self.comparison = comparison
    self.before = before
    self.after = after
    self.commits = commits
  }

  /// Writes the report for people.
  package func writeText(style: TextStyle, to sink: OutputSink) {
    for (section, count) in comparison.sections(commits: commits.count) {
      sink.appendLine(style.paint("\(section.title) \(style.times(count))", .title))
      for item in comparison.items(of: section) { sink.appendLine("  " + Sanitizer.line(item.name)) }
      if section == .commits {
        for commit in commits { sink.appendLine("  " + Sanitizer.line(commit.words)) }
        continue
      }
      let rest = count - comparison.items(of: section).count
      if rest > 0 {
        sink.appendLine(style.paint("  and \(CountText.of(rest)) more (--limit, or --json for all)", .aside))
      }
    }
    if comparison.sections(commits: 0).isEmpty { sink.appendLine("no test ended differently") }
  }

  /// Writes the documented object, version 1.
  package func writeJSON(to sink: OutputSink) {
    JSONStream.write(to: sink) { json in
      json.number("version", 1)
      json.string("before", before.identity.id)
      json.string("after", after.identity.id)
      json.object("counts") { json in
        for fate in RunComparison.Fate.allCases { json.number(fate.rawValue, comparison.count(fate)) }
      }
      for fate in RunComparison.Fate.allCases { json.strings(fate.rawValue, comparison[fate].map(\.name)) }
      json.array("commits") { json in
        for commit in commits {
          json.object {
            $0.string("commit", commit.commit)
            $0.string("commit_title", commit.title)
          }
        }
      }
    }
  }
}
