import FailureAnalysis
import TriageModel

/// Histories written as one letter a run: `.` passed, `r` passed on retry, `F` failed, `G` and `N` failed otherwise, `s` skipped.
///
/// In synthetic histories also `f` a flake without retries, `B` and `b` a breakage, `K` a night that a rule knows, `M` a mass failure.
struct History {
  /// What the failures of some letters say.
  static let flake = SignatureKey(1)
  /// See `flake`.
  static let night = SignatureKey(2)
  /// See `flake`.
  static let knownNight = SignatureKey(5)
  /// See `flake`.
  static let mass = SignatureKey(6)

  var runs: [RunRecord] = []
  var series: TestSeries
  /// What failed in each run: where more than the test is to fail, as many others with its text.
  var failures = RunFailures()

  /// Runs two hours apart, `perCommit` of them on each commit; nil for no commits.
  init(_ letters: String, perCommit: Int? = 5, failing: [Int: (failing: Int, total: Int)] = [:]) {
    series = TestSeries(test: "suite::test", results: [])
    for (index, letter) in letters.enumerated() {
      var run = RunRecord(
        key: RunKey(token: Int64(index + 1)), identity: RunIdentity(source: "ci", id: "\(100 + index)"))
      run.commit = perCommit.map { "commit\(index / $0)" }
      run.startedAt = Timestamp(milliseconds: 1_700_000_000_000 + Int64(index) * 7_200_000)
      let counts = failing[index] ?? (0, 100)
      run.counts[.failed] = counts.failing
      run.counts[.passed] = counts.total - counts.failing
      runs.append(run)
      guard let result = Self.result(letter, run: run.key) else { continue }
      series.results.append(result)
      let others = (0..<Int64(max(1, counts.failing))).map {
        RunFailures.Failure(test: TestKey(token: $0), signature: result.signature)
      }
      if result.outcome.isFailing { failures.set(others, of: run.key) }
    }
  }

  /// The result that a letter stands for; nil for a blank: not run.
  static func result(_ letter: Character, run: RunKey, leg: String = "") -> ResultRecord? {
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
    case "f": ResultRecord(run: run, outcome: .failed, attempts: [.failed], signature: flake, leg: leg)
    case "B":
      ResultRecord(run: run, outcome: .failed, attempts: [.failed, .failed], signature: SignatureKey(4), leg: leg)
    case "b": ResultRecord(run: run, outcome: .failed, attempts: [.failed], signature: SignatureKey(4), leg: leg)
    case "K": ResultRecord(run: run, outcome: .failed, attempts: [.failed], signature: knownNight, leg: leg)
    case "M": ResultRecord(run: run, outcome: .failed, attempts: [.failed], signature: mass, leg: leg)
    case "s": ResultRecord(run: run, outcome: .skipped, attempts: [.skipped], leg: leg)
    default: nil
    }
  }

  /// The verdict in the last run, or in another run.
  func verdict(at run: RunKey? = nil, given: VerdictJudge.Given = .init()) -> Verdict {
    VerdictJudge(runs: runs, failures: failures).judge(series, at: run ?? runs[runs.count - 1].key, given: given)
  }
}
