internal import SafeText
internal import TriageModel

/// The verdict on a test and the commits where it turned, for people.
struct InsightText {
  private static let mostCommits = 10

  let style: TextStyle

  /// Writes what is known; nothing where the history knows nothing, or only that the test passes.
  func write(_ insight: TestInsight, to sink: OutputSink) {
    guard let standing = insight.standing, standing.verdict.label != .passing else { return }
    sink.appendLine()
    sink.appendLine(style.paint(title(of: standing), .title))
    for why in standing.why { sink.appendLine("  why    " + Sanitizer.line(why)) }
    for flip in standing.verdict.flips { sink.appendLine("  flips  " + Sanitizer.line(flip)) }
    if let commits = insight.commits { write(commits, to: sink) }
  }

  private func title(of standing: TestStanding) -> String {
    var words = standing.verdict.label.rawValue
    if let (word, run) = standing.turn {
      words += " \(word) run \(run.identity.id)" + (run.commitWords.isEmpty ? "" : " (\(run.commitWords))")
    }
    return Sanitizer.line(words, limit: 300)
  }

  private func write(_ range: CommitRange, to sink: OutputSink) {
    sink.appendLine("  " + range.heading + "".filled(to: 7 - range.heading.count) + Sanitizer.line(range.summary))
    for commit in range.commits.prefix(Self.mostCommits) {
      let words = ["\(commit.hash.prefix(7)) \(commit.title)"] + range.remarks(on: commit)
      sink.appendLine("         " + words.map { Sanitizer.line($0) }.joined(separator: style.separator))
    }
    let rest = range.commits.count - Self.mostCommits
    if rest > 0 { sink.appendLine("         \(style.ellipsis) \(CountText.of(rest, "more commit"))") }
  }
}
