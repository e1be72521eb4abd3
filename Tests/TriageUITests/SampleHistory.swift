import TestSupport
import TriageMessages
import TriageModel

/// A history with what a list of runs must cope with: green and red runs, a mass failure, retries, legs, a crash.
enum SampleHistory {
  /// Failing tests of each run, newest first; -1 for a job that left nothing.
  private static let failing = [3, 2, 2, -1, 0, 812, 1, 0, 0, 0, 4, 4, 0]

  /// The runs, newest first, numbered by age; the newest is the one of `SampleRun`.
  static var records: [RunRecord] {
    failing.enumerated().map { place, failing in
      let age = Self.failing.count - place
      var run = RunRecord(
        key: RunKey(token: Int64(age)), identity: RunIdentity(source: "example", id: "\(4136 - place)"))
      run.commit = "\(place / 2 + 1)acabed881503eca1b175955d60e1c12df751bfb"
      run.commitTitle = titles[place / 2 % titles.count]
      run.branch = "main"
      run.startedAt = Timestamp(milliseconds: 1_763_280_000_000 - Int64(place) * 7_200_000)
      run.counts[.failed] = max(0, failing)
      run.counts[.passed] = failing < 0 ? 0 : 1040 - failing
      run.counts[.passedOnRetry] = place == 6 ? 12 : place == 1 ? 1 : 0
      run.isComplete = failing >= 0
      return run
    }
  }

  private static let titles = [
    "Restore the round trip", "Declare floats in the signature", "日本語のタイトル for wide columns",
    "Clip the logit\u{1B}[31m before the sigmoid so that nothing overflows, ever", "Use fsum",
  ]

  /// Records that are told apart by branch and label too.
  static var legs: [RunRecord] {
    records.enumerated().map { place, record in
      var record = record
      record.labels = ["python": place % 2 == 0 ? "3.12" : "3.13"]
      if place % 5 == 4 { record.branch = "feature/onnx" }
      return record
    }
  }

  /// What differs between any two of the runs: something in every section; nothing between equal numbers of failures.
  static func answer(_ pair: RunPair) -> RunComparisonAnswer {
    RunComparisonAnswer(
      pair: pair, comparison: pair == RunPair(before: 4, after: 5) ? RunComparison() : comparison(pair))
  }

  private static func comparison(_ pair: RunPair) -> RunComparison {
    func result(_ outcome: Outcome, _ run: RunKey, _ seconds: Double = 0.2, _ signature: UInt64? = nil) -> ResultRecord
    {
      ResultRecord(
        run: run, outcome: outcome, attempts: [outcome], duration: seconds, signature: signature.map(SignatureKey.init))
    }
    func item(_ test: String, _ before: ResultRecord?, _ after: ResultRecord?) -> RunComparison.Item {
      RunComparison.Item(test: test, before: before, after: after)
    }
    var comparison = RunComparison()
    let (before, after) = (pair.before, pair.after)
    comparison.newlyFailing = [
      item("tests/unit/test_handler.py::test_cold_start_budget", result(.passed, before), result(.timedOut, after)),
      item("tests/unit/test_new.py::test_shape[float32::cpu]", nil, result(.errored, after)),
    ]
    comparison.fixed = [
      item("tests/unit/test_features.py::test_feature[3]", result(.failed, before), result(.passed, after))
    ]
    comparison.stillFailing = [
      item(
        "tests/unit/test_scoring.py::test_scores_golden", result(.failed, before, 0.2, 1),
        result(.failed, after, 0.2, 2)),
      item(
        "tests/unit/test_scoring.py::test_scores_npz_golden", result(.errored, before, 0.2, 1),
        result(.failed, after, 0.2, 1)),
    ]
    comparison.added = (0..<30).map { item("tests/unit/test_new.py::test_added[\($0)]", nil, result(.passed, after)) }
    comparison.vanished = [item("tests/unit/test_old.py::test_gone", result(.skipped, before), nil)]
    comparison.slower = [
      item("tests/unit/test_features.py::test_feature[7]", result(.passed, before, 0.2), result(.passed, after, 1.9))
    ]
    return comparison
  }
}
