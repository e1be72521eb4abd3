package import TriageModel

/// How many passes in a row prove that a flaky test is mended.
///
/// So many that a test of the old rate does that with a probability of at most the error: (1 − rate)ⁿ ≤ error. The rate
/// is the one that was seen; of few failures (`Thresholds.mendableFailures`) the lower end of its interval, since one
/// failure of three runs is not yet a rate of a third. The verdict *fixed* asks for the same.
package struct ProofOfFix: Sendable, Equatable {
  /// The rate of a test of which none is known: lower than that of most flakes that are looked after.
  package static let assumedRate = 0.1

  /// The old rate as it is taken, 0 … 1.
  package let rate: Double
  /// Whether it is assumed, since none is known.
  package let isAssumed: Bool
  /// Passes in a row that are needed.
  package let passes: Int

  /// A proof for a test that failed so often; nil where that is not known.
  package init(rate: Verdict.Rate?, error: Double, thresholds: Thresholds = .standard) {
    let known = rate.map { Self.share($0, thresholds) }.flatMap { $0 > 0 ? $0 : nil }
    isAssumed = known == nil
    self.rate = known ?? Self.assumedRate
    passes = Streak.length(share: 1 - self.rate, error: error)
  }

  /// The rate that passes must be unlikely for.
  static func share(_ rate: Verdict.Rate, _ thresholds: Thresholds) -> Double {
    rate.count < thresholds.mendableFailures ? rate.low : rate.share
  }

  /// Whether passes in a row, without a failure before them in this proof, are enough.
  package func isProven(passed: Int, failed: Int) -> Bool { failed == 0 && passed >= passes }

  /// What passes in a row mean: `42 passes in a row: a test that failed 15 % of the time does that once in 920`.
  package func sentence(passed: Int) -> String {
    let chance = Streak.chance(of: passed, share: 1 - rate)
    let times: String =
      switch chance {
      case ...1e-6: "more than a million"
      default: CountText.of(Int((1 / chance).rounded()))
      }
    let origin = isAssumed ? " (its old rate is not known)" : ""
    let count = CountText.of(passed) + (passed == 1 ? " pass" : " passes")
    return "\(count) in a row: a test that failed \(ShareText.of(rate)) of the time "
      + "does that once in \(times)\(origin)"
  }
}
