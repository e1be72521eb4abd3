import FailureAnalysis
import TriageModel

/// Histories written as one letter a run: `.` passed, `r` passed on retry, `F` failed, `G` and `N` failed otherwise, `s` skipped.
struct History {
  var runs: [RunRecord] = []
  var series: TestSeries

  /// Runs two hours apart, `perCommit` of them on each commit; nil for no commits.
  init(_ letters: String, perCommit: Int? = 5, failing: [Int: (failing: Int, total: Int)] = [:]) {
    series = TestSeries(test: "suite::test", results: [])
    for (index, letter) in letters.enumerated() {
      var run = RunRecord(number: Int64(index + 1), identity: RunIdentity(source: "ci", id: "\(100 + index)"))
      run.commit = perCommit.map { "commit\(index / $0)" }
      run.startedAt = Timestamp(milliseconds: 1_700_000_000_000 + Int64(index) * 7_200_000)
      let counts = failing[index] ?? (0, 100)
      run.counts[.failed] = counts.failing
      run.counts[.passed] = counts.total - counts.failing
      runs.append(run)
      if let result = Self.result(letter, run: run.number) { series.results.append(result) }
    }
  }

  /// The result that a letter stands for; nil for a blank: not run.
  static func result(_ letter: Character, run: Int64, leg: String = "") -> ResultRecord? {
    switch letter {
    case ".": ResultRecord(run: run, outcome: .passed, attempts: [.passed], leg: leg)
    case "r":
      ResultRecord(
        run: run, outcome: .passedOnRetry, attempts: [.failed, .passed], signature: SignatureKey(1), leg: leg)
    case "F":
      ResultRecord(
        run: run, outcome: .failed, attempts: [.failed, .failed], signature: SignatureKey(1), leg: leg)
    case "G":
      ResultRecord(run: run, outcome: .failed, attempts: [.failed], signature: SignatureKey(2), leg: leg)
    case "N": ResultRecord(run: run, outcome: .failed, attempts: [.failed], signature: SignatureKey(3), leg: leg)
    case "s": ResultRecord(run: run, outcome: .skipped, attempts: [.skipped], leg: leg)
    default: nil
    }
  }

  /// The verdict in the last run, or in the run of a number.
  func verdict(at run: Int64? = nil, given: VerdictJudge.Given = .init()) -> Verdict {
    VerdictJudge(runs: runs).judge(series, at: run ?? runs[runs.count - 1].number, given: given)
  }
}
