internal import SafeText

/// What `doctor` found out: what was recognised of the paths, and how the program sees its surroundings.
package struct DoctorReport: Sendable, Equatable {
  /// A file that was read as a report.
  package struct Report: Sendable, Equatable {
    /// The path as it is shown.
    package var path: String
    /// The format's id in the registry.
    package var format: String
    /// How many results it holds.
    package var cases: Int

    /// A report that was read.
    package init(path: String, format: String, cases: Int) {
      self.path = path
      self.format = format
      self.cases = cases
    }
  }

  /// Something that was left alone, lost or looks wrong.
  package struct Problem: Sendable, Equatable {
    /// Where, as a path with a line when there is one; empty when it is nowhere in particular.
    package var location: String
    /// What, a clause in lower case.
    package var words: String

    /// A problem at a location.
    package init(location: String, words: String) {
      self.location = location
      self.words = words
    }
  }

  /// Facts under a heading: `terminal`, `configuration` …
  package struct Section: Sendable, Equatable {
    /// The heading, which is the key in JSON.
    package var title: String
    /// Names and values, in order.
    package var facts: [Fact]

    /// A section of facts.
    package init(_ title: String, _ facts: [Fact]) {
      self.title = title
      self.facts = facts
    }
  }

  /// A name and its value; nil where there is none.
  package struct Fact: Sendable, Equatable {
    /// What it is, in lower case.
    package var name: String
    /// What holds.
    package var value: String?

    /// A fact.
    package init(_ name: String, _ value: String?) {
      self.name = name
      self.value = value
    }
  }

  /// The paths that were looked at.
  package var paths: [String] = []
  /// The ids of the runs found, newest first.
  package var runs: [String] = []
  /// What was recognised.
  package var reports: [Report] = []
  /// Files that look like reports and are of no known format.
  package var unrecognised: [String] = []
  /// What was left alone, lost or looks wrong.
  package var problems: [Problem] = []
  /// The surroundings.
  package var sections: [Section] = []

  /// A report that says nothing yet.
  package init() {}
}

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
            $0.string("place", problem.location)
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
      let words = problem.location.isEmpty ? problem.words : problem.location + ": " + problem.words
      sink.appendLine("    " + style.paint(Sanitizer.line(words), .uneasy))
    }
  }
}
