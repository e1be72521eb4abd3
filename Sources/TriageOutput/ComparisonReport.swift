internal import SafeText

/// The answer of `compare`: the tests that differ between two runs, by what became of them.
package struct ComparisonReport {
  /// Tests of one fate.
  package struct Section {
    /// The fate in JSON: `newly_failing`.
    package var key: String
    /// The tests, with their leg behind them where they have one.
    package var tests: [String]

    /// A fate's tests.
    package init(key: String, tests: [String]) {
      self.key = key
      self.tests = tests
    }
  }

  /// Tests that are named of one fate for people; JSON has all.
  private static let shown = 50
  private let sections: [Section]

  /// A report of fates.
  package init(_ sections: [Section]) { self.sections = sections }

  /// Writes the report for people.
  package func writeText(style: TextStyle, to sink: OutputSink) {
    for section in sections where !section.tests.isEmpty {
      let title = section.key.split(separator: "_").joined(separator: " ")
      sink.appendLine(style.paint("\(title) \(style.times(section.tests.count))", .title))
      for test in section.tests.prefix(Self.shown) { sink.appendLine("  " + Sanitizer.line(test)) }
      let rest = section.tests.count - Self.shown
      if rest > 0 { sink.appendLine(style.paint("  and \(rest) more (--json has all)", .aside)) }
    }
    if sections.allSatisfy(\.tests.isEmpty) { sink.appendLine("no test ended differently") }
  }

  /// Writes the documented object, version 1.
  package func writeJSON(to sink: OutputSink) {
    JSONStream.write(to: sink) { json in
      json.number("version", 1)
      for section in sections { json.strings(section.key, section.tests) }
    }
  }
}
