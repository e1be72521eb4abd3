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
      // What Swift writes is ASCII: its bytes need none of Unicode's tables.
      let parts = magnitude.description.split(separator: "e")
      var isBehindPoint = false
      for byte in (parts.first ?? "").utf8 {
        guard (0x30...0x39).contains(byte) else {
          isBehindPoint = true
          continue
        }
        let digit = Int(byte) - 0x30
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

/// Counts as people read them.
package enum CountText {
  /// A count with its thousands apart: `1,000,000`.
  package static func of(_ count: Int) -> String {
    var digits = Array(String(count.magnitude))
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: place)
      place -= 3
    }
    return (count < 0 ? "-" : "") + String(digits)
  }

  /// A count and its noun: `1 number`, `12 numbers`.
  package static func of(_ count: Int, _ noun: String) -> String {
    of(count) + " " + noun + (count == 1 ? "" : "s")
  }

  /// A count in few columns: `812`, `41k`, `1.2M`.
  package static func compact(_ count: Int) -> String {
    switch count {
    case ..<10_000: String(count)
    case ..<1_000_000: "\(count / 1000)k"
    default: "\(count / 1_000_000).\(count / 100_000 % 10)M"
    }
  }

  /// A count of bytes in the unit that fits: `812 B`, `36 kB`, `168 MB`.
  package static func bytes(_ count: Int) -> String {
    switch count {
    case ..<1000: "\(count) B"
    case ..<1_000_000: "\(count / 1000) kB"
    case ..<10_000_000_000: "\(of(count / 1_000_000)) MB"
    default: "\(of(count / 1_000_000_000)) GB"
    }
  }
}

/// Seconds as people read them.
package enum DurationText {
  /// `0.003 s`, `0.12 s`, `4.1 s`, `2 m 05 s`, `1 h 04 m`; nil for what is no time.
  package static func of(_ seconds: Double) -> String? {
    guard seconds.isFinite, seconds >= 0, seconds < 1e9 else { return nil }
    if seconds < 0.0995 { return fixed(seconds, decimals: 3) + " s" }
    if seconds < 9.95 { return fixed(seconds, decimals: seconds < 0.995 ? 2 : 1) + " s" }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) m \(twoDigits(whole % 60)) s" }
    return "\(whole / 3600) h \(twoDigits(whole / 60 % 60)) m"
  }

  private static func fixed(_ value: Double, decimals: Int) -> String {
    let scale = decimals == 3 ? 1000 : decimals == 2 ? 100 : 10
    let scaled = Int((value * Double(scale)).rounded())
    let fraction = String(scaled % scale)
    return "\(scaled / scale)." + String(repeating: "0", count: decimals - fraction.count) + fraction
  }

  private static func twoDigits(_ value: Int) -> String { (value < 10 ? "0" : "") + String(value) }
}

/// Shares as people read them.
package enum ShareText {
  /// A share of 0 … 1 as per cent: `15 %`, `7.5 %`, `< 0.1 %`.
  package static func of(_ share: Double) -> String {
    let percent = (share.isFinite ? min(max(share, 0), 1) : 0) * 100
    if percent > 0, percent < 0.1 { return "< 0.1 %" }
    let tenths = Int((percent * 10).rounded())
    // From the share itself: what was rounded to tenths before would be rounded twice.
    if tenths >= 100 { return "\(Int(percent.rounded())) %" }
    return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
  }

  /// An interval of shares: `11–60 %`.
  package static func range(_ low: Double, _ high: Double) -> String {
    of(low).replacing(" %", with: "") + "–" + of(high)
  }
}

/// Measured numbers with their units as people read them.
package enum MeasureText {
  /// `12.3 ms`, `81.25 %`, `0.85`; seconds in the unit that fits.
  package static func of(_ value: Double, _ unit: String) -> String {
    guard unit == "s", value.isFinite else {
      return FigureText.of(value, digits: 4) + (unit.isEmpty ? "" : " " + unit)
    }
    let size = value.magnitude
    let (factor, name) = size < 1e-6 ? (1e9, "ns") : size < 1e-3 ? (1e6, "µs") : size < 1 ? (1e3, "ms") : (1, "s")
    return FigureText.of(value * factor, digits: 4) + " " + name
  }
}
