internal import SafeText

extension DoctorReport {
  /// Writes the answer of `doctor` for people.
  package func writeText(style: TextStyle, to sink: OutputSink) {
    for input in inputs {
      write(input, style, to: sink)
      sink.appendLine()
    }
    for (place, section) in sections.enumerated() {
      if place > 0 { sink.appendLine() }
      sink.appendLine(style.paint(section.title, .title))
      let column = section.facts.map { DisplayWidth.of($0.name) }.max() ?? 0
      for fact in section.facts {
        let value = fact.value.map { Sanitizer.line($0) } ?? style.paint("none", .aside)
        sink.appendLine("  " + style.pad(fact.name, to: column) + "  " + value)
      }
    }
  }

  private func write(_ input: Input, _ style: TextStyle, to sink: OutputSink) {
    sink.appendLine(style.paint(Sanitizer.line(input.path), .title))
    if input.reports.isEmpty { sink.appendLine("  " + style.paint("no report was recognised", .uneasy)) }
    let column = min(60, input.reports.map { DisplayWidth.of(Sanitizer.line($0.path)) }.max() ?? 0)
    for report in input.reports {
      let facts = [report.format, report.tests == 1 ? "1 test" : "\(report.tests) tests", "run " + report.run]
      let path = style.pad(Sanitizer.line(report.path), to: column)
      sink.appendLine("  " + path + "  " + Sanitizer.line(facts.joined(separator: style.separator)))
    }
    for problem in input.problems {
      sink.appendLine("  " + style.paint(Sanitizer.line(problem.place + ": " + problem.words), .uneasy))
    }
    if input.unrecognised.isEmpty { return }
    sink.appendLine("  not recognised as a report " + style.times(input.unrecognised.count))
    for path in input.unrecognised { sink.appendLine("    " + style.paint(Sanitizer.line(path), .aside)) }
  }
}
