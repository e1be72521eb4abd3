internal import RunHistory
package import Runbooks
internal import SafeText
internal import TerminalKit
package import TriageModel
package import TriageServices
package import TriageStyle

/// Makes the texts of the detail pane from a run: sanitised, styled, with links where a line names a place.
package struct DocumentBuilder {
  /// Lines of a text that are kept; the rest is counted.
  static let longestText = 50_000
  /// Lines of all texts of a document together.
  static let longestDocument = 200_000

  let run: Run
  /// The place of the run among the open ones.
  let index: Int
  let sources: DocumentSources
  private(set) var lines: [Line] = []
  private(set) var links: [Int: DocumentText.Link] = [:]
  /// The steps and the blocks of a runbook, by their lines, and the page they are of.
  var steps: [Int: RunbookMark] = [:]
  var scripts: [Int: RunbookScript.Place] = [:]
  var page: String?
  private var overflow = 0

  private init(_ run: Run, _ place: Int, _ sources: DocumentSources) {
    self.index = place
    self.run = run
    self.sources = sources
  }

  /// A text about a run or a test of it; `place` is the run's among the open ones.
  package static func text(
    about subject: DocumentSubject, of run: Run, at place: Int, from sources: DocumentSources
  ) -> DocumentText {
    var builder = DocumentBuilder(run, place, sources)
    switch subject {
    case .message(let test): builder.addMessage(of: test)
    case .stack(let test): builder.addStacks(of: test)
    case .output(let test): builder.addOutput(of: test)
    case .history(let test, let window): builder.addHistory(of: test, window)
    case .comparedOutput(let test): builder.addComparedOutput(of: test)
    case .cause(let key): builder.addCause(key)
    case .files(let test): builder.addFiles(of: test)
    case .file(let link): return FileDocument.read(link)
    case .runbook(let test): builder.addRunbook(of: test)
    case .page(let path, let test): builder.addPage(path, for: test)
    case .commit(let link):
      let commit = CommitDocument(sources.patch(link.hash), of: link, ownFiles: sources.ownFiles)
      return DocumentText(lines: commit.lines, links: commit.links)
    }
    if builder.overflow > 0 {
      builder.lines.append(Line("… \(builder.overflow) more lines are not shown here", .truncated))
    }
    var text = DocumentText(lines: builder.lines, links: builder.links)
    (text.steps, text.scripts, text.page) = (builder.steps, builder.scripts, builder.page)
    text.source = builder.source(of: subject)
    text.handover = builder.handover(of: subject)
    return text
  }

  private mutating func addStacks(of test: TestIndex) {
    let attempts = run.table.attempts(of: test)
    for (number, attempt) in attempts.enumerated() {
      addHeading(of: attempt, number: number + 1, of: attempts.count)
      for (place, failure) in attempt.failures.enumerated() {
        if place > 0 { add(Line()) }
        let text = failure.details.isEmpty ? failure.message : failure.details
        addStack(text)
      }
    }
    if lines.isEmpty { add(Line("No stack was reported.", .dim)) }
  }

  private mutating func addStack(_ text: String) {
    let (all, rest) = OutputLines.lines(of: text, limit: Self.longestText)
    let isComparison = QuotedComparison.isOne(all.map(\.text))
    var isFirst = true
    for line in TableText.marked(all) {
      let words = line.text
      if let frame = StackFrame(line: words) {
        add(place: frame.placed, text: words)
      } else if words.hasPrefix(">") {
        add(Line(words, .bright, .bold))
      } else {
        add(line.inRole(QuotedComparison.role(of: words, isComparison: isComparison, isFirst: isFirst)))
        if words.hasPrefix("E ") { isFirst = false }
      }
    }
    addCut(rest)
  }

  private mutating func addOutput(of test: TestIndex) {
    let attempts = run.table.attempts(of: test)
    for (number, attempt) in attempts.enumerated() {
      let hasOutput = !attempt.standardOutput.isEmpty || !attempt.standardError.isEmpty
      if hasOutput { addHeading(of: attempt, number: number + 1, of: attempts.count) }
      add(output: attempt.standardOutput, title: "standard output")
      add(output: attempt.standardError, title: "standard error")
    }
    if lines.isEmpty { add(Line("Nothing was captured.", .dim)) }
  }

  private mutating func add(output: TextRef, title: String) {
    guard !output.isEmpty else { return }
    if !lines.isEmpty { add(Line()) }
    add(Line(title, .heading, .bold))
    let (all, rest) = OutputLines.lines(of: run.table.text.string(output), limit: Self.longestText)
    for line in TableText.marked(all) { add(line) }
    addCut(rest)
  }

  private mutating func addFiles(of test: TestIndex?) {
    if let test {
      let attachments = Attachments.named(by: test, in: run)
      if !attachments.isEmpty { add(Line("named by this test", .heading, .bold)) }
      for file in attachments { add(file: file, detail: "") }
    }
    addRemarks("why the run is incomplete", run.info.completeness.reasons)
    addRemarks("not read", run.info.unread.map { "\($0.path)  \($0.format)" + ($0.claim.map { "  \($0)" } ?? "") })
    addRemarks("warnings", run.info.warnings)
    if !lines.isEmpty { add(Line()) }
    add(Line("files of the run", .heading, .bold))
    if run.info.files.isEmpty { add(Line("  none besides the reports", .dim)) }
    for file in run.info.files.prefix(Self.longestText) {
      let size = CountText.bytes(file.size).filledBefore(to: 8)
      let detail = file.kind.rawValue.filled(to: 7) + size + "  "
      add(file: FileLink(file), detail: detail)
    }
    addCut(run.info.files.count - Self.longestText)
  }

  /// Sentences about the run under a heading; nothing when there are none.
  private mutating func addRemarks(_ title: String, _ remarks: [String]) {
    guard !remarks.isEmpty else { return }
    if !lines.isEmpty { add(Line()) }
    add(Line(title, .heading, .bold))
    for remark in remarks.prefix(1000) { add(Line("  " + Sanitizer.line(remark), .warning)) }
    addCut(remarks.count - 1000)
  }

  private mutating func add(file: FileLink, detail: String) {
    links[lines.count] = .file(file)
    add(Line([Span("  " + detail, .dim), Span(Sanitizer.line(file.shown, limit: 400), .link)]))
  }

  /// A line that names a place: one of the repository's own stands out and leads there.
  mutating func add(place: SourceLocation, text: String) {
    if let own = sources.ownFiles.resolve(place) {
      links[lines.count] = .source(own)
      add(Line(text, .frameOwn, .bold))
    } else {
      add(Line(text, .frameOther))
    }
  }

  /// Adds a line that leads somewhere.
  mutating func add(_ line: Line, to link: DocumentText.Link) {
    links[lines.count] = link
    add(line)
  }

  /// Has a line lead somewhere.
  mutating func add(link: DocumentText.Link, at line: Int) {
    if line < lines.count { links[line] = link }
  }

  mutating func add(_ line: Line) {
    if lines.count < Self.longestDocument { lines.append(line) } else { overflow += 1 }
  }

  mutating func add(_ text: String) {
    for line in Sanitizer.lines(text).prefix(Self.longestText) { add(Line(line)) }
  }

  mutating func addCut(_ count: Int) {
    guard count > 0 else { return }
    add(Line(count == 1 ? "… 1 more line is not shown here" : "… \(count) more lines are not shown here", .truncated))
  }
}

