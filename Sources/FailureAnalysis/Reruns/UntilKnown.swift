/// How many attempts tell a flaky test from a broken one.
///
/// A pass and a failure make it flaky at once. Where all attempts fail, they are enough when a flake of the test's rate
/// would have passed by then but for the error; where all pass, when it would have failed.
package struct UntilKnown: Sendable, Equatable {
  /// What is known after some attempts.
  package enum Answer: Sendable, Equatable {
    /// More attempts are needed: so many, should all end as those before.
    case open(more: Int)
    /// It passed and failed.
    case flaky
    /// So many failed in a row, which a flake of a rate does with a probability.
    case failsEveryTime(count: Int, rate: Double, chance: Double)
    /// So many passed in a row, which a flake of a rate does with a probability: it is not reproduced here.
    case neverFails(count: Int, rate: Double, chance: Double)
    /// As many attempts as were allowed were made, and it is not known.
    case cut(at: Int)
  }

  /// The rate of a flake of which nothing is known, where it fails every time: a rarer one asks for fewer failures in a row.
  package static let assumedOfFailing = 0.5
  /// A rate beyond these tells nothing of the next attempts: it was seen too seldom otherwise.
  private static let tellable = 0.01...0.99

  /// The share of runs that the test failed in, 0 … 1; nil where it is not known.
  package let rate: Double?
  /// How likely a wrong answer may be, 0 … 1.
  package let error: Double
  /// Attempts at most.
  package let most: Int

  /// A rule for a test of some rate; nil where that is not known.
  package init(rate: Double?, error: Double, most: Int = .max) {
    self.rate = rate
    self.error = error
    self.most = most
  }

  /// The rate of the flake that is to be told from one that always fails, or from one that never does.
  package func rate(allFail: Bool) -> Double {
    let assumed = allFail ? Self.assumedOfFailing : ProofOfFix.assumedRate
    return min(max(rate ?? assumed, Self.tellable.lowerBound), Self.tellable.upperBound)
  }

  private func share(allFail: Bool) -> Double { allFail ? rate(allFail: true) : 1 - rate(allFail: false) }

  /// Attempts that must all fail, or all pass, to be enough; two at least.
  package func needed(allFail: Bool) -> Int { max(2, Streak.length(share: share(allFail: allFail), error: error)) }

  /// What is known after so many passes and failures; attempts that tell nothing are none of them.
  package func answer(passed: Int, failed: Int) -> Answer {
    let told = passed + failed
    if passed > 0, failed > 0 { return .flaky }
    let needed = told == 0 ? min(needed(allFail: true), needed(allFail: false)) : needed(allFail: failed > 0)
    if told > 0, told >= needed {
      let rate = rate(allFail: failed > 0)
      let chance = Streak.chance(of: told, share: share(allFail: failed > 0))
      return failed > 0
        ? .failsEveryTime(count: told, rate: rate, chance: chance)
        : .neverFails(count: told, rate: rate, chance: chance)
    }
    return told >= most ? .cut(at: most) : .open(more: min(needed, most) - told)
  }
}
