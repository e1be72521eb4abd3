package import RunHistory
package import TriageModel

/// What one test did in the runs of a window, with the words of its failures.
package struct TestPast: Equatable {
  /// A run that the test was part of.
  package struct Entry: Equatable {
    /// The run.
    package var run: RunRecord
    /// A result a leg, in the order of the legs' names.
    package var results: [ResultRecord]
    /// The number that an item was known by there; nil for tests.
    package var measure: Double?

    /// How it ended, the worst of its legs.
    package var outcome: Outcome {
      results.map(\.outcome).min { $0.severity < $1.severity } ?? .skipped
    }

    /// Seconds of its slowest leg; nil when no leg tells.
    package var duration: Double? { results.compactMap(\.duration).max() }

    /// A test's results in a run.
    package init(run: RunRecord, results: [ResultRecord]) {
      self.run = run
      self.results = results
    }
  }

  /// Newest first.
  package var entries: [Entry]
  /// What failures say shortly, as far as that was kept.
  package var titles: [SignatureKey: String] = [:]

  /// The runs that a test was part of, newest first, and what its failures say.
  package init(entries: [Entry], titles: [SignatureKey: String] = [:]) {
    self.entries = entries
    self.titles = titles
  }

  /// The runs that failed, all attempts told.
  package var failed: Int { entries.count { $0.outcome.isFailing } }
}

extension HistoryService {
  /// Different failures of one test whose words are looked up.
  private static let mostTitles = 200

  /// What a test did in the runs of a window.
  package func past(of test: String, in window: HistoryWindow) throws(HistoryError) -> TestPast {
    let filter = HistoryFilter(window)
    let runs = try store.runs(of: repository, filter)
    let series = try store.series(of: test, in: repository, filter)
    let results = Dictionary(grouping: series.results, by: \.run)
    var past = TestPast(
      entries: runs.compactMap { run in
        results[run.key].map { TestPast.Entry(run: run, results: $0.sorted { $0.leg < $1.leg }) }
      })
    let measures = try store.measures(of: [test], in: repository, filter).first ?? []
    for place in past.entries.indices where !measures.isEmpty {
      past.entries[place].measure = measures.first { $0.run == past.entries[place].run.key }?.value
    }
    for key in Set(series.results.compactMap(\.signature)).sorted().prefix(Self.mostTitles) {
      past.titles[key] = try store.text(of: key, in: repository)?.title
    }
    return past
  }
}
