internal import FailureAnalysis
package import TriageActions
package import TriageModel

/// Says when enough is known of a test that is run again.
package struct RerunStop: Sendable {
  private let count: RerunOrder.Count
  private let error: Double

  /// The rule of an order; `error` is how likely a wrong answer may be, 0 … 1.
  package init(_ count: RerunOrder.Count, error: Double) {
    self.count = count
    self.error = error
  }

  /// Attempts that tell nothing after which a test of which nothing else is known is left alone.
  private static let mostUnusable = 3

  /// Whether another attempt is to be made.
  package func isOpen(_ counts: RerunCounts, of test: RerunTest) -> Bool {
    switch count {
    case .times: return true
    case .untilFail: return counts.failed == 0 && !isHopeless(counts)
    case .prove(let passes): return counts.failed == 0 && counts.passed < passes && !isHopeless(counts)
    case .untilKnown: return !isKnown(counts, of: test) && !isHopeless(counts)
    }
  }

  private func isHopeless(_ counts: RerunCounts) -> Bool {
    counts.told == 0 && counts.unusable.values.reduce(0, +) >= Self.mostUnusable
  }

  private func isKnown(_ counts: RerunCounts, of test: RerunTest) -> Bool {
    switch UntilKnown(rate: test.failureRate?.share, error: error).answer(passed: counts.passed, failed: counts.failed)
    {
    case .open: false
    case .flaky, .failsEveryTime, .neverFails, .cut: true
    }
  }
}

extension RerunStop {
  /// The passes in a row that prove each of some tests mended: those of the rarest flake among them.
  package static func passes(of tests: [RerunTest], error: Double) -> Int {
    tests.map { ProofOfFix(rate: $0.failureRate, error: error).passes }.max() ?? 1
  }

  /// What a row of passes proves: `42 passes in a row: a test that failed 15 % of the time does that once in 920`.
  package static func proof(passes: Int, rate: Verdict.Rate?, error: Double) -> String {
    ProofOfFix(rate: rate, error: error).sentence(passed: passes)
  }
}
