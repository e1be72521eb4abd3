/// Scores how well the letters of a query, in order and with gaps, fit a text; as fzf's first algorithm does.
package struct FuzzyMatch: Sendable {
  private static let match = 16
  private static let gapStart = -3
  private static let gapExtension = -1
  private static let boundary = 8
  private static let consecutive = 4

  private let query: [UInt8]

  /// A query; ASCII letter case is ignored.
  package init(_ query: String) {
    self.query = query.utf8.map(Self.lowered)
  }

  /// The score, higher for the better; nil where the text lacks a letter. An empty query scores 0.
  package func score(_ text: String) -> Int? {
    var copy = text
    return copy.withUTF8 { score(UnsafeRawBufferPointer($0)) }
  }

  /// The score of a text's bytes.
  package func score(_ bytes: UnsafeRawBufferPointer) -> Int? {
    if query.isEmpty { return 0 }
    guard let end = endOfMatch(in: bytes) else { return nil }
    return score(bytes, from: startOfMatch(in: bytes, end: end), to: end)
  }

  /// Past the first place by which the whole query was seen.
  private func endOfMatch(in bytes: UnsafeRawBufferPointer) -> Int? {
    var next = 0
    for index in 0..<bytes.count where Self.lowered(bytes[index]) == query[next] {
      next += 1
      if next == query.count { return index + 1 }
    }
    return nil
  }

  /// The last place from which the query can be read up to the end: the tightest fit.
  private func startOfMatch(in bytes: UnsafeRawBufferPointer, end: Int) -> Int {
    var left = query.count
    var index = end
    while left > 0, index > 0 {
      index -= 1
      if Self.lowered(bytes[index]) == query[left - 1] { left -= 1 }
    }
    return index
  }

  private func score(_ bytes: UnsafeRawBufferPointer, from start: Int, to end: Int) -> Int {
    var total = 0
    var next = 0
    var gap = 0
    // What a run of letters earns with each: a run at the start of a word earns more.
    var runBonus: Int?
    for index in start..<end {
      guard next < query.count, Self.lowered(bytes[index]) == query[next] else {
        total += gap == 0 ? Self.gapStart : Self.gapExtension
        gap += 1
        runBonus = nil
        continue
      }
      let own = Self.isBoundary(bytes, index) ? Self.boundary : 0
      let bonus = runBonus.map { max(own, $0, Self.consecutive) } ?? own
      total += Self.match + (next == 0 ? bonus * 2 : bonus)
      next += 1
      gap = 0
      runBonus = max(runBonus ?? 0, own)
    }
    return total
  }

  private static func isBoundary(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Bool {
    guard index > 0 else { return true }
    let before = bytes[index - 1]
    let here = bytes[index]
    return !isWord(before) || (isUpper(here) && !isUpper(before))
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (lowered(byte) >= 0x61 && lowered(byte) <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
  }

  private static func isUpper(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }

  private static func lowered(_ byte: UInt8) -> UInt8 { isUpper(byte) ? byte | 0x20 : byte }
}
