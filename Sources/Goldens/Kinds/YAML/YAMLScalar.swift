/// What a plain scalar means, as PyYAML reads it.
enum YAMLScalar {
  private static let words: Set<String> = [
    "", "~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE", "yes", "Yes", "YES", "no", "No",
    "NO", "on", "On", "ON", "off", "Off", "OFF",
  ]
  private static let specials: Set<String> = [".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"]

  /// A number, a word of the syntax, or a string. A whole number that begins with 0 may be octal: it is only a word.
  static func kind(_ text: String) -> TreeDocument.Kind {
    if words.contains(text) { return .literal }
    let body = text.utf8.drop { $0 == 0x2B || $0 == 0x2D }
    guard text.utf8.count - body.count <= 1, let first = body.first else { return .string }
    if first == 0x2E, specials.contains(String(Substring(body))) { return .number }
    guard first == 0x2E || (first >= 0x30 && first <= 0x39), isDecimal(body) else { return .string }
    let isWhole = body.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    return isWhole && first == 0x30 && body.count > 1 ? .literal : .number
  }

  /// Digits with at most one point, and an exponent behind them.
  private static func isDecimal(_ body: Substring.UTF8View) -> Bool {
    var digits = 0
    var points = 0
    var rest = body[...]
    while let byte = rest.first, byte == 0x2E || (byte >= 0x30 && byte <= 0x39) {
      if byte == 0x2E { points += 1 } else { digits += 1 }
      rest = rest.dropFirst()
    }
    guard digits > 0, points <= 1 else { return false }
    guard let mark = rest.first else { return true }
    guard mark | 0x20 == 0x65 else { return false }
    rest = rest.dropFirst()
    if let sign = rest.first, sign == 0x2B || sign == 0x2D { rest = rest.dropFirst() }
    return !rest.isEmpty && rest.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
  }
}
