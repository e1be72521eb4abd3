internal import SafeText

/// A difference of two texts that nobody sees when they are printed.
package enum UnseenDifference: Hashable, Sendable, CaseIterable {
  /// Blanks or tabs at the end.
  case trailingBlanks
  /// Tabs for blanks, more or fewer blanks, blanks of other kinds.
  case blanks
  /// Characters that are not drawn: zero-width ones, soft hyphens, byte order marks, controls.
  case invisible
  /// The same characters, composed on one side and decomposed on the other.
  case normalization
  /// Characters that look like others.
  case lookAlikes
  /// Several of these together.
  case several

  /// What tells two texts apart that are not the same bytes; nil when something visible does.
  package init?(_ expected: some Collection<UInt8>, _ actual: some Collection<UInt8>) {
    guard Self.mayBe(expected, actual) else { return nil }
    var first = Array(String(decoding: expected, as: UTF8.self).unicodeScalars)
    var second = Array(String(decoding: actual, as: UTF8.self).unicodeScalars)
    if first != second, Self.areCanonicallySame(first, second) {
      self = .normalization
      return
    }
    var found: [UnseenDifference] = []
    for step in [Self.trailingBlanks, .invisible, .blanks, .lookAlikes] {
      let (one, other) = (step.levelled(first), step.levelled(second))
      // A step counts when it brings the two nearer or takes more of one: what both have is no difference.
      let isUneven = first.count - one.count != second.count - other.count
      if isUneven || Self.isNearer(one, other, than: first, second) { found.append(step) }
      (first, second) = (one, other)
      if first == second { break }
      if Self.areCanonicallySame(first, second) {
        found.append(.normalization)
        first = second
        break
      }
    }
    guard first == second, let kind = found.first else { return nil }
    self = found.count == 1 ? kind : .several
  }

  /// Whether the bytes that are ASCII and no blanks are as many, or bytes beyond ASCII stand on either side.
  private static func mayBe(_ expected: some Collection<UInt8>, _ actual: some Collection<UInt8>) -> Bool {
    if expected.count > limit || actual.count > limit { return false }
    if expected.contains(where: { $0 >= 0x7F || $0 < 0x20 && $0 != 0x09 })
      || actual.contains(where: { $0 >= 0x7F || $0 < 0x20 && $0 != 0x09 })
    {
      return true
    }
    return expected.lazy.filter { $0 > 0x20 }.elementsEqual(actual.lazy.filter { $0 > 0x20 })
  }

  /// Bytes of a text that is looked at.
  private static let limit = 1 << 16

  private static func isNearer(
    _ one: [Unicode.Scalar], _ other: [Unicode.Scalar], than first: [Unicode.Scalar], _ second: [Unicode.Scalar]
  ) -> Bool {
    one == other || common(one, other) > common(first, second)
  }

  /// The length of what both have at the beginning.
  private static func common(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    zip(left, right).prefix { $0 == $1 }.count
  }

  /// The text without what this kind of difference is about.
  private func levelled(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
    switch self {
    case .trailingBlanks: Array(text[..<(text.lastIndex { !Self.isBlank($0) } ?? -1).advanced(by: 1)])
    case .invisible: text.filter { !Self.isInvisible($0) }
    case .blanks: Self.withSingleBlanks(text)
    case .lookAlikes: text.flatMap { LookAlikes.plain($0) }
    case .normalization, .several: text
    }
  }

  private static func withSingleBlanks(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    for scalar in text {
      if !isBlank(scalar) { result.append(scalar) } else if result.last != " " { result.append(" ") }
    }
    return result
  }

  /// Whether two texts are the same characters: Swift goes by canonical equivalence.
  private static func areCanonicallySame(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Bool {
    func text(_ scalars: [Unicode.Scalar]) -> String {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars)
      return String(view)
    }
    return text(left) == text(right)
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x20, 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    !isBlank(scalar) && ScalarKind(scalar) == .hidden
  }
}

extension UnseenDifference {
  /// The words behind `differ only`.
  package var words: String {
    switch self {
    case .trailingBlanks: "in blanks at the end"
    case .blanks: "in blanks (tabs, or more or other blanks)"
    case .invisible: "in characters that are not drawn (zero-width, controls)"
    case .normalization: "in Unicode normalization (composed and decomposed characters, NFC and NFD)"
    case .lookAlikes: "in characters that look alike"
    case .several: "in what nobody can see (blanks, normalization, characters that look alike)"
    }
  }

  /// One word for JSON.
  package var word: String {
    switch self {
    case .trailingBlanks: "trailing-blanks"
    case .blanks: "blanks"
    case .invisible: "invisible"
    case .normalization: "normalization"
    case .lookAlikes: "look-alikes"
    case .several: "several"
    }
  }
}

