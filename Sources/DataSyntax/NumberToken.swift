/// A number as people, Python, numpy and pandas write it: decimal digits with a point and an exponent, `nan`, `inf`.
/// Fortran's exponents of double precision (`1.5D+03`) are read where a point or a sign tells them from a name.
///
/// The value is the double nearest to what is written, bit for bit what `Double(String)` gives.
package struct NumberToken: Equatable, Sendable {
  /// The nearest double; infinite too for digits beyond its range (`1e999`).
  package var value: Double
  /// Whether it is written with digits only, behind a sign or none.
  package var isWhole: Bool
  /// Whether it is made of digits; false for `nan` and `inf`.
  package var hasDigits: Bool

  /// Digits whose number no double comes near.
  package var isOverflowing: Bool { hasDigits && value.isInfinite }

  /// The number that all of the bytes are; nil when they are none.
  package init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let (number, length) = Self.leading(bytes), length == bytes.count else { return nil }
    self = number
  }

  /// The number that all of the bytes are; nil when they are none.
  package init?(_ bytes: some Collection<UInt8>) {
    let found = bytes.withContiguousStorageIfAvailable { Self($0) } ?? Array(bytes).withUnsafeBufferPointer { Self($0) }
    guard let found else { return nil }
    self = found
  }

  private init(_ value: Double, isWhole: Bool = false, hasDigits: Bool = true) {
    self.value = value
    self.isWhole = isWhole
    self.hasDigits = hasDigits
  }

  /// The longest number at the beginning of the bytes, and how many bytes it takes.
  package static func leading(_ bytes: UnsafeBufferPointer<UInt8>) -> (number: NumberToken, length: Int)? {
    var digits = Digits()
    var index = 0
    let end = bytes.count
    guard end > 0 else { return nil }
    let isNegative = bytes[0] == 0x2D
    if isNegative || bytes[0] == 0x2B { index = 1 }
    if index < end, bytes[index] >= 0x41 { return word(bytes, from: index, isNegative: isNegative) }
    let whole = index
    while index < end, bytes[index] &- 0x30 < 10 {
      digits.take(bytes[index] &- 0x30)
      index += 1
    }
    var count = index - whole
    var isWhole = true
    if index < end, bytes[index] == 0x2E {
      let fraction = index + 1
      index = fraction
      while index < end, bytes[index] &- 0x30 < 10 {
        digits.takeFraction(bytes[index] &- 0x30)
        index += 1
      }
      count += index - fraction
      isWhole = false
    }
    if count == 0 { return nil }
    if index < end, isExponentMark(bytes, index, isWhole: isWhole), let exponent = exponent(bytes, from: index + 1) {
      digits.exponent += exponent.value
      index = exponent.end
      isWhole = false
    }
    let magnitude = digits.value ?? slowly(bytes, whole..<index)
    return (NumberToken(isNegative ? -magnitude : magnitude, isWhole: isWhole), index)
  }

  /// Whether an exponent may follow: `e` always, Fortran's `d` behind a point or before a sign.
  @inline(__always)
  private static func isExponentMark(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, isWhole: Bool) -> Bool {
    if bytes[index] | 0x20 == 0x65 { return true }
    guard bytes[index] | 0x20 == 0x64, index + 1 < bytes.count else { return false }
    return !isWhole || bytes[index + 1] == 0x2B || bytes[index + 1] == 0x2D
  }

  /// The exponent's value, held below a million, and its end; nil when no digit is there.
  private static func exponent(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> (value: Int, end: Int)? {
    var index = start
    guard index < bytes.count else { return nil }
    let isNegative = bytes[index] == 0x2D
    if isNegative || bytes[index] == 0x2B { index += 1 }
    let first = index
    var value = 0
    while index < bytes.count, bytes[index] &- 0x30 < 10 {
      if value < 100_000 { value = value * 10 + Int(bytes[index] &- 0x30) }
      index += 1
    }
    return index == first ? nil : (isNegative ? -value : value, index)
  }

  /// `nan`, `inf` and `infinity`, in any case.
  private static func word(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, isNegative: Bool
  ) -> (NumberToken, Int)? {
    func follows(_ word: StaticString) -> Bool {
      let length = word.utf8CodeUnitCount
      guard bytes.count - start >= length else { return false }
      return (0..<length).allSatisfy { bytes[start + $0] | 0x20 == word.utf8Start[$0] }
    }
    if follows("nan") { return (NumberToken(.nan, hasDigits: false), start + 3) }
    let infinity = isNegative ? -Double.infinity : Double.infinity
    if follows("infinity") { return (NumberToken(infinity, hasDigits: false), start + 8) }
    if follows("inf") { return (NumberToken(infinity, hasDigits: false), start + 3) }
    return nil
  }

  /// More digits or a larger exponent than the quick way is exact for.
  private static func slowly(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Double {
    var text = String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    if text.hasPrefix(".") { text = "0" + text }
    text = text.replacing("d", with: "e").replacing("D", with: "e")
    // `5.` and `5.e3` are Python's; Swift wants a digit behind the point.
    if let point = text.firstIndex(of: ".") {
      let behind = text.index(after: point)
      if behind == text.endIndex || !text[behind].isNumber { text.insert("0", at: behind) }
    }
    return Double(text) ?? .nan
  }
}

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
