internal import Foundation
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
    if counts.passed > 0, counts.failed > 0 { return true }
    return counts.told >= Self.needed(allPassed: counts.failed == 0, test.failureRate, error)
  }

  /// The attempts of one kind after which the other is unlikely, for a flake of some rate.
  static func needed(allPassed: Bool, _ rate: Double?, _ error: Double) -> Int {
    let rate = min(max(rate ?? (allPassed ? 0.1 : 0.5), 0.01), 0.99)
    let chance = allPassed ? 1 - rate : rate
    return max(2, Int((log(error) / log(chance)).rounded(.up)))
  }
}

extension RerunStop {
  /// The rate that is taken where none is known.
  private static let usualRate = 0.1

  /// The passes in a row that prove each of some tests mended: those of the rarest flake among them.
  package static func passes(of tests: [RerunTest], error: Double) -> Int {
    tests.map { needed(allPassed: true, $0.failureRate ?? usualRate, error) }.max() ?? 1
  }

  /// What a row of passes proves: `42 passes in a row: a test that failed 15 % of the time does that once in 920`.
  package static func proof(passes: Int, rate: Double?) -> String {
    let share = min(max(rate ?? usualRate, 0.001), 0.999)
    let once = 1 / pow(1 - share, Double(passes))
    let times = once < 1e6 ? CountText.of(Int(once.rounded())) : "more than a million"
    let origin = rate == nil ? " (its old rate is not known)" : ""
    return
      "\(passes) passes in a row: a test that failed \(ShareText.of(share)) of the time does that once in \(times)\(origin)"
  }
}
