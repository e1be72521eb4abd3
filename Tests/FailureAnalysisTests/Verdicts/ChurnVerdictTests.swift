import FailureAnalysis
import TestSupport
import Testing
import TriageModel
import TriageServices

/// The verdicts on forty real runs, against what is true of them (`TRUTH.md` beside them).
@Suite(.enabled(if: Corpus.exists, Comment(rawValue: Corpus.absence)))
struct ChurnVerdictTests {
  private let churn: Churn

  init() throws { churn = try Churn() }

  @Test func flakyTestsAreThoseThatWerePlanted() {
    let flaky = churn.names { $0.label == .flaky }
    #expect(flaky == ["test_cold_start_budget", "test_feature_store_lookup", "test_retry_order"])
    #expect(churn.verdict("test_retry_order").rate?.count == 6)
    #expect(churn.verdict("test_retry_order").rate?.of == 40)
    #expect(churn.verdict("test_feature_store_lookup").rate?.count == 3)
    #expect(churn.verdict("test_cold_start_budget").rate?.count == 3)
  }

  @Test func goldensAreBrokenSinceTheirCommits() {
    #expect(
      churn.names { $0.label == .broken } == [
        "expect_column_values_to_be_in_set(plan)", "expect_column_values_to_not_be_null(monthly_spend)",
        "test_encoding_strict_golden", "test_report_text_golden", "test_score_histogram", "test_score_summary_snapshot",
        "test_scores_golden", "test_scores_npz_golden", "test_signature_matches_manifest",
      ])
    #expect(churn.firstFailure("test_encoding_strict_golden") == 11)
    #expect(churn.firstFailure("expect_column_values_to_not_be_null(monthly_spend)") == 21)
    #expect(churn.firstFailure("expect_column_values_to_be_in_set(plan)") == 26)
    for test in [
      "test_scores_golden", "test_scores_npz_golden", "test_report_text_golden", "test_score_summary_snapshot",
    ] {
      #expect(churn.firstFailure(test) == 16)
      #expect(churn.changes(test) == [21], "\(test)")
    }
    #expect(churn.firstFailure("test_score_histogram") == 16)
    #expect(churn.changes("test_encoding_strict_golden") == [])
    #expect(churn.firstFailure("test_signature_matches_manifest") == 26)
  }

  @Test func theMendedTestIsFixed() {
    #expect(churn.names { $0.label == .fixed } == ["test_onnx_round_trip"])
    #expect(churn.runNumber(churn.verdict("test_onnx_round_trip").fixedIn) == 36)
  }
}

/// The forty runs as a history would keep them.
private struct Churn {
  var runs: [RunRecord] = []
  var series: [String: TestSeries] = [:]
  var verdicts: [String: Verdict] = [:]

  init() throws {
    let cache = try TemporaryFolder()
    var request = LoadRequest(paths: [Corpus.root + "/churn/runs"], repositoryRoot: nil, cacheFolder: cache.path)
    request.isOneRun = false
    let loaded = try RunLoader.load(request)
    var maker = SignatureMaker()
    for run in loaded.runs {
      var record = RunRecord(key: RunKey(token: Int64(runs.count)), identity: run.info.identity)
      record.commit = run.info.commit
      record.startedAt = run.info.startedAt
      record.counts = run.table.counts
      runs.append(record)
      for index in 0..<run.table.count {
        let test = TestIndex(index)
        let id = run.table.id(of: test)
        series[id, default: TestSeries(test: id, results: [])].results.append(
          ResultRecord(
            run: record.key, outcome: run.table.outcome(of: test), attempts: run.table.attemptOutcomes(of: test),
            duration: run.table.duration(of: test), signature: maker.key(of: test, in: run.table),
            leg: run.table.leg(of: test)))
      }
    }
    let judge = VerdictJudge(runs: runs)
    guard let newest = judge.timeline.runs.last?.key else { return }
    verdicts = series.mapValues { judge.judge($0, at: newest) }
  }

  func names(where isWanted: (Verdict) -> Bool) -> [String] {
    verdicts.filter { isWanted($0.value) }.map { shortName($0.key) }.sorted()
  }

  func verdict(_ name: String) -> Verdict {
    verdicts.first { shortName($0.key) == name }?.value ?? Verdict(.unknown, why: ["no such test"])
  }

  func firstFailure(_ name: String) -> Int? { runNumber(verdict(name).range?.firstFailure) }

  func changes(_ name: String) -> [Int?] { verdict(name).failureChanges.map { runNumber($0) } }

  /// 1 for the run 4101.
  func runNumber(_ run: RunKey?) -> Int? {
    guard let id = runs.first(where: { $0.key == run })?.identity.id else { return nil }
    return Int(id).map { $0 - 4100 }
  }

  private func shortName(_ id: String) -> String { String(id.split(separator: ":").last ?? "") }
}
