internal import SafeText
internal import TerminalKit
internal import TriageModel
internal import TriageStyle

extension DocumentBuilder {
  /// Rows that the reason takes on a screen of 80 columns, so that the verdict below it is seen on one of 24 rows.
  private static let reasonRows = 4
  /// Columns of a row of such a screen.
  private static let rowWidth = 78

  /// What a test failed with, the verdict in two lines, then all the rest.
  mutating func addMessage(of test: TestIndex) {
    if !run.table.kind(of: test).isOfTests { return addItem(test) }
    let standing = sources.standing(test).flatMap { $0.verdict.label == .passing ? nil : $0 }
    let commits = standing.flatMap { sources.commits(test, $0) }
    guard let failure = Self.firstFailure(of: test, in: run) else {
      if let standing { addVerdict(on: test, standing, commits) } else { addRunbookTitle(of: test) }
      addMessages(of: test)
      return
    }
    let reason = ReasonLayout(failure)
    let isCut = !add(reason)
    add(Line())
    if let standing { addVerdict(on: test, standing, commits) } else { addRunbookTitle(of: test) }
    addNotes(on: test)
    addWrapped(by: test)
    if let place = failure.location { add(failurePlace: place, of: test, indent: "  ") }
    let attempts = run.table.attempts(of: test)
    let isOne = attempts.count == 1 && attempts[0].failures.count == 1 && attempts[0].note.isEmpty
    if isOne, reason.isWhole {
      if isCut { add(whole: reason) }
      addProperties(of: attempts)
    } else {
      if lines.last?.spans.isEmpty == false { add(Line()) }
      addMessages(of: test, namesPlaces: !isOne)
    }
  }

  /// The failure that a test is known by: that of its first failing attempt.
  static func firstFailure(of test: TestIndex, in run: Run) -> Failure? {
    run.table.attempts(of: test).first { $0.outcome.isFailing && !$0.failures.isEmpty }?.failures.first
  }

  /// The reason, in as many rows as leave the verdict its place on a small screen; whether nothing of it is left out.
  private mutating func add(_ reason: ReasonLayout) -> Bool {
    let title = Self.cut(reason.title, columns: 2 * Self.rowWidth - 16)
    var isCut = title != Sanitizer.line(reason.title)
    add(Line(title.isEmpty ? "It failed without a message." : title, .fail, .bold))
    var rows = Self.rows(of: title)
    let isComparison = QuotedComparison.isOne(reason.details)
    for (place, detail) in reason.details.enumerated() {
      let line = "  " + Self.cut(detail, columns: Self.rowWidth - 2)
      let left = Self.reasonRows - rows
      let isLast = place == reason.details.count - 1
      guard left > 1 || (left == 1 && isLast) else {
        add(Line("  … \(CountText.of(reason.details.count - place, "more line"))", .truncated))
        return false
      }
      if line != "  " + Sanitizer.line(detail) { isCut = true }
      add(Line(line, QuotedComparison.role(of: detail, isComparison: isComparison)))
      rows += Self.rows(of: line)
    }
    return !isCut
  }

  /// The reason in all its lines, for where it was cut above.
  private mutating func add(whole reason: ReasonLayout) {
    if lines.last?.spans.isEmpty == false { add(Line()) }
    add(Line(Sanitizer.line(reason.title), .fail))
    let isComparison = QuotedComparison.isOne(reason.details)
    for detail in reason.details {
      add(Line("  " + Sanitizer.line(detail), QuotedComparison.role(of: detail, isComparison: isComparison)))
    }
  }

  /// The beginning of a text, which stands whole below.
  private static func cut(_ text: String, columns: Int) -> String {
    var left = columns
    var kept = ""
    for character in Sanitizer.line(text, limit: 4 * columns) {
      left -= DisplayWidth.of(character)
      if left < 1 { return kept + "…" }
      kept.append(character)
    }
    return kept
  }

  private static func rows(of line: String) -> Int { max(1, (DisplayWidth.of(line) + rowWidth - 1) / rowWidth) }

  /// What the history says of an item.
  mutating func addStanding(on test: TestIndex, _ standing: TestStanding) {
    addVerdict(on: test, standing, sources.commits(test, standing))
  }

  /// The verdict in a line, and in another whose it is; what it rests on follows.
  private mutating func addVerdict(on test: TestIndex, _ standing: TestStanding, _ commits: CommitRange?) {
    add(standing.title)
    if let commits { add(commits.mine) }
    addRunbookTitle(of: test)
    if let count = run.info.takenAlong[run.table.id(of: test)] {
      add(Line("took", label: 9, Span("\(CountText.of(count, "test")) along, which ran before and did not run now")))
    }
    for line in standing.evidence { add(line) }
    if let commits { add(commits) }
  }

  /// The commits, each leading to what it changed.
  mutating func add(_ range: CommitRange) {
    for (place, line) in range.list.enumerated() {
      guard place < min(range.commits.count, CommitRange.mostShown) else {
        add(line)
        continue
      }
      let commit = range.commits[place]
      add(line, to: .commit(CommitLink(hash: commit.hash, touches: commit.touches.map(\.file))))
    }
  }

  // MARK: - All that was said

