package import Runbooks
internal import SafeText
internal import TriageDocuments
package import ItemQueries
package import TriageModel
package import TriageServices

/// What is known of a test beyond its report, as `list --json` writes it.
package struct TestInsight: Sendable {
  /// What the history says; nil where it knows nothing.
  package var standing: TestStanding?
  /// The commits where it turned; nil when it did not, or nobody asked.
  package var commits: CommitRange?
  /// What names the group of failures it belongs to, stable across runs; nil when it said nothing.
  package var cause: TestFacts.CauseName?
  /// The key of what its failure said; nil when it said nothing.
  package var signature: SignatureKey?

  /// The best runbook for its failure: its page and title; nil when none fits, or nobody asked.
  package var runbook: (path: String, title: String)?
  /// How urgent it is, as its runbooks say.
  package var severity: Severity?
  /// What became of the lines of the source file that it is of; nil for what is no item of coverage, or nobody asked.
  package var coverage: FileCoverage?
  /// What people kept of its failure, oldest first.
  package var notes: [Note] = []

  /// What is known of a test.
  package init(
    standing: TestStanding?, cause: TestFacts.CauseName?, signature: SignatureKey? = nil, commits: CommitRange? = nil
  ) {
    self.standing = standing
    self.commits = commits
    self.cause = cause
    self.signature = signature
  }

  /// Takes the runbooks for its failure, the best first.
  package mutating func take(_ pages: [RunbookIndex.Found]) {
    runbook = pages.first.map { ($0.page.path, $0.page.title) }
    severity = pages.severity
  }
}

extension JSONStream {
  /// Writes the members `verdict`, `cause` and `signature`; null where nothing is known.
  mutating func insight(_ insight: TestInsight?) {
    verdict(of: insight)
    if let cause = insight?.cause {
      object("cause") { json in
        json.string("id", cause.key)
        json.string("title", Sanitizer.line(cause.title))
      }
    } else {
      string("cause", nil)
    }
    string("signature", insight?.signature?.text)
    runbook(of: insight)
  }

  /// Writes the members `runbook`, null where none fits, and `severity`.
  mutating func runbook(of insight: TestInsight?) {
    if let runbook = insight?.runbook {
      object("runbook") { json in
        json.string("path", runbook.path)
        json.string("title", Sanitizer.line(runbook.title))
      }
    } else {
      string("runbook", nil)
    }
    string("severity", insight?.severity?.word)
  }

  /// Writes the member `coverage`: the lines that did not run, told apart by the run before; null for what is no item of
  /// coverage.
  mutating func coverage(of insight: TestInsight?) {
    guard let coverage = insight?.coverage else { return string("coverage", nil) }
    object("coverage") { json in
      json.string("file", coverage.lines.file)
      json.string("before", coverage.base?.info.identity.id)
      json.string("changed", coverage.lines.text(of: .changed))
      json.string("lost", coverage.lines.unknown == nil ? coverage.lines.text(of: .lost) : nil)
      json.string("never", coverage.lines.text(of: .never))
      json.string("unknown", coverage.lines.unknown)
      json.bool("cut", coverage.lines.isCut)
    }
  }

  /// Writes the members of a line that somebody kept with a failure.
  mutating func members(of note: Note) {
    string("kind", note.kind.word)
    string("test", note.test)
    string("signature", note.signature?.text)
    string("text", note.text.isEmpty ? nil : note.text)
    string("ticket", note.ticket)
    string("runbook", note.runbook)
    number("status", note.status)
    string("run", note.run)
    string("time", note.time.description)
    string("who", note.who)
  }

  /// Writes the member `verdict`; null where nothing is known.
  mutating func verdict(of insight: TestInsight?) {
    if let standing = insight?.standing {
      object("verdict") { json in
        json.members(of: standing.verdict)
        json.string("since", standing.since?.identity.id)
        json.string("last_pass", standing.lastPass?.identity.id)
        json.string("earliest", standing.earliest?.identity.id)
        json.string("latest", standing.latest?.identity.id)
      }
    } else {
      string("verdict", nil)
    }
  }

  /// Writes the member `commits`, those where the test turned; null where that is not known, with `commits_unknown`.
  mutating func commits(of insight: TestInsight?) {
    guard let range = insight?.commits else { return string("commits", nil) }
    if range.gap != nil {
      string("commits", nil)
      return string("commits_unknown", Sanitizer.line(range.summary))
    }
    array("commits") { json in
      for commit in range.commits {
        json.object { json in
          json.string("hash", commit.hash)
          json.string("title", commit.title)
          json.string("author", commit.author)
          json.string("date", commit.date?.description)
          json.bool("yours", commit.isYours)
          json.strings("touches", commit.touches.map { $0.file + ($0.line.map { ":\($0)" } ?? "") })
          json.strings("files", commit.files)
        }
      }
    }
  }
}

/// The verdict on a test and the commits where it turned, for people.
struct InsightText {
  private static let mostCommits = 10

  let style: TextStyle

  /// Writes what is known; nothing where the history knows nothing, or only that the test passes.
  func write(_ insight: TestInsight, to sink: OutputSink) {
    if let runbook = insight.runbook {
      let severity = insight.severity.map { style.separator + $0.word } ?? ""
      sink.appendLine("  runbook  \(Sanitizer.line("\(runbook.title) (\(runbook.path))", limit: 400))\(severity)")
    }
    LineText(style: style).write(NoteLines.of(insight.notes), to: sink)
    if let coverage = insight.coverage { LineText(style: style).write(CoverageLines(of: coverage).lines, to: sink) }
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
