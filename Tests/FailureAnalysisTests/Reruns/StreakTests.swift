import FailureAnalysis
import TestSupport
import Testing
import TriageModel

struct StreakTests {
  @Test func lengthsAndChances() {
    #expect(Streak.length(share: 0.85, error: 0.001) == 43)
    #expect(Streak.length(share: 0.5, error: 1.0 / 1024) == 10)
    #expect(Streak.length(share: 0, error: 0.01) == 1)
    #expect(Streak.length(share: 1, error: 0.01) == .max)
    #expect(abs(1 / Streak.chance(of: 42, share: 0.85) - 920.9) < 1)
  }

  /// A length is the least that is enough.
  @Test func aLengthIsTheLeastThatIsEnough() {
    for share in [0.01, 0.3, 0.5, 0.85, 0.99] {
      for error in [0.1, 0.01, 0.001] {
        let length = Streak.length(share: share, error: error)
        #expect(Streak.chance(of: length, share: share) <= error * (1 + 1e-6))
        #expect(length == 1 || Streak.chance(of: length - 1, share: share) > error)
      }
    }
  }

  @Test func knowsAFlakeAtOnceAndTheRestWhenAFlakeIsUnlikely() {
    let rule = UntilKnown(rate: 0.3, error: 0.01, most: 100)
    #expect(rule.answer(passed: 1, failed: 1) == .flaky)
    #expect(rule.answer(passed: 0, failed: 0) == .open(more: 4))
    #expect(rule.answer(passed: 0, failed: 3) == .open(more: 1))
    #expect(rule.answer(passed: 12, failed: 0) == .open(more: 1))
    guard case .failsEveryTime(4, 0.3, let chance) = rule.answer(passed: 0, failed: 4) else {
      Issue.record("not known")
      return
    }
    #expect(chance <= 0.01)
    guard case .neverFails(13, 0.3, _) = rule.answer(passed: 13, failed: 0) else {
      Issue.record("not known")
      return
    }
  }

  @Test func takesARateWhereNoneIsKnown() {
    let rule = UntilKnown(rate: nil, error: 0.01, most: 5)
    #expect(rule.needed(allFail: true) == 7 && rule.needed(allFail: false) == 44)
    #expect(rule.answer(passed: 4, failed: 0) == .open(more: 1))
    #expect(rule.answer(passed: 5, failed: 0) == .cut(at: 5))
  }

  @Test func aProofAsksForPassesThatTheOldRateMakesUnlikely() {
    let rate = Wilson.rate(6, of: 40)
    let proof = ProofOfFix(rate: rate, error: 1.0 / 900)
    #expect(proof.passes == 42)
    #expect(proof.isProven(passed: 42, failed: 0))
    #expect(!proof.isProven(passed: 41, failed: 0) && !proof.isProven(passed: 99, failed: 1))
    #expect(
      proof.sentence(passed: 42)
        == "42 passes in a row: a test that failed 15 % of the time does that once in 921")
  }

  /// One failure of three runs is not a rate of a third yet.
  @Test func aProofOfFewFailuresTakesTheLeastRate() {
    #expect(ProofOfFix(rate: Wilson.rate(1, of: 3), error: 0.01).rate == Wilson.rate(1, of: 3).low)
    #expect(ProofOfFix(rate: Wilson.rate(3, of: 9), error: 0.01).rate == 1.0 / 3)
    let unknown = ProofOfFix(rate: nil, error: 0.01)
    #expect(unknown.isAssumed && unknown.passes == 44)
    #expect(unknown.sentence(passed: 44).hasSuffix("(its old rate is not known)"))
  }
}

struct RateEvidenceTests {
  /// By hand: (B(4.5, ½) ÷ B(½, ½))² ÷ 2⁻⁸ = (35/128)² × 256.
  @Test func aRatioByHand() {
    let ratio = RateEvidence.logarithm([(4, 4), (0, 4)])
    #expect(abs(ratio - 2.951_3) < 0.001)
    #expect(RateEvidence.logarithm([]) == 0)
    #expect(RateEvidence.logarithm([(3, 7)]) <= 0)
    #expect(RateEvidence.logarithm([(3, 7), (0, 0)]) == RateEvidence.logarithm([(3, 7)]))
  }

  /// Whenever one looks, and whatever is run next for what was seen: a ratio of 20 comes at most once in 20.
  @Test func holdsWheneverOneLooks() {
    var numbers = Seeded(state: 11)
    for rate in [0.05, 0.3, 0.5, 0.9] {
      var exceeded = 0
      for _ in 0..<400 {
        var groups = [(failures: 0, total: 0), (failures: 0, total: 0)]
        for _ in 0..<100 {
          // Runs go to the one that failed less often so far, which a test of fixed numbers does not stand.
          let index = groups[0].failures * (groups[1].total + 1) < groups[1].failures * (groups[0].total + 1) ? 0 : 1
          groups[index].total += 1
          if numbers.chance(rate) { groups[index].failures += 1 }
          if RateEvidence.logarithm(groups) >= 2.995_732 {
            exceeded += 1
            break
          }
        }
      }
      #expect(exceeded <= 20)
    }
  }
}
