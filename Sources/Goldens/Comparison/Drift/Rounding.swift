internal import TriageModel

/// What rounding alone can do to the numbers of a column.
///
/// Bounds: 64 ULP of float64 (1.4e-14 of the value), 16 of float32, 2 of the half types; beside larger numbers, which
/// cancel, 4 machine epsilons of the column's scale while the number itself keeps ten digits (four of float32) or is 0
/// on one side; and one unit of the last written digit where at least seven are written and both directions occur.
struct Rounding {
  /// The type that the numbers have as far as their values tell: doubles that are floats are judged as floats.
  let type: NumberType
  /// One unit of the last written digit; 0 when the numbers are written in full.
  let unit: Double
  private let scale: Double
  private let unitIsNoise: Bool

  /// What rounding can do to pairs of finite numbers.
  init(expected: [Double], actual: [Double], type: NumberType, scale: Double) {
    self.type = Self.effective(type, expected, actual)
    self.scale = scale
    let unit = type == .integer ? 0 : Self.unit(of: expected, actual)
    self.unit = unit
    var signs = (up: false, down: false)
    var isWithin = unit > 0
    for index in expected.indices where isWithin {
      let difference = actual[index] - expected[index]
      if difference > 0 { signs.up = true } else { signs.down = true }
      isWithin = abs(difference) <= 1.01 * unit && abs(expected[index]) >= 1e6 * unit
    }
    unitIsNoise = isWithin && ((signs.up && signs.down) || expected.count < 4)
  }

  /// Units of the last written digit to try rules with, exact first.
  var units: [Double] { unit > 0 ? [0, unit] : [0] }

  /// How far rounding can put a number off a rule: a few machine epsilons, and a written unit.
  func slack(_ expected: Double, _ actual: Double, unit: Double) -> Double {
    4 * epsilon * max(abs(expected), abs(actual)) + 1.01 * unit
  }

  /// Whether rounding alone explains a difference.
  func isNoise(_ expected: Double, _ actual: Double) -> Bool {
    if type == .integer { return false }
    if type.ulps(expected, actual) <= bound { return true }
    let difference = abs(actual - expected)
    if unitIsNoise, difference <= 1.01 * unit { return true }
    guard difference <= 4 * epsilon * scale, cancelled > 0 else { return false }
    return difference <= cancelled * abs(expected) || expected == 0 || actual == 0
  }

  /// The verdict when rounding explains all; nil when it does not.
  func noise(of column: NumberDrift) -> Drift? {
    var worst = 0.0
    var relative = 0.0
    for index in column.expected.indices {
      let (expected, actual) = (column.expected[index], column.actual[index])
      guard isNoise(expected, actual) else { return nil }
      worst = max(worst, type.ulps(expected, actual))
      if expected != 0 { relative = max(relative, abs(actual - expected) / abs(expected)) }
    }
    if unitIsNoise, worst > bound {
      let verb = column.expected.count == 1 ? "differs" : "differ"
      return Drift(.noise, "\(column.share) \(verb) by one unit of the last written digit, \(FigureText.of(unit))")
    }
    let size = "at most \(FigureText.of(relative)) of the value"
    if worst <= bound {
      return Drift(.noise, "\(column.share) within \(Int(worst)) ULP of \(type), \(size) (bound \(Int(bound)) ULP)")
    }
    return Drift(.noise, "\(column.share) within 4 epsilons of \(type) at \(FigureText.of(scale)), \(size)")
  }

  private var bound: Double {
    switch type {
    case .float64: 64
    case .float32: 16
    case .float16, .bfloat16: 2
    case .integer: 0
    }
  }

  private var epsilon: Double {
    switch type {
    case .float64: 0x1p-52
    case .float32: 0x1p-23
    case .float16: 0x1p-10
    case .bfloat16: 0x1p-7
    case .integer: 0
    }
  }

  /// The share of itself that a number may lose beside larger ones; 0 where a type has no digits to lose.
  private var cancelled: Double {
    switch type {
    case .float64: 1e-10
    case .float32: 1e-4
    case .float16, .bfloat16, .integer: 0
    }
  }
}

extension Rounding {
  /// Doubles that are exactly floats come from floats; whole numbers prove nothing.
  private static func effective(_ type: NumberType, _ expected: [Double], _ actual: [Double]) -> NumberType {
    guard type == .float64 else { return type }
    let areFloats = expected.indices.allSatisfy { index in
      let (left, right) = (expected[index], actual[index])
      return Double(Float(left)) == left && Double(Float(right)) == right
        && (left.rounded() != left || right.rounded() != right)
    }
    return areFloats ? .float32 : type
  }

  /// One unit of the last written digit, told from the shortest decimal form of two hundred numbers; 0 above 15 digits.
  private static func unit(of expected: [Double], _ actual: [Double]) -> Double {
    guard !expected.isEmpty else { return 0 }
    var decimals = 0
    for index in stride(from: 0, to: expected.count, by: max(1, expected.count / 200)) {
      for value in [expected[index], actual[index]] {
        guard let digits = writtenDecimals(value) else { return 0 }
        decimals = max(decimals, digits)
      }
    }
    var unit = 1.0
    for _ in 0..<decimals { unit /= 10 }
    return unit
  }

  /// Digits behind the point in the shortest decimal form; nil when it has more than 15 significant ones.
  private static func writtenDecimals(_ value: Double) -> Int? {
    var significant = 0
    var decimals = 0
    var exponent = 0
    var isBehindPoint = false
    var text = Substring("\(abs(value))")
    if let mark = text.firstIndex(of: "e") {
      exponent = Int(text[text.index(after: mark)...]) ?? 0
      text = text[..<mark]
    }
    if text.hasSuffix(".0") { text = text.dropLast(2) }
    for byte in text.utf8 {
      if byte == 0x2E {
        isBehindPoint = true
        continue
      }
      if significant > 0 || byte != 0x30 { significant += 1 }
      if isBehindPoint { decimals += 1 }
    }
    return significant > 15 ? nil : max(0, min(300, decimals - exponent))
  }
}
