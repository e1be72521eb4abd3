internal import SafeText
package import TriageModel

/// The answer of `show` for people: one test of a run, whole.
package struct TestText {
  private let style: TextStyle

  /// A test in a look.
  package init(style: TextStyle) {
    self.style = style
  }

  /// Writes tests of the same name, then how the test ended in other runs, a line each.
  package func write(
    _ tests: [(run: Run, test: TestIndex)], others: [(run: Run, test: TestIndex)],
    insight: (Run, TestIndex) -> TestInsight? = { _, _ in nil }, to sink: OutputSink
  ) {
    for (place, found) in tests.enumerated() {
      if place > 0 { sink.appendLine() }
      write(found.test, of: found.run, insight(found.run, found.test), to: sink)
    }
    if others.isEmpty { return }
    sink.appendLine()
    sink.appendLine(style.paint("in other runs", .title))
    for (run, test) in others {
      let outcome = run.table.outcome(of: test)
      let words = style.paint(String(outcome.letter), outcome.tone) + " " + outcome.words
      sink.appendLine("  " + words + style.separator + runName(run))
    }
  }

  private func write(_ test: TestIndex, of run: Run, _ insight: TestInsight?, to sink: OutputSink) {
    let table = run.table
    let outcome = table.outcome(of: test)
    sink.appendLine(style.paint(Sanitizer.line(table.id(of: test)), .title))
    var facts = [style.paint(outcome.words, outcome.tone), runName(run)]
    let leg = table.leg(of: test)
    if !leg.isEmpty { facts.append(Sanitizer.line(leg)) }
    if let duration = table.duration(of: test).flatMap(DurationText.of) { facts.append(duration) }
    if !table.kind(of: test).isOfTests { facts.insert(table.kind(of: test).word, at: 0) }
    if let measure = table.measure(of: test) { facts.append(MeasureText.of(measure.value, measure.unit)) }
    sink.appendLine("  " + facts.joined(separator: style.separator))
    if let definition = table.definition(of: test) { sink.appendLine("  defined at " + place(definition)) }
    sink.appendLine("  from " + Sanitizer.line(table.report(of: test).path))
    for reason in run.info.completeness.reasons {
      sink.appendLine("  " + style.paint("INCOMPLETE", .bad) + " " + Sanitizer.line(reason))
    }
    if let insight { InsightText(style: style).write(insight, to: sink) }
    let attempts = table.attempts(of: test)
    for (place, attempt) in attempts.enumerated() {
      sink.appendLine()
      write(attempt, number: attempts.count > 1 ? place + 1 : nil, of: attempts.count, in: table, to: sink)
    }
    if let pair = table.pair(of: test) {
      if !pair.expected.isEmpty { block("expected", pair.expected, to: sink) }
      if !pair.observed.isEmpty { block("observed", pair.observed, to: sink) }
    }
  }

  private func write(
    _ attempt: Attempt, number: Int?, of count: Int, in table: TestTable, to sink: OutputSink
  ) {
    if let number {
      let title = style.paint("attempt \(number) of \(count)", .title)
      let duration = attempt.duration.flatMap(DurationText.of).map { style.separator + $0 } ?? ""
      sink.appendLine(title + " " + style.paint(attempt.outcome.words, attempt.outcome.tone) + duration)
    }
    for failure in attempt.failures { write(failure, to: sink) }
    if !attempt.note.isEmpty { block("reason", attempt.note, to: sink) }
    let output = table.text.string(attempt.standardOutput)
    let errors = table.text.string(attempt.standardError)
    if !output.isEmpty { block("standard output", ColourCodes.dropped(from: output), to: sink) }
    if !errors.isEmpty { block("standard error", ColourCodes.dropped(from: errors), to: sink) }
    if !attempt.properties.isEmpty {
      sink.appendLine(style.paint("properties", .title))
      for property in attempt.properties {
        sink.appendLine("  " + Sanitizer.line("\(property.name) = \(property.value)"))
      }
    }
    let attachments = table.attachments(of: attempt)
    if !attachments.isEmpty { block("attachments", attachments.joined(separator: "\n"), to: sink) }
  }

  private func write(_ failure: Failure, to sink: OutputSink) {
    let lines = Sanitizer.lines(failure.message)
    let type = Sanitizer.line(failure.type)
    // Many dialects begin the message with the type.
    let first = lines.first ?? ""
    let heading = type.isEmpty || first.hasPrefix(type) ? first : first.isEmpty ? type : type + ": " + first
    sink.appendLine(style.paint(heading, .bad))
    for line in lines.dropFirst() { sink.appendLine("  " + line) }
    if let location = failure.location { sink.appendLine("  at " + place(location)) }
    if !failure.details.isEmpty, failure.details != failure.message { block("details", failure.details, to: sink) }
  }

  /// A text of several lines under a heading, indented.
  private func block(_ heading: String, _ text: String, to sink: OutputSink) {
    sink.appendLine(style.paint(heading, .title))
    var lines = Sanitizer.lines(text)
    while lines.last?.isEmpty == true { lines.removeLast() }
    for line in lines { sink.appendLine(line.isEmpty ? "" : "  " + line) }
  }

  private func runName(_ run: Run) -> String {
    let parts = [run.info.name, run.info.branch ?? "", String(run.info.commit?.prefix(7) ?? "")]
    return Sanitizer.line(parts.filter { !$0.isEmpty }.joined(separator: " "))
  }

  private func place(_ location: SourceLocation) -> String {
    Sanitizer.line(location.file + (location.line.map { ":\($0)" } ?? ""))
  }
}
