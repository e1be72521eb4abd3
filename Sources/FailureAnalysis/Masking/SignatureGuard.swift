/// What two failures must have alike before they can have one cause: exception types and status codes.
///
/// The guard partition of ReportPortal's unique errors: fuzzy merging never crosses it.
package struct SignatureGuard: Hashable, Sendable {
  /// Words that end as exceptions do (`ValueError`, `java.io.IOException`), sorted.
  package var exceptions: [String]
  /// HTTP-like and exit codes, sorted.
  package var codes: [Int]

  /// Nothing to hold apart by.
  package static let none = SignatureGuard(exceptions: [], codes: [])

  /// The words and codes of a masked message, up to 32 each.
  static func of(_ bytes: UnsafeRawBufferPointer) -> SignatureGuard {
    var exceptions: Set<String> = []
    var codes: Set<Int> = []
    var place = 0
    var word = 0..<0
    while place < bytes.count {
      guard ByteClass.isWord(bytes[place]) else {
        if let length = bytes[place] == 0x3C ? Placeholder.length(in: bytes, at: place) : nil {
          place += length
          word = 0..<0
        } else {
          place += 1
        }
        continue
      }
      let start = place
      while place < bytes.count, ByteClass.isWord(bytes[place]) { place += 1 }
      if let code = number(bytes, start..<place) {
        if NoiseScanner.isCodeWord(bytes, word), codes.count < 32 { codes.insert(code) }
      } else if isException(bytes, start..<place), exceptions.count < 32 {
        exceptions.insert(String(decoding: bytes[start..<place], as: UTF8.self))
      }
      word = start..<place
    }
    return SignatureGuard(exceptions: exceptions.sorted(), codes: codes.sorted())
  }

  private static func number(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
    guard range.count <= 3 else { return nil }
    var value = 0
    for place in range {
      guard ByteClass.isDigit(bytes[place]) else { return nil }
      value = value * 10 + Int(bytes[place] - 0x30)
    }
    return value
  }

  private static func isException(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
    for ending in endings {
      let start = range.upperBound - ending.utf8CodeUnitCount
      if start >= range.lowerBound, ending.matches(bytes, at: start), start > range.lowerBound || ending.isWhole {
        return true
      }
    }
    return false
  }

  private static let endings: [StaticString] = [
    "Error", "Exception", "Failure", "Timeout", "Interrupt", "Exit", "Warning", "Panic", "Overflow",
  ]
}

extension StaticString {
  /// Whether the word alone names a failure.
  fileprivate var isWhole: Bool { utf8Start[0] == 0x54 || utf8Start[0] == 0x50 }
}
