internal import SafeText
package import ItemQueries
internal import TriageDocuments
package import TriageModel

/// The answer of `list` for people and pipes.
package struct RunListText {
  private let style: TextStyle
  private let grouping: Grouping
  /// Whether only failing tests are listed; then their absence is said.
  private let isFailingOnly: Bool
  private let facts: TestFacts
  /// What the history says of a test; nil where it knows nothing.
  private let standing: (TestIndex) -> TestStanding?

  /// A list in a look.
  ///
  /// - Parameters:
  ///   - isFailingOnly: Whether the tests to come are the failing ones and no filter narrowed them.
  ///   - facts: What is known of the run's tests; asked only for what is grouped by.
  ///   - standing: What the history says of a test.
  package init(
    style: TextStyle, grouping: Grouping = .suite, isFailingOnly: Bool = true,
    facts: TestFacts = TestFacts(), standing: @escaping (TestIndex) -> TestStanding? = { _ in nil }
  ) {
    self.standing = standing
    self.style = style
    self.grouping = grouping
    self.isFailingOnly = isFailingOnly
    self.facts = facts
  }

  /// Writes a run with its chosen tests.
  package func write(_ run: Run, tests: [TestIndex], to sink: OutputSink) {
    for line in RunHeader(run, style: style).lines { sink.appendLine(line) }
    write(tests, of: run, to: sink)
  }

  private func write(_ tests: [TestIndex], of run: Run, to sink: OutputSink) {
    if tests.isEmpty {
      if let remark = remarkOnNothing(run) { sink.appendLine("  " + style.paint(remark, .aside)) }
      return
    }
    let arrangement = Arrangement(of: tests, in: run, by: grouping, sortedBy: .outcome, facts: facts)
    for group in arrangement.groups where !sink.isClosed {
      sink.appendLine()
      if grouping != .none { sink.appendLine(heading(group)) }
      let rows = arrangement.tests[group.range]
      let columns = columns(rows, of: run)
      for test in rows where !sink.isClosed { sink.appendLine(row(test, of: run, columns)) }
    }
  }

  /// An incomplete run is never said to have no failing test.
  private func remarkOnNothing(_ run: Run) -> String? {
    if !isFailingOnly { return "no test matches" }
    if run.table.count == 0 { return nil }
    return run.info.completeness.isComplete ? "no failing tests" : "no failing test in what could be read"
  }

  private func heading(_ group: Arrangement.Group) -> String {
    let count = " \(style.times(group.range.count))"
    return style.paint(style.fit(Sanitizer.line(group.title), after: count.count), .title) + style.paint(count, .aside)
  }

  /// The widths that names and durations of a group are padded to, so that most of what follows is aligned.
  private func columns(_ tests: ArraySlice<TestIndex>, of run: Run) -> (name: Int, duration: Int) {
    let limit = style.width.map { max(20, $0 * 2 / 5) } ?? 80
    var columns = (name: 0, duration: 0)
    for test in tests.prefix(1000) {
      columns.name = max(columns.name, min(limit, DisplayWidth.of(name(of: test, in: run))))
      columns.duration = max(columns.duration, duration(of: test, in: run).count)
    }
    return columns
  }

  private func duration(of test: TestIndex, in run: Run) -> String {
    run.table.duration(of: test).flatMap(DurationText.of) ?? ""
  }

  /// Under its suite a name is enough for a person; a pipe gets the whole id.
  private func name(of test: TestIndex, in run: Run) -> String {
    let isShort = style.width != nil && grouping == .suite
    var name = Sanitizer.line(isShort ? run.table.name(of: test) : run.table.id(of: test))
    let leg = run.table.leg(of: test)
    if !leg.isEmpty { name += " [\(Sanitizer.line(leg))]" }
    return name
  }

  /// `broken since run 4116 (194bf4a)`: the verdict, since when, and the commit it came with.
  private func verdict(on test: TestIndex) -> (words: String, tone: TextStyle.Tone) {
    guard let standing = standing(test), standing.verdict.label != .passing else { return ("", .aside) }
    let label = standing.verdict.label
    var words = label.rawValue
    if let (word, run) = standing.turn {
      words += " \(word) run " + Sanitizer.line(run.identity.id, limit: 40)
      if let commit = run.commit { words += " (\(Sanitizer.line(String(commit.prefix(7)))))" }
    }
    return (words, label == .new || label == .broken ? .bad : .uneasy)
  }

  /// `  F test_scores_golden   0.21 s  ×3  broken since run 4116 (194bf4a)  regression values differ: 31 of 40`.
  private func row(_ test: TestIndex, of run: Run, _ columns: (name: Int, duration: Int)) -> String {
    let table = run.table
    let outcome = table.outcome(of: test)
    let attempts = table.attemptCount(of: test)
    var facts = [duration(of: test, in: run).filledBefore(to: columns.duration)]
    if attempts > 1 { facts.append(style.times(attempts)) }
    let aside = facts.filter { !$0.isEmpty }.joined(separator: "  ")
    let message = Sanitizer.line(SecretScan.masked(FailureTitle.of(test, in: run)))
    let verdict = verdict(on: test)
    let isAlone = aside.isEmpty && message.isEmpty && verdict.words.isEmpty
    let name = style.fit(name(of: test, in: run).filled(to: isAlone ? 0 : columns.name), after: 6)
    var parts = [style.paint(String(outcome.letter), outcome.tone) + " " + name]
    var taken = 4 + DisplayWidth.of(name)
    if !aside.isEmpty {
      parts.append(style.paint(aside, .aside))
      taken += 2 + DisplayWidth.of(aside)
    }
    if !verdict.words.isEmpty {
      parts.append(style.paint(verdict.words, verdict.tone))
      taken += 2 + DisplayWidth.of(verdict.words)
    }
    let shown = style.fit(message, after: taken + 2)
    if !shown.isEmpty { parts.append(shown) }
    return "  " + parts.joined(separator: "  ")
  }
}
