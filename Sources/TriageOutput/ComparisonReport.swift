internal import SafeText
package import TriageModel

/// The answer of `compare`: the tests that differ between two runs, by what became of them.
package struct ComparisonReport {
  /// Tests of one fate.
  package struct Section {
    /// The fate in JSON: `newly_failing`.
    package var key: String
    /// The tests, with their leg behind them where they have one.
    package var tests: [String]

    /// How many there are, named or not.
    package var count: Int

    /// A fate's tests.
    package init(key: String, tests: [String], count: Int) {
      self.key = key
      self.tests = tests
      self.count = count
    }
  }

  /// Tests that are named of one fate for people who do not say how many they want.
  package static let shown = 50
  private let sections: [Section]
  private let before: RunRecord
  private let after: RunRecord

  /// A report of fates between two runs.
  package init(_ sections: [Section], before: RunRecord, after: RunRecord) {
    self.sections = sections
    self.before = before
    self.after = after
  }

  /// Writes the report for people.
  package func writeText(style: TextStyle, to sink: OutputSink) {
    for section in sections where section.count > 0 {
      let title = section.key.split(separator: "_").joined(separator: " ")
      sink.appendLine(style.paint("\(title) \(style.times(section.count))", .title))
      for test in section.tests { sink.appendLine("  " + Sanitizer.line(test)) }
      let rest = section.count - section.tests.count
      if rest > 0 {
        sink.appendLine(style.paint("  and \(CountText.of(rest)) more (--limit, or --json for all)", .aside))
      }
    }
    if sections.allSatisfy({ $0.count == 0 }) { sink.appendLine("no test ended differently") }
  }

  /// Writes the documented object, version 1.
  package func writeJSON(to sink: OutputSink) {
    JSONStream.write(to: sink) { json in
      json.number("version", 1)
      json.string("before", before.identity.id)
      json.string("after", after.identity.id)
      json.object("counts") { json in
        for section in sections { json.number(section.key, section.count) }
      }
      for section in sections { json.strings(section.key, section.tests) }
    }
  }
}
