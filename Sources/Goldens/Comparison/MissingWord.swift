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
