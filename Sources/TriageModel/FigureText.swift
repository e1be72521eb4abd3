/// Measured numbers as people read them.
package enum FigureText {
  /// A number with as many digits as count: `0.185`, `1.2e-16`, `42`; whole ones below a million in full.
  package static func of(_ value: Double, digits count: Int = 3) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-inf" : "inf" }
    guard value != 0 else { return "0" }
    var decimal = Decimal(value.magnitude)
    decimal.round(to: max(count, (0...5).contains(decimal.exponent) ? decimal.exponent + 1 : 1))
    return (value < 0 ? "-" : "") + decimal.text
  }

  /// A positive number rounded up, as a limit that accepts it must be written: `0.675` for `0.6748`, `1.24e-5` for `1.231e-5`.
  package static func notBelow(_ value: Double) -> String {
    for step in 0...12 {
      let text = of(value * (1 + Double(step) / 1000))
      if let number = Double(text), number >= value { return text }
    }
    return value.description
  }

  /// The shortest digits that tell a number from its neighbours: rounding them needs no logarithm and no power of ten.
  private struct Decimal {
    /// The digits, the first of them not 0.
    private var digits: [Int] = []
    /// The power of ten of the first digit.
    private(set) var exponent = -1

    init(_ magnitude: Double) {
      let parts = magnitude.description.split(separator: "e")
      var isBehindPoint = false
      for character in parts.first ?? "" {
        guard let digit = character.wholeNumberValue else {
          isBehindPoint = true
          continue
        }
        if !digits.isEmpty || digit > 0 { digits.append(digit) }
        if isBehindPoint { exponent -= digits.isEmpty ? 1 : 0 } else { exponent += digits.isEmpty ? 0 : 1 }
      }
      if parts.count > 1 { exponent += Int(parts[1]) ?? 0 }
    }

    mutating func round(to count: Int) {
      let isUp = digits.count > count && digits[count] >= 5
      digits = Array(digits.prefix(count))
      if isUp {
        while digits.last == 9 { digits.removeLast() }
        if let last = digits.popLast() {
          digits.append(last + 1)
        } else {
          digits = [1]
          exponent += 1
        }
      }
      while digits.last == 0 { digits.removeLast() }
    }

    var text: String {
      guard (-3...5).contains(exponent) else {
        return Self.point(digits.prefix(1), digits.dropFirst()) + "e\(exponent)"
      }
      let zeros = [Int](repeating: 0, count: max(0, -exponent))
      let padding = [Int](repeating: 0, count: max(0, exponent + 1 - digits.count))
      let all = zeros + digits + padding
      let whole = max(1, exponent + 1)
      return Self.point(all.prefix(whole), all.dropFirst(whole))
    }

    private static func point(_ whole: ArraySlice<Int>, _ fraction: ArraySlice<Int>) -> String {
      whole.map(String.init).joined() + (fraction.isEmpty ? "" : "." + fraction.map(String.init).joined())
    }
  }
}
