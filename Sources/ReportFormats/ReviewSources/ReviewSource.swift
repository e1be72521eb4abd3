package import TriageModel

/// A report of things to review that are no tests: one source a file in this folder, one line in `ReviewSources.all`.
///
/// It is read as reports of tests are, under the same limits and the same contract tests; only its rows are of a kind of
/// their own. A thing that is well comes too: the history must know of it to say when it broke.
package protocol ReviewSource: ReportFormat {
  /// What kind of items its reports hold.
  static var kind: ItemKind { get }
}

extension ReviewSource {
  /// Of reports of items none tells of another's: in what order they are read changes nothing.
  package static var richness: Int { -(ReviewSources.all.firstIndex { $0.id == id } ?? 0) - 100 }

  /// When items were made tells nothing of runs: stores and baselines lie about for months.
  package static var marks: ReportMarks { ReportMarks() }
}

/// The registry of sources of review items, sorted by id. To add one: its file in this folder, its test, its fixtures, a
/// line here.
package enum ReviewSources {
  /// All sources.
  package static let all: [any ReviewSource.Type] = [
    AssayContracts.self, Bandit.self, CargoCriterion.self, Cobertura.self, CosmicRay.self, CoveragePy.self,
    Criterion.self, DVC.self, GoogleBenchmark.self, GreatExpectations.self, Hyperfine.self, JaCoCo.self, JMH.self,
    LCOV.self, MLflow.self, Mutmut.self, MutmutResults.self, Pact.self, PytestBenchmark.self, SARIF.self, Stryker.self,
  ]

  /// The kinds of item that some source brings, by their words, sorted.
  package static var kinds: [ItemKind] {
    Dictionary(all.map { ($0.kind.word, $0.kind) }) { first, _ in first }.values.sorted { $0.word < $1.word }
  }
}

extension CaseWriter {
  /// Adds a review item.
  mutating func add(_ item: ReviewItem) {
    builder.add(item)
    result.caseCount += 1
  }
}
