/// Numbers as JSON and YAML write them, read from bytes without a string where the result is exact.
enum WrittenNumber {
  /// The number; NaN for `NaN` and `.nan`, infinite for the words and for what is too large.
  static func double(_ text: UnsafeBufferPointer<UInt8>) -> Double {
    if let number = exact(text) { return number }
    let word = String(decoding: text, as: UTF8.self)
    if let number = Double(word) { return number }
    switch word.drop(while: { $0 == "-" || $0 == "+" }).lowercased() {
    case "infinity", ".inf": return text.first == 0x2D ? -.infinity : .infinity
    default: return .nan
    }
  }

  /// Whether it is written without point, exponent and words.
  static func isInteger(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var digits = 0
    for (index, byte) in text.enumerated() {
      if byte >= 0x30, byte <= 0x39 {
        digits += 1
      } else if index != 0 || (byte != 0x2D && byte != 0x2B) {
        return false
      }
    }
    return digits > 0
  }

  /// Whether two whole numbers are the same, however many digits they have.
  static func areSameIntegers(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
    let (first, second) = (magnitude(left), magnitude(right))
    guard first.elementsEqual(second) else { return false }
    return first.isEmpty || (left.first == 0x2D) == (right.first == 0x2D)
  }

  private static func magnitude(_ text: UnsafeBufferPointer<UInt8>) -> Slice<UnsafeBufferPointer<UInt8>> {
    text.drop { $0 == 0x2D || $0 == 0x2B || $0 == 0x30 }
  }

  /// Clinger's quick way: digits below 2⁵³ times or through a power of ten that a double holds.
  private static func exact(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    var index = text.first == 0x2D ? 1 : 0
    var digits: UInt64 = 0
    var scale = 0
    var isBehindPoint = false
    while index < text.count {
      let byte = text[index]
      if byte >= 0x30, byte <= 0x39 {
        guard digits < 900_719_925_474_099 else { return nil }
        digits = digits &* 10 &+ UInt64(byte &- 0x30)
        if isBehindPoint { scale -= 1 }
      } else if byte == 0x2E, !isBehindPoint {
        isBehindPoint = true
      } else {
        break
      }
      index += 1
    }
    if index < text.count {
      guard text[index] | 0x20 == 0x65, let exponent = exponent(text, from: index + 1) else { return nil }
      scale += exponent
    }
    guard scale >= -22, scale <= 22 else { return nil }
    let value = scale < 0 ? Double(digits) / powers[-scale] : Double(digits) * powers[scale]
    return text.first == 0x2D ? -value : value
  }

  private static func exponent(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var index = start
    var isNegative = false
    if index < text.count, text[index] == 0x2D || text[index] == 0x2B {
      isNegative = text[index] == 0x2D
      index += 1
    }
    guard index < text.count, text.count - index <= 3 else { return nil }
    var value = 0
    while index < text.count {
      guard text[index] >= 0x30, text[index] <= 0x39 else { return nil }
      value = value * 10 + Int(text[index] - 0x30)
      index += 1
    }
    return isNegative ? -value : value
  }

  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]
}
