internal import SafeText
internal import TriageModel

/// The answer of `ingest`: what became of each run.
package struct IngestReport {
  /// One run.
  package struct Item {
    /// The run as people call it.
    package var name: String
    /// `added`, `completed` or `known`; of a link also `without_results`, or `not_ended`.
    package var state: String
    /// Results that are new.
    package var results: Int
    /// Tests that are new.
    package var newTests: Int

    /// What became of a run.
    package init(name: String, state: String, results: Int = 0, newTests: Int = 0) {
      self.name = name
      self.state = state
      self.results = results
      self.newTests = newTests
    }
  }

  /// Runs that went because they are too old to be kept.
  package struct Forgotten {
    /// How many.
    package var runs: Int
    /// Their results.
    package var results: Int
    /// The days that are kept.
    package var days: Int

    /// So many runs and results.
    package init(runs: Int, results: Int, days: Int) {
      self.runs = runs
      self.results = results
      self.days = days
    }
  }

  /// What went; nil when nothing did.
  package var forgotten: Forgotten?
  private let items: [Item]

  /// A report of runs.
  package init(_ items: [Item]) { self.items = items }

  private func count(_ state: String) -> Int { items.count { $0.state == state } }

  /// Writes the report for people: one line, and one more when something went.
  package func writeText(to sink: OutputSink) {
    let results = items.reduce(0) { $0 + $1.results }
    let tests = items.reduce(0) { $0 + $1.newTests }
    sink.appendLine(
      "\(CountText.of(count("added"), "run")) added, \(CountText.of(count("completed"))) completed, "
        + "\(CountText.of(count("known"))) known · \(CountText.of(results, "result")), \(CountText.of(tests)) seen first"
    )
    if count("without_results") + count("not_ended") > 0 {
      sink.appendLine(
        "\(CountText.of(count("without_results"), "run")) without results, \(CountText.of(count("not_ended"))) not ended: "
          + "left out")
    }
    if let forgotten {
      sink.appendLine(
        "\(CountText.of(forgotten.runs, "run")) older than \(CountText.of(forgotten.days, "day")) forgotten "
          + "(\(CountText.of(forgotten.results, "result")))")
    }
  }

  /// Writes the documented object, version 1.
  package func writeJSON(to sink: OutputSink) {
    JSONStream.write(to: sink) { json in
      json.number("version", 1)
      for state in ["added", "completed", "known", "without_results", "not_ended"] { json.number(state, count(state)) }
      json.number("forgotten", forgotten?.runs ?? 0)
      json.array("runs") { json in
        for item in items {
          json.object(onNewLine: true) { json in
            json.string("run", item.name)
            json.string("state", item.state)
            json.number("results", item.results)
            json.number("new_tests", item.newTests)
          }
        }
      }
    }
  }
}
