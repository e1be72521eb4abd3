/// How much speaks for conditions having failure rates of their own, and not one rate: an e-value.
///
/// The ratio of two likelihoods of what was seen: above, each condition has its own rate, drawn from a prior
/// Beta(a, a); below, all share the one rate that explains it best. If they do share one, the ratio exceeds 1 ÷ error at
/// any time with a probability of at most `error`, however the runs were spread over the conditions and whenever one
/// looked (Ville's inequality; L. Wasserman, A. Ramdas, S. Balakrishnan, *Universal inference*, PNAS 2020, §8). Fisher's
/// exact test does not hold here: it takes the numbers of runs for settled before the first, and these follow what was seen.
package enum RateEvidence {
  /// Jeffreys' prior: any rate.
  package static let anyRate = 0.5
  /// A prior for conditions that decide alone: nearly never or nearly always.
  package static let decided = 0.1

  /// The natural logarithm of the ratio; at most 0 where only one condition was tried.
  ///
  /// - Parameter prior: The a of the prior.
  package static func logarithm(_ groups: [(failures: Int, total: Int)], prior: Double = anyRate) -> Double {
    var failures = 0
    var total = 0
    var own = 0.0
    for group in groups where group.total > 0 {
      failures += group.failures
      total += group.total
      own += LogGamma.logBeta(Double(group.failures) + prior, Double(group.total - group.failures) + prior)
      own -= LogGamma.logBeta(prior, prior)
    }
    return own - best(failures, total) - best(total - failures, total)
  }

  /// k ln(k ÷ n)
  private static func best(_ count: Int, _ total: Int) -> Double {
    count == 0 ? 0 : Double(count) * LogGamma.logarithm(Double(count) / Double(total))
  }
}
