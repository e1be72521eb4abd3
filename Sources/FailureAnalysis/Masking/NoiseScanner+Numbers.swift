/// Noise that begins with a digit.
extension NoiseScanner {
  /// What begins with the digit here; nil for names like `3d` and for codes, which are passed over.
  mutating func numeric() -> (end: Int, kind: Placeholder)? {
    if let end = numberedTimeEnd() { return (end, .time) }
    let end = wordEnd(position)
    let digits = digitCount(position..<end)
    if let end = groupedEnd(wordEnd: end, digits: digits) { return (end, .identifier) }
    if let end = colonGroupsEnd() { return (end, .address) }
    if byte(position) == 0x30, byte(position + 1) | 0x20 == 0x78, end > position + 2 {
      return isHexCode(position..<end) ? keepCode(to: end) : (end, .hex)
    }
    if let end = addressEnd() { return (end, .address) }
    if digits == end - position, isCode(position..<end) { return keepCode(to: end) }
    if let end = wholeShareEnd() { return keepCode(to: end) }
    if let end = multipliedEnd() { return (end, .shape) }
    if let (end, kind) = measured() { return (end, kind) }
    if isHash(position..<end, digits: digits) { return (end, .hex) }
    if isRandom(position..<end, digits: digits) { return (end, .identifier) }
    return nil
  }

  /// Passes over a code.
  private mutating func keepCode(to end: Int) -> (end: Int, kind: Placeholder)? {
    position = end
    return nil
  }

  /// Past `100.0`, when it is a share: that all of something differs is more than that much of it does.
  private func wholeShareEnd() -> Int? {
    guard StaticString("100.0").matches(bytes, at: position) else { return nil }
    var end = position + 5
    while byte(end) == 0x30 { end += 1 }
    return byte(end) == 0x25 ? end : nil
  }

  /// Past `142x312`, `1×3×224`.
  private func multipliedEnd() -> Int? {
    var end = position
    var factors = 0
    while ByteClass.isDigit(byte(end)) {
      while ByteClass.isDigit(byte(end)) { end += 1 }
      factors += 1
      if byte(end) | 0x20 == 0x78, ByteClass.isDigit(byte(end + 1)) {
        end += 1
      } else if byte(end) == 0xC3, byte(end + 1) == 0x97, ByteClass.isDigit(byte(end + 2)) {
        end += 2
      } else {
        break
      }
    }
    return factors > 1 && !ByteClass.isWord(byte(end)) ? end : nil
  }

  /// Whether a unit of time or size stands here.
  func unitFollows(_ start: Int) -> Bool {
    for units in [Self.times, Self.sizes] {
      if let end = unitEnd(start, units), !ByteClass.isWord(byte(end)) { return true }
    }
    return false
  }

  /// Past an IPv4 address and its port.
  private func addressEnd() -> Int? {
    var end = position
    for group in 0..<4 {
      if group > 0 {
        guard byte(end) == 0x2E else { return nil }
        end += 1
      }
      let start = end
      while end - start < 4, ByteClass.isDigit(byte(end)) { end += 1 }
      guard end > start, end - start < 4 else { return nil }
    }
    if ByteClass.isWord(byte(end)) { return nil }
    var port = end + 1
    while ByteClass.isDigit(byte(port)), port - end < 7 { port += 1 }
    return byte(end) == 0x3A && port > end + 1 && !ByteClass.isWord(byte(port)) ? port : end
  }

