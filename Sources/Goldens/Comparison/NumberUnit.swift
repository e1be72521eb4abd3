/// The units that stand at numbers: what is none of them makes a name of digits and letters.
///
/// Letters that end hexadecimal digits (`3d`, `7f`) are none, except where a longer unit begins with them.
enum NumberUnit {
  private static let names: Set<[UInt8]> = Set(
    [
      // Time.
      "s", "ms", "us", "µs", "μs", "ns", "ps", "min", "mins", "m", "h", "hr", "hrs", "sec", "secs", "days",
      // Data.
      "B", "kB", "KB", "MB", "GB", "TB", "PB", "KiB", "MiB", "GiB", "TiB", "PiB", "bit", "bits", "kbit", "Mbit", "Gbit",
      "bps", "kbps", "Mbps", "Gbps", "K", "k", "M", "G", "T", "Ki", "Mi", "Gi", "Ti",
      // Lengths, masses, other measures.
      "nm", "µm", "μm", "um", "mm", "cm", "km", "mg", "µg", "μg", "g", "kg", "t", "L", "mL", "ml", "mol", "Pa", "hPa",
      "kPa", "MPa", "bar", "N", "kN", "J", "kJ", "MJ", "eV", "keV", "MeV", "GeV", "W", "mW", "kW", "MW", "Wh", "kWh",
      "V",
      "mV", "kV", "mA", "Ω", "Hz", "kHz", "MHz", "GHz", "dB", "dBm", "rad", "deg", "rpm", "C", "°", "°C", "°F",
      // Screens.
      "px", "pt", "em", "rem", "vw", "vh", "dpi", "ppi", "fps", "x",
      // Floating point operations, items.
      "FLOPs", "GFLOPs", "it", "ppm", "ppb", "bp", "bps",
      // Money and shares.
      "€", "£", "¥", "$", "%", "‰", "USD", "EUR", "GBP", "CHF", "JPY",
      // Imaginary parts.
      "j", "J", "i",
    ].map { Array($0.utf8) })
  private static let longest = 6
  /// Units that are written in a row: `1h30m`.
  private static let times: Set<[UInt8]> = Set(["h", "m", "s", "ms"].map { Array($0.utf8) })

  /// Whether bytes are a unit.
  static func isUnit(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.count <= longest && names.contains(Array(bytes))
  }

  /// The length of the unit that stands at a place, where no letter or digit goes on behind it; of times, another number
  /// with its unit may.
  static func length(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int, end: Int) -> Int? {
    var next = start
    while next < end, next - start <= longest, TextTokens.isWord(bytes[next]), !TextTokens.isDigit(bytes[next]) {
      next += 1
    }
    guard next > start, next - start <= longest else { return nil }
    let unit = Array(bytes[start..<next])
    guard names.contains(unit) else { return nil }
    if next == end || !TextTokens.isWord(bytes[next]) { return unit.count }
    return times.contains(unit) && isTime(bytes, at: next, end: end) ? unit.count : nil
  }

  /// Whether digits and a unit of time stand here, and then no word goes on.
  private static func isTime(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int, end: Int) -> Bool {
    var place = start
    for _ in 0..<4 {
      let digits = place
      while place < end, TextTokens.isDigit(bytes[place]) || bytes[place] == 0x2E { place += 1 }
      let letters = place
      while place < end, TextTokens.isWord(bytes[place]), !TextTokens.isDigit(bytes[place]) { place += 1 }
      guard letters > digits, times.contains(Array(bytes[letters..<place])) else { return false }
      if place == end || !TextTokens.isWord(bytes[place]) { return true }
    }
    return false
  }
}

/// The words that stand where a number is missing, as tools write them.
enum MissingWord {
  /// In small letters; those that a longer one begins with stand behind it.
  private static let words: [[UInt8]] = [
    "null", "none", "nil", "nat", "n/a", "na", "<na>", "<null>", "#n/a", "#na", "#num!", "#div/0!", "#value!", "#ref!",
    "undefined", "missing", "-nan(ind)", "nan(ind)", "nan(snan)", "-1.#ind", "-1.#inf", "-1.#qnan", "1.#ind", "1.#inf",
    "1.#qnan",
  ].map { Array($0.utf8) }

  /// Signs that tables have in empty cells.
  private static let signs: [[UInt8]] = ["-", "--", "---", ".", "?", "–", "—"].map { Array($0.utf8) }

  /// The length of the word that stands at a place and that no other letter or digit goes on.
  static func length(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int, end: Int) -> Int? {
    guard start < end, isFirst(bytes, start, end) else { return nil }
    for word in words where word.count <= end - start {
      guard (0..<word.count).allSatisfy({ small(bytes[start + $0]) == word[$0] }) else { continue }
      let next = start + word.count
      if next == end || !TextTokens.isWord(bytes[next]) { return word.count }
    }
    return nil
  }

  /// Whether all of a cell or value says that there is no number: a word, a sign, or nothing at all.
  static func isWhole(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return true }
    return length(bytes, at: 0, end: bytes.count) == bytes.count || signs.contains { bytes.elementsEqual($0) }
  }

  /// Whether a word may begin here: numbers and signs must not be looked at any longer.
  private static func isFirst(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    switch small(bytes[start]) {
    case 0x6E, 0x75, 0x6D, 0x3C, 0x23: true
    case 0x2D: start + 1 < end && (small(bytes[start + 1]) == 0x6E || start + 3 < end && bytes[start + 3] == 0x23)
    case 0x31: start + 2 < end && bytes[start + 2] == 0x23
    default: false
    }
  }

  private static func small(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
}
