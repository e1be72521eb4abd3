import Goldens
import TestSupport
import Testing
import TriageModel

/// The pairs of a real project's runs.
@Suite(.enabled(if: Corpus.exists, "\(Corpus.absence)"))
struct ChurnPairsTests {
  private let project: TemporaryFolder

  init() throws {
    project = try TemporaryFolder()
    let clone = ["git", "clone", "-q", "-b", "main", Corpus.root + "/churn/project.bundle", project.at("project")]
    try #require(Shell.run(clone).status == 0)
  }

  private func pairs(_ run: String) -> [GoldenPair] {
    GoldenConventions.pairs(
      in: RecordedRun(run: Corpus.root + "/churn/runs/" + run, repository: project.at("project")).evidence)
  }

  @Test func findsEveryGoldenOfARun() throws {
    let found = pairs("036").map { "\($0.location) \($0.recovery.name) \($0.test)" }
    #expect(
      found == [
        "tests/plots/baseline/test_score_histogram.png exact bytes tests/plots/test_reliability.py::test_score_histogram",
        "tests/unit/__snapshots__/test_scoring.ambr::test_score_summary_snapshot replayed and checked"
          + " tests/unit/test_scoring.py::test_score_summary_snapshot",
        "tests/unit/test_features/test_encoding_golden.csv exact bytes tests/unit/test_features.py::test_encoding_golden",
        "tests/unit/test_features/test_encoding_strict_golden.csv exact bytes"
          + " tests/unit/test_features.py::test_encoding_strict_golden",
        "tests/unit/test_scoring/test_report_text_golden.txt exact bytes"
          + " tests/unit/test_scoring.py::test_report_text_golden",
        "tests/unit/test_scoring/test_scores_golden.yml exact bytes tests/unit/test_scoring.py::test_scores_golden",
        "tests/unit/test_scoring/test_scores_npz_golden.npz exact bytes"
          + " tests/unit/test_scoring.py::test_scores_npz_golden",
      ])
  }

  @Test func rebuildsFromTheFailureWhatItWouldHaveFoundInFiles() throws {
    let run = RecordedRun(run: Corpus.root + "/churn/runs/036", repository: project.at("project"))
    var withoutFiles = run
    withoutFiles.rename = { $0.contains("basetemp") ? "elsewhere/" + String($0.hashValue) : $0 }
    let all = GoldenConventions.pairs(in: run.evidence)
    let rebuilt = GoldenConventions.pairs(in: withoutFiles.evidence).filter { $0.convention == "pytest-regressions" }
    #expect(
      rebuilt.filter { $0.recovery == .replayed }.map(\.location.fileName) == [
        "test_report_text_golden.txt", "test_scores_golden.yml",
      ])
    #expect(
      rebuilt.filter { $0.recovery == .statistics }.map(\.location.fileName) == [
        "test_encoding_strict_golden.csv", "test_scores_npz_golden.npz",
      ])
    for pair in rebuilt where pair.recovery == .replayed {
      let known = try #require(all.first { $0.location == pair.location })
      #expect(run.bytes(pair.actual, pair.location) == run.bytes(known.actual, known.location), "\(pair.location)")
    }
  }
}
