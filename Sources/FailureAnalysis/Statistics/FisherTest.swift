package import TriageModel

/// Fisher's exact test: whether two pass rates differ by more than chance.
package enum FisherTest {
  /// The two-sided probability of a table at least as unlikely as the one seen, given its margins; 1 where a side is empty.
  ///
  /// - Parameters:
  ///   - first: Failures and all of the one range.
  ///   - second: Failures and all of the other.
  package static func twoSided(
    _ first: (failures: Int, total: Int), _ second: (failures: Int, total: Int)
  ) -> Double {
    guard first.total > 0, second.total > 0, (0...first.total).contains(first.failures),
      (0...second.total).contains(second.failures)
    else { return 1 }
    let failures = first.failures + second.failures
    let whole = LogGamma.logChoose(first.total + second.total, failures)
    func logChance(_ count: Int) -> Double {
      LogGamma.logChoose(first.total, count) + LogGamma.logChoose(second.total, failures - count) - whole
    }
    let seen = logChance(first.failures)
    var sum = 0.0
    for count in max(0, failures - second.total)...min(first.total, failures) {
      let chance = logChance(count)
      // What is as likely as the table seen counts, whatever the last digits say.
      if chance <= seen + 1e-7 { sum += LogGamma.exponential(chance) }
    }
    return min(1, sum)
  }
}

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Logarithms of the gamma and beta functions, as the statistics need them.
enum LogGamma {
  /// ln Γ(x) for x > 0: Lanczos' approximation (g = 7, nine terms), good to 1e-13; pure, unlike C's `lgamma`.
  static func value(_ x: Double) -> Double {
    guard x > 0, x.isFinite else { return .infinity }
    if x < 0.5 { return log(.pi / sin(.pi * x)) - value(1 - x) }
    let shifted = x - 1
    var sum = terms[0]
    for index in 1..<terms.count { sum += terms[index] / (shifted + Double(index)) }
    let t = shifted + 7.5
    return 0.5 * log(2 * .pi) + (shifted + 0.5) * log(t) - t + log(sum)
  }

  /// ln of n over k.
  static func logChoose(_ n: Int, _ k: Int) -> Double {
    guard k >= 0, k <= n else { return -.infinity }
    return value(Double(n) + 1) - value(Double(k) + 1) - value(Double(n - k) + 1)
  }

  /// ln B(a, b)
  static func logBeta(_ a: Double, _ b: Double) -> Double { value(a) + value(b) - value(a + b) }

  static func exponential(_ x: Double) -> Double { exp(x) }
  static func logarithm(_ x: Double) -> Double { log(x) }

  private static let terms = [
    0.999_999_999_999_809_93, 676.520_368_121_885_1, -1259.139_216_722_402_8, 771.323_428_777_653_13,
    -176.615_029_162_140_59, 12.507_343_278_686_905, -0.138_571_095_265_720_12, 9.984_369_578_019_571_6e-6,
    1.505_632_735_149_311_6e-7,
  ]
}

/// Wilson's score interval of a share: honest for small numbers and for shares near 0 and 1.
package enum Wilson {
  /// The share with its 95 % interval (E. B. Wilson 1927, without continuity correction); 0 … 1 of nothing.
  package static func rate(_ count: Int, of total: Int) -> Verdict.Rate {
    guard total > 0 else { return Verdict.Rate(count: 0, of: 0, low: 0, high: 1) }
    let count = min(max(count, 0), total)
    let z = 1.959_963_984_540_054
    let n = Double(total)
    let share = Double(count) / n
    let middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    return Verdict.Rate(
      count: count, of: total, low: count == 0 ? 0 : max(0, middle - half),
      high: count == total ? 1 : min(1, middle + half))
  }
}

extension RateTrend {
  /// The p below which halves are called unlike.
  private static let significance = 0.05

  /// The trend over some results in the order of time, true for those that failed; the newer half is the larger by one.
  init(_ failed: [Bool]) {
    let middle = failed.count / 2
    let (older, newer) = (failed[..<middle], failed[middle...])
    let before = Wilson.rate(older.count { $0 }, of: older.count)
    let after = Wilson.rate(newer.count { $0 }, of: newer.count)
    let p = FisherTest.twoSided((before.count, before.of), (after.count, after.of))
    let isMore = after.count * before.of > before.count * after.of
    self.init(
      direction: p < Self.significance ? isMore ? .rising : .falling : .steady, before: before, after: after, p: p)
  }
}