/// Counts differences that nobody can see, by kind, with the first place of each.
struct UnseenTally {
  private(set) var counts: [UnseenDifference: (count: Int, first: String)] = [:]
  /// Pairs that are looked at, so that a text of a million changed lines is not held up.
  private var left = 100_000

  /// Counts two texts in; whether nobody can see how they differ.
  mutating func add(
    _ expected: some Collection<UInt8>, _ actual: some Collection<UInt8>, place: @autoclosure () -> String
  ) -> Bool {
    guard left > 0 else { return false }
    left -= 1
    guard let kind = UnseenDifference(expected, actual) else { return false }
    counts[kind, default: (0, place())].count += 1
    return true
  }

  /// Counts what another tally has seen behind this one.
  mutating func add(_ other: UnseenTally) {
    for (kind, found) in other.counts { counts[kind, default: (0, found.first)].count += found.count }
  }

  /// All that was found, a clause each: `2 lines differ only in blanks at the end (line 2)`.
  func clauses(_ unit: String, place: (String) -> String = { $0 }) -> [String] {
    UnseenDifference.allCases.compactMap { kind in
      counts[kind].map { found in
        let verb = found.count == 1 ? "\(unit) differs" : "\(unit)s differ"
        return "\(found.count) \(verb) only \(kind.words) (\(found.count == 1 ? "" : "first ")\(place(found.first)))"
      }
    }
  }
}

/// Characters that look like others, after Unicode's confusables: letters of Cyrillic and Greek, dashes, quotes, ligatures.
enum LookAlikes {
  /// What a scalar looks like; itself where it is like no other.
  static func plain(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    switch scalar.value {
    case 0..<0x60, 0x61..<0xB4: return [scalar]
    // Full-width forms of ASCII.
    case 0xFF01...0xFF5E: return [Unicode.Scalar(UInt8(scalar.value - 0xFEE0))]
    default: return table[scalar.value].map { Array($0.unicodeScalars) } ?? [scalar]
    }
  }

  private static let table: [UInt32: String] = [
    0x0060: "'", 0x00B4: "'", 0x00B5: "μ", 0x00D7: "x", 0x0131: "i", 0x017F: "s", 0x01C3: "!", 0x0251: "a",
    0x0261: "g", 0x0269: "i", 0x0391: "A", 0x0392: "B", 0x0395: "E", 0x0396: "Z", 0x0397: "H", 0x0399: "I",
    0x039A: "K", 0x039C: "M", 0x039D: "N", 0x039F: "O", 0x03A1: "P", 0x03A4: "T", 0x03A5: "Y", 0x03A7: "X",
    0x03B1: "a", 0x03B3: "y", 0x03B9: "i", 0x03BA: "k", 0x03BD: "v", 0x03BF: "o", 0x03C1: "p", 0x03C5: "u",
    0x03C7: "x", 0x0405: "S", 0x0406: "I", 0x0408: "J", 0x0410: "A", 0x0412: "B", 0x0415: "E", 0x0417: "3",
    0x041A: "K", 0x041C: "M", 0x041D: "H", 0x041E: "O", 0x0420: "P", 0x0421: "C", 0x0422: "T", 0x0423: "Y",
    0x0425: "X", 0x0430: "a", 0x0435: "e", 0x043E: "o", 0x0440: "p", 0x0441: "c", 0x0443: "y", 0x0445: "x",
    0x0455: "s", 0x0456: "i", 0x0458: "j", 0x04AE: "Y", 0x04BB: "h", 0x04CF: "l", 0x0501: "d", 0x051A: "Q",
    0x051B: "q", 0x051C: "W", 0x051D: "w", 0x0578: "n", 0x057D: "u", 0x0585: "o", 0x066B: ",", 0x066D: "*",
    0x2010: "-", 0x2011: "-", 0x2012: "-", 0x2013: "-", 0x2014: "-", 0x2018: "'", 0x2019: "'", 0x201A: ",",
    0x201C: "\"", 0x201D: "\"", 0x201E: "\"", 0x2024: ".", 0x2026: "...", 0x2032: "'", 0x2033: "\"", 0x2039: "<",
    0x203A: ">", 0x2044: "/", 0x2053: "~", 0x2160: "I", 0x2164: "V", 0x2169: "X", 0x2170: "i", 0x2174: "v",
    0x2179: "x", 0x217C: "l", 0x2212: "-", 0x2215: "/", 0x2217: "*", 0x2236: ":", 0x223C: "~", 0xA789: ":",
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFE63: "-", 0xFF1A: ":", 0xFF1B: ";",
  ]
}