extension Line {
  /// The line in one role, unless its own colours say more.
  func inRole(_ role: Role) -> Line {
    guard spans.allSatisfy({ $0.style == Style() }) else { return self }
    var line = self
    line.spans = [Span(text, role)]
    return line
  }
}

/// What texts are made from besides the run they are about.
package struct DocumentSources {
  /// Tells the repository's own files.
  package var ownFiles: OwnFiles
  /// The open runs, newest first.
  package var runs: [Run] = []
  /// The history; nil where none is kept. It may have to be opened.
  package var history: () -> HistoryService? = { nil }
  /// What the history says of a test; nil while it has not spoken.
  package var standing: (TestIndex) -> TestStanding? = { _ in nil }
  /// The commits where a test turned.
  package var commits: (TestIndex, TestStanding) -> CommitRange? = { _, _ in nil }
  /// How the lines of a file fared, the run before, and the source; nil for what is no item of coverage.
  package var coverage: (TestIndex) -> FileCoverage? = { _ in nil }
  /// What git prints of a commit; nil when it cannot.
  package var patch: (String) -> [UInt8]? = { _ in nil }
  /// The items that failing tests say too; nil while the run's failures are not read.
  package var wrapped: WrappedItems?
  /// The causes of the run's failures, as the list names them; nil while they are not known.
  package var causes: CauseNames?
  /// The runbooks of the repository; nil where there is none.
  package var runbooks: RunbookLibrary?
  /// The runbooks for the failure of a test, the best first.
  package var pages: (TestIndex) -> [RunbookIndex.Found] = { _ in [] }
  /// What people kept of a test's failure, oldest first.
  package var notes: (TestIndex) -> [Note] = { _ in [] }
  /// Who owns a test.
  package var owner: (TestIndex) -> String? = { _ in nil }

  /// Nothing but the repository's files.
  package init(ownFiles: OwnFiles) { self.ownFiles = ownFiles }
}

extension DocumentBuilder {
  /// What a test did in the runs of a window, newest first.
  mutating func addHistory(of test: TestIndex, _ window: HistoryWindow) {
    guard let history = sources.history() else {
      add(Line("No history is kept here."))
      add(Line("Start assay without --no-history, or add runs with assay ingest PATH…", .dim))
      return
    }
    let past: TestPast
    do throws(HistoryError) {
      past = try history.past(of: run.table.id(of: test), in: window)
    } catch {
      return add(Line("could not read the history: " + Sanitizer.line("\(error)", limit: 400), .fail))
    }
    if past.entries.isEmpty {
      add(Line("The history knows no run of this test in \(window == .all ? "all its runs" : window.words)."))
      let hint = window == .all ? "" : "W looks further back; "
      add(Line("\(hint)assay ingest PATH… adds older runs", .dim))
      return
    }
    let text = PastLines(
      past: past, standing: sources.standing(test), current: run.info.identity, window: window,
      unit: run.table.measure(of: test)?.unit ?? "")
    for row in text.rows {
      if let run = row.run { add(row.line, to: .run(run)) } else { add(row.line) }
    }
    if !past.entries.contains(where: { $0.run.identity == run.info.identity }) {
      add(Line())
      add(Line("The run that is looked at is not in the history, or not in this window.", .dim))
    }
  }
}
