/// Decimal digits on their way to a double: a whole number of at most 19 digits times a power of ten.
struct Digits {
  /// The digits so far, as a whole number.
  private var significand: UInt64 = 0
  /// How many of them count.
  private var count = 0
  /// Whether there were more digits than fit.
  private var isCut = false
  /// The power of ten behind the digits.
  var exponent = 0

  /// 5⁰ … 5²⁷, the powers that fit 64 bits.
  private static let powersOfFive: [UInt64] = (0...27).map { power in
    (0..<power).reduce(1 as UInt64) { product, _ in product * 5 }
  }
  /// 10⁰ … 10²², the powers that a double holds exactly.
  private static let powersOfTen: [Double] = (0...22).map { power in
    (0..<power).reduce(1.0) { product, _ in product * 10 }
  }

  /// Takes a digit before the point.
  @inline(__always)
  mutating func take(_ digit: UInt8) {
    if count < 19 {
      significand = significand &* 10 &+ UInt64(digit)
      if significand != 0 { count += 1 }
    } else {
      isCut = true
    }
  }

  /// Takes a digit behind the point.
  @inline(__always)
  mutating func takeFraction(_ digit: UInt8) {
    take(digit)
    exponent &-= 1
  }

  /// The nearest double; nil where this way is not exact: more than 19 digits, powers beyond 27.
  var value: Double? {
    if isCut { return nil }
    if significand == 0 { return 0 }
    if significand < 1 << 53, abs(exponent) <= 22 {
      let power = Self.powersOfTen[abs(exponent)]
      return exponent < 0 ? Double(significand) / power : Double(significand) * power
    }
    guard abs(exponent) <= 27 else { return nil }
    return exponent < 0 ? quotient(Self.powersOfFive[-exponent]) : product(Self.powersOfFive[exponent])
  }

  /// significand · 5ⁿ · 2ⁿ: the product is exact in 128 bits, and is rounded once.
  private func product(_ power: UInt64) -> Double {
    let (high, low) = significand.multipliedFullWidth(by: power)
    if high == 0 { return Double(low) * Self.two(exponent) }
    let shift = high.leadingZeroBitCount
    let top = shift == 0 ? high : high << UInt64(shift) | low >> UInt64(64 - shift)
    let rest = shift == 0 ? low : low << UInt64(shift)
    return Self.rounded(top, sticky: rest != 0) * Self.two(64 - shift + exponent)
  }

  /// significand / 5ⁿ / 2ⁿ: 62 bits of the quotient or more and whether something is left, rounded once.
  private func quotient(_ power: UInt64) -> Double {
    let left = significand.leadingZeroBitCount
    let right = power.leadingZeroBitCount
    let numerator = significand << UInt64(left)
    let divisor = power << UInt64(right)
    let (quotient, remainder) = divisor.dividingFullWidth((numerator >> 1, numerator << 63))
    return Self.rounded(quotient, sticky: remainder != 0) * Self.two(right - left - 63 + exponent)
  }

  /// 64 bits, of which the last also stands for all that follow it.
  private static func rounded(_ bits: UInt64, sticky: Bool) -> Double { Double(bits | (sticky ? 1 : 0)) }

  /// A power of two, exact.
  private static func two(_ power: Int) -> Double { Double(sign: .plus, exponent: power, significand: 1) }
}
