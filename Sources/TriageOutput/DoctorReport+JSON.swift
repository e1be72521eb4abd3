extension DoctorReport {
  /// Writes the answer of `doctor --json`, version 1.
  package func writeJSON(to sink: OutputSink) {
    var json = JSONStream(into: sink)
    json.object { json in
      json.number("version", 1)
      json.array("paths") { json in
        for input in inputs { json.object(onNewLine: true) { Self.write(input, to: &$0) } }
      }
      for section in sections {
        json.object(section.title) { json in
          for fact in section.facts { json.string(fact.name, fact.value) }
        }
      }
    }
    sink.appendLine()
  }

  private static func write(_ input: Input, to json: inout JSONStream) {
    json.string("path", input.path)
    json.array("reports") { json in
      for report in input.reports {
        json.object {
          $0.string("path", report.path)
          $0.string("format", report.format)
          $0.string("run", report.run)
          $0.number("tests", report.tests)
        }
      }
    }
    json.strings("not_recognised", input.unrecognised)
    json.array("problems") { json in
      for problem in input.problems {
        json.object {
          $0.string("place", problem.place)
          $0.string("problem", problem.words)
        }
      }
    }
  }
}
