internal import SafeText
internal import TerminalKit
internal import TriageMessages
internal import TriageModel

/// Makes the texts of the detail pane from a run: sanitised, styled, with links where a line names a place.
struct DocumentBuilder {
  /// Lines of a text that are kept; the rest is counted.
  static let longestText = 50_000
  /// Lines of all texts of a document together.
  static let longestDocument = 200_000

  let run: Run
  /// The place of the run among the open ones.
  let place: Int
  let sources: DocumentSources
  private(set) var lines: [Line] = []
  private(set) var links: [Int: Document.Link] = [:]
  private var overflow = 0

  private init(_ request: DocumentRequest, run: Run, sources: DocumentSources) {
    place = request.run
    self.run = run
    self.sources = sources
  }

  /// The answer to a request about a test or about the run's files.
  static func document(for request: DocumentRequest, of run: Run, from sources: DocumentSources) -> Document {
    var builder = DocumentBuilder(request, run: run, sources: sources)
    switch request.subject {
    case .message(let test):
      builder.addMessages(of: test)
      builder.beginWithVerdict(on: test)
    case .stack(let test): builder.addStacks(of: test)
    case .output(let test): builder.addOutput(of: test)
    case .history(let test, let window): builder.addHistory(of: test, window)
    case .comparedOutput(let test): builder.addComparedOutput(of: test)
    case .cause(let key): builder.addCause(key)
    case .files(let test): builder.addFiles(of: test)
    case .file(let link): return FileDocument.read(link, request: request)
    }
    if builder.overflow > 0 {
      builder.lines.append(Line("… \(builder.overflow) more lines are not shown here", .truncated))
    }
    return Document(request: request, lines: builder.lines, links: builder.links)
  }

  /// Puts what the history says of a test before what it said itself.
  private mutating func beginWithVerdict(on test: TestIndex) {
    guard let standing = sources.standing(test), standing.verdict.label != .passing else { return }
    let commits = sources.commits(test, standing)
    begin(with: standing.lines + (commits?.lines ?? []))
  }

  /// Puts lines before all others.
  private mutating func begin(with first: [Line]) {
    lines = first + [Line()] + lines
    links = Dictionary(links.map { ($0.key + first.count + 1, $0.value) }) { first, _ in first }
  }

  private mutating func addMessages(of test: TestIndex) {
    let attempts = run.table.attempts(of: test)
    for (number, attempt) in attempts.enumerated() {
      addHeading(of: attempt, number: number + 1, of: attempts.count)
      if !attempt.note.isEmpty { add(attempt.note) }
      for failure in attempt.failures {
        add(message: failure)
      }
      if attempt.failures.isEmpty, attempt.outcome.isFailing {
        add(Line("The report does not say why this attempt failed.", .dim))
      }
    }
    if lines.isEmpty { add(Line("Nothing was reported: the test \(words(run.table.outcome(of: test))).", .dim)) }
    let properties = attempts.flatMap(\.properties)
    if !properties.isEmpty {
      add(Line())
      add(Line("properties", .heading, .bold))
      for property in properties.prefix(200) {
        add(
          Line([
            Span("  " + Sanitizer.line(property.name, limit: 200) + " ", .dim),
            Span(Sanitizer.line(property.value, limit: 2000)),
          ]))
      }
    }
  }

  private func words(_ outcome: Outcome) -> String {
    outcome == .passed ? "passed" : "ended as " + outcome.words
  }

  private mutating func addHeading(of attempt: Attempt, number: Int, of count: Int) {
    guard count > 1 else { return }
    if number > 1 { add(Line()) }
    var line = Line("attempt \(number) of \(count): \(attempt.outcome.words)", .heading, .bold)
    if let duration = attempt.duration.flatMap(DurationText.of) { line.append("  \(duration)", .dim) }
    add(line)
  }

  private mutating func add(message failure: Failure) {
    if !failure.type.isEmpty, !failure.message.hasPrefix(failure.type) {
      add(Line(Sanitizer.line(failure.type, limit: 400), .fail, .bold))
    }
    let text = failure.message.isEmpty ? failure.details : failure.message
    add(compared: text)
    if let location = failure.location {
      add(Line())
      add(place: location, text: "at \(location.file)" + (location.line.map { ":\($0)" } ?? ""))
    }
  }

  private mutating func add(compared text: String) {
    let (all, rest) = OutputLines.lines(of: text, limit: Self.longestText)
    let isComparison = QuotedComparison.isOne(all.map(\.text))
    for line in all {
      add(line.inRole(QuotedComparison.role(of: line.text, isComparison: isComparison)))
    }
    addCut(rest)
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
    for line in all {
      let words = line.text
      if let location = StackScanner.location(in: words) {
        add(place: location, text: words)
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
    for line in all { add(line) }
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
  private mutating func add(place: SourceLocation, text: String) {
    if let own = sources.ownFiles.resolve(place) {
      links[lines.count] = .source(own)
      add(Line(text, .frameOwn, .bold))
    } else {
      add(Line(text, .frameOther))
    }
  }

  /// Adds a line that leads somewhere.
  mutating func add(_ line: Line, to link: Document.Link) {
    links[lines.count] = link
    add(line)
  }

  mutating func add(_ line: Line) {
    if lines.count < Self.longestDocument { lines.append(line) } else { overflow += 1 }
  }

  private mutating func add(_ text: String) {
    for line in Sanitizer.lines(text).prefix(Self.longestText) { add(Line(line)) }
  }

  private mutating func addCut(_ count: Int) {
    guard count > 0 else { return }
    add(Line(count == 1 ? "… 1 more line is not shown here" : "… \(count) more lines are not shown here", .truncated))
  }
}

extension Line {
  /// The line in one role, unless its own colours say more.
  fileprivate func inRole(_ role: Role) -> Line {
    spans.allSatisfy { $0.style == Style() } ? Line(text, role) : self
  }
}
