package import TriageModel

/// What numbers are made of, which decides what one unit in their last place is.
package enum NumberType: UInt8, Sendable, CaseIterable {
  case float16
  case bfloat16
  case float32
  case float64
  /// A whole number: it agrees or it does not.
  case integer
}

/// Every pair of numbers that stand at one place and are not the same number, in columns.
///
/// Kept so that a tolerance can be tried on millions of differences between two keys, and so that the drift can be told.
package struct NumberDifferences: Sendable {
  /// What the golden has.
  package private(set) var expected: [Double] = []
  /// What the run produced.
  package private(set) var actual: [Double] = []
  /// Where each stands, as the kind counts places: a row of the alignment, an element, a value in reading order.
  package private(set) var indices: [UInt32] = []
  /// The column of each; 0 where there are none.
  package private(set) var columns: [UInt16] = []
  /// The type of the numbers in each column.
  package var types: [NumberType]

  /// No differences yet, of numbers of one type a column.
  package init(types: [NumberType]) {
    self.types = types
  }

  /// How many there are.
  package var count: Int { expected.count }

  /// Adds a pair.
  package mutating func append(expected: Double, actual: Double, place: Int, column: Int = 0) {
    self.expected.append(expected)
    self.actual.append(actual)
    indices.append(UInt32(clamping: place))
    columns.append(UInt16(clamping: column))
  }

  /// Makes room for so many more.
  package mutating func reserve(_ more: Int) {
    expected.reserveCapacity(count + more)
    actual.reserveCapacity(count + more)
    indices.reserveCapacity(count + more)
    columns.reserveCapacity(count + more)
  }

  /// Adds all pairs of another behind these.
  package mutating func append(_ other: NumberDifferences) {
    expected.append(contentsOf: other.expected)
    actual.append(contentsOf: other.actual)
    indices.append(contentsOf: other.indices)
    columns.append(contentsOf: other.columns)
  }
}

extension Tolerance {
  /// Whether a number may stand for the expected one.
  ///
  /// NaN stands for NaN and an infinity for itself; a whole number must be the same unless the tolerance has an absolute
  /// or relative part, which then counts for it too (numpy's rule).
  package func accepts(expected: Double, actual: Double, type: NumberType) -> Bool {
    if expected == actual || (expected.isNaN && actual.isNaN) { return true }
    guard expected.isFinite, actual.isFinite else { return false }
    let difference = abs(actual - expected)
    if difference <= absolute + relative * abs(expected) { return true }
    return ulps > 0 && type != .integer && type.ulps(expected, actual) <= Double(ulps)
  }
}

extension NumberType {
  /// How many numbers of the type lie between two, plus one: 0 for the same number, infinite across NaN and infinities.
  ///
  /// Numbers are rounded to the type first; the bit patterns are ordered as the numbers are (Bruce Dawson's mapping).
  package func ulps(_ left: Double, _ right: Double) -> Double {
    guard left.isFinite, right.isFinite else { return left == right ? 0 : .infinity }
    switch self {
    case .float64:
      let left = Self.order(Int64(bitPattern: left.bitPattern))
      let right = Self.order(Int64(bitPattern: right.bitPattern))
      return abs(Double(left) - Double(right)) < 9e15
        ? Double((left &- right).magnitude) : abs(Double(left) - Double(right))
    case .float32: return Self.distance(Float(left).bitPattern, Float(right).bitPattern, bits: 32)
    case .bfloat16:
      return Self.distance(Self.bfloat16(left), Self.bfloat16(right), bits: 16)
    case .float16: return Self.distance(UInt32(Self.float16(left)), UInt32(Self.float16(right)), bits: 16)
    case .integer: return abs(left - right)
    }
  }

  private static func order(_ bits: Int64) -> Int64 { bits < 0 ? Int64.min &- bits : bits }

  /// The distance of two sign-and-magnitude patterns.
  private static func distance(_ left: UInt32, _ right: UInt32, bits: UInt32) -> Double {
    let sign: UInt32 = 1 << (bits - 1)
    func order(_ pattern: UInt32) -> Int64 {
      pattern & sign == 0 ? Int64(pattern) : -Int64(pattern & (sign - 1))
    }
    return Double((order(left) - order(right)).magnitude)
  }

  /// The upper half of the number as a float, rounded to even.
  private static func bfloat16(_ value: Double) -> UInt32 {
    let bits = Float(value).bitPattern
    return (bits &+ 0x7FFF &+ (bits >> 16 & 1)) >> 16
  }

  /// The nearest half-precision pattern; Swift's Float16 is not on every platform.
  private static func float16(_ value: Double) -> UInt16 {
    let sign: UInt16 = value.sign == .minus ? 0x8000 : 0
    let magnitude = abs(value)
    if magnitude >= 65520 { return sign | 0x7C00 }
    if magnitude < 0x1p-14 { return sign | UInt16((magnitude / 0x1p-24).rounded(.toNearestOrEven)) }
    let exponent = Int(magnitude.exponent)
    let fraction = ((magnitude / Double(sign: .plus, exponent: exponent, significand: 1) - 1) * 1024)
      .rounded(.toNearestOrEven)
    return sign + UInt16((exponent + 15) << 10) + UInt16(fraction)
  }
}

extension NumberDifferences {
  /// How many of the differences a tolerance does not accept.
  package func remaining(under tolerance: Tolerance) -> Int {
    var count = 0
    for index in expected.indices {
      let type = types.isEmpty ? .float64 : types[min(Int(columns[index]), types.count - 1)]
      if !tolerance.accepts(expected: expected[index], actual: actual[index], type: type) { count += 1 }
    }
    return count
  }
}
