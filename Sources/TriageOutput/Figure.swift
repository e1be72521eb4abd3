/// Numbers in sentences.
enum Figure {
  /// A difference with as many digits as it needs to be compared by: three that count.
  static func of(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-inf" : "inf" }
    if value == 0 { return "0" }
    let exponent = exponent(of: value)
    if exponent >= -4, exponent < 7 {
      let digits = max(0, 2 - exponent)
      return trimmed(decimal(value, digits))
    }
    // Powers of ten end near here.
    if abs(exponent) > 290 { return value.description }
    let scaled = value / power(exponent)
    return trimmed(decimal(scaled, 2)) + "e" + (exponent < 0 ? "-" : "") + (abs(exponent) < 10 ? "0" : "")
      + String(abs(exponent))
  }

  /// A count with its thousands apart: `1,000,000`.
  static func grouped(_ count: Int) -> String {
    let digits = String(count.magnitude)
    var text = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return (count < 0 ? "-" : "") + text
  }

  private static func exponent(of value: Double) -> Int {
    // The shortest text has the exponent without a logarithm's rounding.
    var magnitude = abs(value)
    var exponent = 0
    while magnitude >= 10 {
      magnitude /= 10
      exponent += 1
    }
    while magnitude < 1 {
      magnitude *= 10
      exponent -= 1
    }
    return magnitude >= 9.995 ? exponent + 1 : exponent
  }

  private static func power(_ exponent: Int) -> Double {
    var power = 1.0
    for _ in 0..<abs(exponent) { power = exponent < 0 ? power / 10 : power * 10 }
    return power
  }

  private static func decimal(_ value: Double, _ digits: Int) -> String {
    let factor = power(digits)
    let scaled = (abs(value) * factor).rounded()
    guard scaled < 9e15 else { return value.description }
    let whole = Int(scaled)
    let divisor = Int(factor)
    var fraction = digits == 0 ? "" : String(whole % divisor)
    while fraction.count < digits { fraction = "0" + fraction }
    return (value < 0 ? "-" : "") + String(whole / divisor) + (digits == 0 ? "" : "." + fraction)
  }

  private static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var text = text
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text
  }
}
