extension DoctorReport {
  /// Writes the answer of `doctor --json`, version 1.
  package func writeJSON(to sink: OutputSink) {
    JSONStream.write(to: sink) { json in
      json.number("version", 1)
      json.strings("paths", paths)
      json.strings("runs", runs)
      json.array("reports") { json in
        for report in reports {
          json.object(onNewLine: true) {
            $0.string("path", report.path)
            $0.string("format", report.format)
            $0.number("cases", report.cases)
          }
        }
      }
      json.strings("not_recognised", unrecognised)
      json.array("problems") { json in
        for problem in problems {
          json.object(onNewLine: true) {
            $0.string("place", problem.place)
            $0.string("problem", problem.words)
          }
        }
      }
      for section in sections {
        json.object(section.title, onNewLine: true) { json in
          for fact in section.facts { json.string(fact.name, fact.value) }
        }
      }
    }
  }
}
