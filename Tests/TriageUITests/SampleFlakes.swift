import TerminalKit
import TriageMessages
import TriageModel

@testable import TriageUI

/// A window of sixty runs with tests that flake in ways people know; the newest run is the one of `SampleRun`.
enum SampleFlakes {
  static let runCount = 60

  static var runs: [RunRecord] {
    (0..<runCount).map { place in
      let id = place == 0 ? "4136" : "\(4136 - place)"
      var run = RunRecord(key: RunKey(token: Int64(1000 - place)), identity: RunIdentity(source: "example", id: id))
      run.commit = String(repeating: "\((place / 5) % 10)", count: 40)
      run.commitTitle = "Change number \(12 - place / 5)"
      run.branch = "main"
      run.startedAt = Timestamp(milliseconds: 1_763_000_000_000 - Int64(place) * 43_200_000)
      return run
    }
  }

  /// A test whose runs read so, the newest at the left; a blank is a run without it, what is not said passed.
  static func row(
    _ test: String, _ cells: String, minutes: Double = 0.5, owner: String? = nil, label: Verdict.Label = .flaky
  ) -> FlakeList.Row {
    var outcomes = cells.map { letter in Outcome.allCases.first { $0.letter == letter } }
    while outcomes.count < runCount { outcomes.append(.passed) }
    let present = outcomes.compactMap(\.self)
    let flaked = present.filter { $0.isFailing || $0 == .passedOnRetry }
    let rate = Verdict.Rate(count: flaked.count, of: present.count, low: 0.05, high: 0.25)
    var statistics = FlakeStatistics(rate: rate)
    statistics.failures = present.count(where: \.isFailing)
    statistics.passedOnRetry = flaked.count - statistics.failures
    statistics.minutes = minutes
    statistics.cost = minutes + 28 * Double(statistics.failures)
    statistics.transitions = 0.2
    if statistics.failures > 4 {
      statistics.trend = RateTrend(direction: .rising, before: rate, after: rate, p: 0.01)
    }
    let verdict = Verdict(
      label, why: ["2 commits both passed and failed", "6 changes between pass and fail"],
      flips: ["30 days without a failing attempt make it passing"], rate: label == .flaky ? rate : nil)
    let seen = outcomes.indices.filter { outcomes[$0].map { $0.isFailing || $0 == .passedOnRetry } ?? false }
    let flake = FlakyTest(test: test, verdict: verdict, statistics: statistics, owner: owner)
    return FlakeList.Row(
      flake: flake, cells: outcomes, firstSeen: seen.last.map { runs[$0] }, lastSeen: seen.first.map { runs[$0] })
  }

  static var rows: [FlakeList.Row] {
    [
      row("tests/unit/test_handler.py::test_retry_order", ".r.F....F...r.....F..F....F", owner: "@serving"),
      row(
        "tests/unit/test_handler.py::TestCold::test_cold_start_budget[gpu-fp16]", "...T......E    .T", owner: "@infra"),
      row("tests/unit/test_features.py::test_feature[3]", ".....r..s..r", minutes: 3),
    ]
  }

  static func answer(_ request: FlakesRequest, _ rows: [FlakeList.Row] = rows) -> FlakeList {
    let broken = row("tests/unit/test_scoring.py::test_scores_golden", "FFFFFFFFFFFF", label: .broken)
    var list = FlakeList(request: request, runs: runs, rows: rows)
    list.total.runs = runCount
    list.total.unsteady = rows.count + 1
    list.total.flaky = rows.count
    list.total.failures = rows.reduce(0) { $0 + $1.flake.statistics.failures }
    list.total.cost = rows.reduce(0) { $0 + $1.flake.statistics.cost }
    if request.isAll { list.rows.insert(broken, at: 0) }
    return list
  }

  static func answer(_ request: AttemptRequest) -> AttemptAnswer {
    let place = Int(1000 - request.run.token)
    let row = (rows + answer(FlakesRequest(generation: 0, window: .all, isAll: true)).rows).first {
      $0.flake.test == request.test
    }
    guard let outcome = row?.cells[place] else { return AttemptAnswer(request: request, results: [], text: nil) }
    let attempts: [Outcome] = outcome == .passedOnRetry ? [.failed, .failed, .passed] : [outcome]
    let failed = outcome.isFailing || outcome == .passedOnRetry
    return AttemptAnswer(
      request: request,
      results: [ResultRecord(run: request.run, outcome: outcome, attempts: attempts, duration: 2.25)],
      text: failed
        ? "AssertionError: order was b, a\n\u{1B}[2Jassert ['b', 'a'] == ['a', 'b']\n\ntests/unit/test_handler.py:30: AssertionError"
        : nil)
  }
}
