internal import DataSyntax

/// Numbers as JSON and YAML write them.
enum TreeNumber {
  /// The number; NaN for `NaN` and `.nan`, infinite for the words and for what is too large.
  static func double(_ text: UnsafeBufferPointer<UInt8>) -> Double {
    if let number = NumberToken(text) { return number.value }
    // YAML's words have a point in front: `-.inf`.
    guard let word = NumberToken(text.filter { $0 != 0x2E }), !word.hasDigits else { return .nan }
    return word.value
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
}