  private mutating func addMessages(of test: TestIndex, namesPlaces: Bool = true) {
    let attempts = run.table.attempts(of: test)
    let first = lines.count
    for (number, attempt) in attempts.enumerated() {
      addHeading(of: attempt, number: number + 1, of: attempts.count)
      if !attempt.note.isEmpty { add(attempt.note) }
      for failure in attempt.failures { add(message: failure, of: test, namesPlace: namesPlaces) }
      if attempt.failures.isEmpty, attempt.outcome.isFailing {
        add(Line("The report does not say why this attempt failed.", .dim))
      }
    }
    if lines.count == first {
      if first > 0 { add(Line()) }
      add(Line("Nothing was reported: the test \(words(run.table.outcome(of: test))).", .dim))
    }
    addProperties(of: attempts)
  }

  private mutating func addProperties(of attempts: [Attempt]) {
    let properties = attempts.flatMap(\.properties)
    guard !properties.isEmpty else { return }
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

  private func words(_ outcome: Outcome) -> String {
    outcome == .passed ? "passed" : "ended as " + outcome.words
  }

  /// The number of an attempt, where there are several.
  mutating func addHeading(of attempt: Attempt, number: Int, of count: Int) {
    guard count > 1 else { return }
    if number > 1 { add(Line()) }
    var line = Line("attempt \(number) of \(count): \(attempt.outcome.words)", .heading, .bold)
    if let duration = attempt.duration.flatMap(DurationText.of) { line.append("  \(duration)", .dim) }
    add(line)
  }

  private mutating func add(message failure: Failure, of test: TestIndex, namesPlace: Bool) {
    let whole = ReasonLayout(failure).whole.joined(separator: "\n")
    if !failure.type.isEmpty, !whole.hasPrefix(failure.type) {
      add(Line(Sanitizer.line(failure.type, limit: 400), .fail, .bold))
    }
    let text = failure.message.isEmpty ? failure.details : failure.message
    // The same words in colour are better than plain ones, unless they were cut.
    let isSame = whole.isEmpty || text.utf8.count >= whole.utf8.count
    add(compared: isSame ? text : whole)
    if namesPlace, let location = failure.location {
      add(Line())
      add(failurePlace: location, of: test)
    }
  }

  private mutating func add(failurePlace place: SourceLocation, of test: TestIndex, indent: String = "") {
    add(place: inPackage(place, of: test), text: "\(indent)at \(place.file)" + (place.line.map { ":\($0)" } ?? ""))
  }

  private mutating func add(compared text: String) {
    let (all, rest) = OutputLines.lines(of: text, limit: Self.longestText)
    let isComparison = QuotedComparison.isOne(all.map(\.text))
    for line in TableText.marked(all) {
      add(line.inRole(QuotedComparison.role(of: line.text, isComparison: isComparison)))
    }
    addCut(rest)
  }
}

/// Reads what a doctest says: the example, what it should have printed, and what it did.
struct DoctestText {
  /// The example's source.
  let title: String
  /// What was expected, and what came.
  let parts: [String]

  /// The example that lines hold; nil when they hold none.
  init?(_ lines: [String]) {
    guard let expected = lines.firstIndex(where: { Self.isHead($0, "Expected") }),
      let got = lines[expected...].firstIndex(where: { Self.isHead($0, "Got") }),
      let example = lines[..<expected].last(where: { $0.contains(">>> ") })
    else { return nil }
    let source = example[(example.firstRange(of: ">>> ")?.upperBound ?? example.startIndex)...]
    title = "doctest: " + source.trimmed
    parts = ["Expected: " + Self.block(lines, after: expected), "Got:      " + Self.block(lines, after: got)]
  }

  private static func isHead(_ line: String, _ word: String) -> Bool {
    line.trimmed == word + ":" || line.trimmed == word + " nothing"
  }

  private static func block(_ lines: [String], after head: Int) -> String {
    if lines[head].trimmed.hasSuffix("nothing") { return "nothing" }
    let rest = lines[(head + 1)...].prefix { $0.hasPrefix("    ") }
    return rest.map(\.trimmed).joined(separator: " ⏎ ")
  }
}

/// Reads Python's text of an exception group: the group, and the exceptions in it.
///
/// From `traceback.TracebackException.format`: each level is drawn with `|`, each member under `+---- n ----`.
struct ExceptionGroupText {
  /// The group's class and message.
  let title: String
  /// The exceptions in it, `1 ValueError: …`.
  let parts: [String]

  /// The group that lines hold; nil when they hold none.
  init?(_ lines: [String]) {
    guard lines.contains(where: { $0.contains("Exception Group Traceback") }) else { return nil }
    var title: String?
    var parts: [String] = []
    var number: String?
    for line in lines {
      let body = line.drop { $0 == " " }
      if body.hasPrefix("+-") {
        let digits = body.filter(\.isNumber)
        number = digits.isEmpty ? number : digits
        continue
      }
      guard body.hasPrefix("| "), let words = Self.exception(body.dropFirst(2)) else { continue }
      if title == nil {
        title = words
      } else if let current = number {
        parts.append("\(current) \(words)")
        number = nil
      }
    }
    guard let title else { return nil }
    self.title = title
    self.parts = parts
  }

  /// A line of an exception: `ValueError: a`, unindented, and no head of a traceback.
  private static func exception(_ words: Substring) -> String? {
    guard let first = words.first, first != " ", first != "|", first != "+",
      !words.hasPrefix("Traceback "), !words.hasPrefix("Exception Group Traceback")
    else { return nil }
    let name = words.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
    guard !name.isEmpty, name.contains(where: \.isUppercase) else { return nil }
    let rest = words[name.endIndex...]
    return rest.isEmpty || rest.hasPrefix(":") ? String(words) : nil
  }
}
