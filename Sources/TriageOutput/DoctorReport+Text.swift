internal import SafeText

extension DoctorReport {
  /// Writes the answer of `doctor` for people.
  package func writeText(style: TextStyle, to sink: OutputSink) {
    writeArtifacts(style, to: sink)
    for section in sections {
      sink.appendLine()
      sink.appendLine(style.paint(section.title, .title))
      let column = section.facts.map { DisplayWidth.of($0.name) }.max() ?? 0
      for fact in section.facts {
        let value = fact.value.map { Sanitizer.line($0) } ?? style.paint("none", .aside)
        sink.appendLine("  " + fact.name.filled(to: column) + "  " + value)
      }
    }
  }

  private func writeArtifacts(_ style: TextStyle, to sink: OutputSink) {
    sink.appendLine(style.paint("artifacts", .title))
    sink.appendLine("  " + (paths.isEmpty ? "no path was given, and nothing lies in the usual places" : "looked at"))
    for path in paths { sink.appendLine("    " + Sanitizer.line(path)) }
    if !runs.isEmpty { sink.appendLine("  runs " + Sanitizer.line(runs.joined(separator: " "))) }
    if !reports.isEmpty { sink.appendLine("  reports " + style.times(reports.count)) }
    let column = min(60, reports.map { DisplayWidth.of(Sanitizer.line($0.path)) }.max() ?? 0)
    for report in reports {
      let path = Sanitizer.line(report.path).filled(to: column)
      let count = report.cases == 1 ? "1 result" : "\(report.cases) results"
      sink.appendLine("    " + path + "  " + report.format + "  " + style.paint(count, .aside))
    }
    if !unrecognised.isEmpty { sink.appendLine("  of no known format " + style.times(unrecognised.count)) }
    for line in PathSummary.lines(of: unrecognised) {
      sink.appendLine("    " + Sanitizer.line(line.text) + (line.count > 1 ? " " + style.times(line.count) : ""))
    }
    if !problems.isEmpty { sink.appendLine("  problems " + style.times(problems.count)) }
    for problem in problems {
      let words = problem.place.isEmpty ? problem.words : problem.place + ": " + problem.words
      sink.appendLine("    " + style.paint(Sanitizer.line(words), .uneasy))
    }
  }
}
