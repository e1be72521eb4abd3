/// Seconds as reports write them, in any locale: `0.1`, `2,503.1`, `1.234,56`, `0,288`, `4.5e-05`.
///
/// One number alone can be read in two ways: `1,234`. The others of the report tell how; where they tell nothing, a comma
/// before three digits groups thousands, and where they contradict one another it is unknown.
struct JUnitSeconds {
  /// A number that the whole report must explain.
  struct Doubtful {
    let attempt: Int
    let grouped: Float
    let decimal: Float
  }

  /// Whether some number was written with a decimal comma, and some with commas between thousands.
  private var hasDecimalComma = false
  private var hasGroupingComma = false
  /// The number read last, when it is doubtful.
  private var last: (grouped: Float, decimal: Float)?
  private var doubtful: [Doubtful] = []

  /// Whether the number read last is doubtful.
  var isInDoubt: Bool { last != nil }

  /// The seconds; NaN for what is empty, negative, endless or a word, and as long as they are doubtful.
  mutating func read(_ bytes: UnsafeRawBufferPointer) -> Float {
    var whole = 0.0
    var scale = 0.0
    for byte in bytes {
      switch byte {
      case 0x30...0x39:
        if scale == 0 {
          whole = whole * 10 + Double(byte - 0x30)
        } else {
          whole += Double(byte - 0x30) * scale
          scale /= 10
        }
      case 0x2E where scale == 0: scale = 0.1
      default: return readOdd(bytes)
      }
    }
    return bytes.isEmpty ? .nan : Self.sane(whole)
  }

  /// Numbers with commas, exponents and signs.
  private mutating func readOdd(_ bytes: UnsafeRawBufferPointer) -> Float {
    let text = String(decoding: JUnitBytes.trimmed(bytes).prefix(64), as: UTF8.self)
    guard let comma = text.lastIndex(of: ",") else {
      // A second point can only group.
      return Self.number(text.count { $0 == "." } > 1 ? text.filter { $0 != "." } : text)
    }
    let grouped = text.filter { $0 != "," }
    let decimal =
      String(text[..<comma].filter { $0 != "." && $0 != "," }) + "." + String(text[text.index(after: comma)...])
    if let point = text.lastIndex(of: ".") {
      if point > comma {
        hasGroupingComma = true
        return Self.number(grouped)
      }
      hasDecimalComma = true
      return Self.number(decimal)
    }
    if text.firstIndex(of: ",") != comma {
      hasGroupingComma = true
      return Self.number(grouped)
    }
    if text[comma...].utf8.count != 4 || text.hasPrefix("0,") {
      hasDecimalComma = true
      return Self.number(decimal)
    }
    last = (Self.number(grouped), Self.number(decimal))
    return .nan
  }

  /// The seconds of what is no attempt of its own yet; NaN as well where they are doubtful.
  mutating func readAside(_ bytes: UnsafeRawBufferPointer) -> Float {
    let doubt = last
    defer { last = doubt }
    return read(bytes)
  }

  /// Forgets that a number was doubtful: what it was read for is not kept.
  mutating func forget() {
    last = nil
  }

  /// Keeps the doubtful number for the attempt it is of.
  mutating func keep(for attempt: Int) {
    if let last { doubtful.append(Doubtful(attempt: attempt, grouped: last.grouped, decimal: last.decimal)) }
    last = nil
  }

  /// The doubtful numbers as the whole report explains them, by attempt.
  var settled: [(attempt: Int, seconds: Float)] {
    if hasDecimalComma, hasGroupingComma { return [] }
    return doubtful.map { ($0.attempt, hasDecimalComma ? $0.decimal : $0.grouped) }
  }

  private static func number(_ text: String) -> Float {
    Double(text).map(sane) ?? .nan
  }

  private static func sane(_ seconds: Double) -> Float {
    seconds.isFinite && seconds >= 0 && seconds < 1e9 ? Float(seconds) : .nan
  }
}
