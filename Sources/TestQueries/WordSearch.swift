/// Finds a word in bytes, ASCII letters in either case.
struct WordSearch: Sendable {
  /// The word in lower case.
  let text: String
  private let folded: [UInt8]
  private let first: (lower: UInt8, upper: UInt8)

  /// A search for a word that is not empty.
  init(_ word: String) {
    text = word.lowercased()
    folded = word.utf8.map(Self.folded)
    let lower = folded.first ?? 0
    first = (lower, (0x61...0x7A).contains(lower) ? lower - 0x20 : lower)
  }

  /// Whether the word can lie across the `::` between a suite and a name.
  var hasColon: Bool { folded.contains(0x3A) }

  /// Whether the bytes have the word.
  func isFound(in bytes: UnsafeRawBufferPointer) -> Bool {
    folded.withUnsafeBufferPointer { word in
      guard bytes.count >= word.count else { return false }
      var start = 0
      let last = bytes.count - word.count
      while start <= last {
        let byte = bytes[start]
        if byte == first.lower || byte == first.upper {
          var length = 1
          while length < word.count, Self.folded(bytes[start + length]) == word[length] { length += 1 }
          if length == word.count { return true }
        }
        start += 1
      }
      return false
    }
  }

  /// An ASCII letter in lower case; other bytes as they are.
  static func folded(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}
