/// The grammar of JSON's numbers.
enum JSONNumber {
  /// Whether bytes are a number as RFC 8259 writes it, or one of Python's three words.
  static func isWellFormed(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    if rest.first == 0x2D { rest = rest.dropFirst() }
    if rest.elementsEqual("Infinity".utf8) { return true }
    if bytes.elementsEqual("NaN".utf8) { return true }
    guard let first = rest.first, isDigit(first) else { return false }
    rest = first == 0x30 ? rest.dropFirst() : rest.drop(while: isDigit)
    if rest.first == 0x2E {
      let fraction = rest.dropFirst().prefix(while: isDigit)
      if fraction.isEmpty { return false }
      rest = rest[fraction.endIndex...]
    }
    if let exponent = rest.first, exponent | 0x20 == 0x65 {
      rest = rest.dropFirst()
      if let sign = rest.first, sign == 0x2B || sign == 0x2D { rest = rest.dropFirst() }
      if rest.isEmpty || !rest.allSatisfy(isDigit) { return false }
      return true
    }
    return rest.isEmpty
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
