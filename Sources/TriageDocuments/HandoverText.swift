internal import SafeText
internal import TriageModel

/// A failing test as Markdown, for a chat or a hand-over: what, since, culprit, verdict, runbook, command.
///
/// What outsiders wrote stands as code, so that it can neither mention anybody nor lead anywhere.
struct HandoverText {
  /// Lines of the reason.
  private static let mostLines = 12
  /// Commits that are named.
  private static let mostCommits = 3
  /// Tests of the same cause that are named.
  private static let mostOthers = 10

  let run: Run
  let test: TestIndex
  /// Tests that fail for the same cause.
  let others: [TestIndex]
  let reason: ReasonLayout?
  let standing: TestStanding?
  let commits: CommitRange?

  /// The text.
  var markdown: String {
    let id = Sanitizer.line(run.table.id(of: test), limit: 2000)
    var lines = ["**\(MarkdownText.code(id))** \(run.table.outcome(of: test).words) in \(MarkdownText.code(runWords))"]
    if let reason {
      let words = ([reason.title] + reason.details.prefix(Self.mostLines).map { "  " + $0 })
      lines += ["", MarkdownText.block(words.map { Sanitizer.line($0, limit: 1000) })]
    }
    lines.append("")
    if !others.isEmpty { lines.append("- with it: " + besides) }
    lines.append("- since: " + since)
    lines.append("- culprit: " + culprit)
    lines.append("- verdict: " + verdict)
    lines.append("- runbook: none yet")
    let ids = [id] + others.map { Sanitizer.line(run.table.id(of: $0), limit: 2000) }
    if let command = RerunCommand.of(ids) { lines.append("- run: " + MarkdownText.code(command)) }
    return lines.joined(separator: "\n")
  }

  private var besides: String {
    let named = others.prefix(Self.mostOthers).map {
      MarkdownText.code(Sanitizer.line(run.table.id(of: $0), limit: 2000))
    }
    let rest = others.count - named.count
    return named.joined(separator: ", ") + (rest > 0 ? " and \(CountText.of(rest)) more" : "")
  }

  private var runWords: String {
    let parts = [run.info.name, run.info.branch, run.info.commit.map { String($0.prefix(7)) }, run.info.commitTitle]
    return Sanitizer.line(parts.compactMap(\.self).joined(separator: " "), limit: 300)
  }

  private var since: String {
    guard let record = standing?.turn?.run else { return "not known" }
    let parts = ["run " + record.identity.id, record.startedAt?.dayText ?? "", record.commitWords]
    return MarkdownText.code(Sanitizer.line(parts.filter { !$0.isEmpty }.joined(separator: " "), limit: 300))
  }

  private var culprit: String {
    guard let commits else { return "not known" }
    let named = commits.commits.prefix(Self.mostCommits).map { commit in
      MarkdownText.code(Sanitizer.line("\(commit.hash.prefix(7)) \(commit.title) (\(commit.author))", limit: 300))
    }
    return ([Sanitizer.line(commits.summary, limit: 400)] + named).joined(separator: "; ")
  }

  private var verdict: String {
    guard let standing else { return "not known: no history" }
    let why = standing.why.map { Sanitizer.line($0, limit: 400) }.joined(separator: "; ")
    return standing.verdict.label.rawValue + (why.isEmpty ? "" : ": " + why)
  }
}
