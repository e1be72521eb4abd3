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

  static func exponential(_ x: Double) -> Double { exp(x) }
  static func logarithm(_ x: Double) -> Double { log(x) }

  private static let terms = [
    0.999_999_999_999_809_93, 676.520_368_121_885_1, -1259.139_216_722_402_8, 771.323_428_777_653_13,
    -176.615_029_162_140_59, 12.507_343_278_686_905, -0.138_571_095_265_720_12, 9.984_369_578_019_571_6e-6,
    1.505_632_735_149_311_6e-7,
  ]
}