  /// A number with its fraction and exponent, and the unit that follows.
  private func measured() -> (end: Int, kind: Placeholder)? {
    var end = numberEnd(position)
    var isDuration = false
    // `1h2m3.5s` is one.
    while let unit = unitEnd(end, Self.times), ByteClass.isDigit(byte(unit)) {
      isDuration = true
      end = numberEnd(unit)
    }
    if let unit = unitEnd(end, Self.times), !ByteClass.isWord(byte(unit)) { return (unit, .duration) }
    if let unit = unitEnd(end, Self.sizes), !ByteClass.isWord(byte(unit)) { return (unit, .size) }
    if let suffix = suffixEnd(end) { return (suffix, .number) }
    if isDuration || ByteClass.isWord(byte(end)) {
      // `1.2rc` is a number, a point and a name.
      let word = wordEnd(position)
      return digitCount(position..<word) == word - position ? (word, .number) : nil
    }
    if byte(end) == 0x20 {
      if let unit = unitEnd(end + 1, Self.times), !ByteClass.isWord(byte(unit)) { return (unit, .duration) }
      if let unit = unitEnd(end + 1, Self.sizes), !ByteClass.isWord(byte(unit)) { return (unit, .size) }
    }
    return (end, .number)
  }

  private func numberEnd(_ start: Int) -> Int {
    var end = start
    while ByteClass.isDigit(byte(end)) || (byte(end) == 0x5F && ByteClass.isDigit(byte(end + 1))) { end += 1 }
    if byte(end) == 0x2E, ByteClass.isDigit(byte(end + 1)) {
      end += 1
      while ByteClass.isDigit(byte(end)) { end += 1 }
    } else if byte(end) == 0x2E, byte(end + 1) | 0x20 == 0x65, ByteClass.isDigit(byte(end + 2)) || byte(end + 2) == 0x2D
    {
      end += 1
    }
    if byte(end) | 0x20 == 0x65 {
      var exponent = end + 1
      if byte(exponent) == 0x2B || byte(exponent) == 0x2D { exponent += 1 }
      if ByteClass.isDigit(byte(exponent)) {
        while ByteClass.isDigit(byte(exponent)) { exponent += 1 }
        end = exponent
      }
    }
    return end
  }

  private func unitEnd(_ start: Int, _ units: [StaticString]) -> Int? {
    guard ByteClass.isWord(byte(start)) else { return nil }
    for unit in units where unit.matches(bytes, at: start) {
      let end = start + unit.utf8CodeUnitCount
      if !ByteClass.isLetter(byte(end)) { return end }
    }
    return nil
  }

  /// Past what a language writes behind its numbers to say their type: `3.5f`, `42usize`.
  private func suffixEnd(_ end: Int) -> Int? {
    guard ByteClass.isWord(byte(end)) else { return nil }
    let word = end..<wordEnd(end)
    for suffix in Self.suffixes where suffix.utf8CodeUnitCount == word.count && suffix.matches(bytes, at: end) {
      return word.upperBound
    }
    return nil
  }

  private static let suffixes: [StaticString] = [
    "f", "F", "L", "l", "n", "u", "U", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "usize", "isize", "f32",
    "f64", "UL", "ul", "LL", "ULL", "st", "nd", "rd", "th", "px", "j",
  ]

  private static let times: [StaticString] = [
    "s", "ms", "us", "µs", "ns", "sec", "secs", "second", "seconds", "m", "min", "mins", "minutes", "minute", "h",
    "hours",
    "hour",
  ]
  private static let sizes: [StaticString] = [
    "B", "kB", "KB", "KiB", "MB", "MiB", "GB", "GiB", "TB", "TiB", "bytes", "Ki", "Mi", "Gi",
  ]

  /// Past a shape, `(2, 3)` or `[2, 3]` after a word that says so; its rank is kept by the facets.
  func shapeEnd() -> Int? {
    guard !context.isEmpty, isShapeWord else { return nil }
    var end = position
    while byte(end) == 0x28 || byte(end) == 0x5B { end += 1 }
    let start = end
    while ByteClass.isDigit(byte(end)) || byte(end) == 0x2C || byte(end) == 0x20 { end += 1 }
    guard end > start, ByteClass.isDigit(byte(start)), byte(end) == 0x29 || byte(end) == 0x5D else { return nil }
    while byte(end) == 0x29 || byte(end) == 0x5D { end += 1 }
    return end
  }

  private var isShapeWord: Bool {
    for word in Self.shapeWords where word.equalsIgnoringCase(bytes, context) { return true }
    return false
  }

  private static let shapeWords: [StaticString] = ["shape", "shapes", "size", "dims"]
}
