/// Card numbers: only where something tells that they are meant, since chance makes them in every large table of numbers.
extension SecretScanner {
  /// A card number that begins at a digit.
  ///
  /// Groups with dashes tell by themselves; one run of digits, or groups with spaces, need quotation marks or a letter
  /// before them, and a word for cards in the line. A decimal and a cell that is a number are never one.
  func card(at start: Int) -> Range<Int>? {
    guard start == 0 || ![0x2E, 0x2B, 0x2D, 0x2F].contains(line[start - 1]) else { return nil }
    // A number of less digits than a card's group begins none, and nearly every number is one of those.
    guard endOfWord(from: start, while: Self.isDigit) - start >= 4 else { return nil }
    let groups = groups(from: start)
    guard let end = groups.last?.upperBound, !continues(at: end) else { return nil }
    let digits = groups.flatMap { line[$0].map { $0 - 0x30 } }
    guard Self.isIssued(digits), Self.isLuhn(digits) else { return nil }
    let isDashed = groups.count > 1 && line[groups[0].upperBound] == 0x2D
    if isDashed { return groups.map(\.count) == [4, 4, 4, 4] ? start..<end : nil }
    guard groups.count == 1 || groups.map(\.count) == [4, 4, 4, 4], isSpoken(start..<end), namesCards
    else { return nil }
    return start..<end
  }

  /// Runs of digits with one and the same separator between them: a space, a dash, or none.
  private func groups(from start: Int) -> [Range<Int>] {
    var groups: [Range<Int>] = []
    var separator: UInt8?
    var index = start
    while groups.count < 6 {
      let end = endOfWord(from: index, while: Self.isDigit)
      if end == index || end - index > 19 { break }
      groups.append(index..<end)
      guard end + 1 < line.count, line[end] == 0x20 || line[end] == 0x2D, separator ?? line[end] == line[end],
        Self.isDigit(line[end + 1])
      else { break }
      separator = line[end]
      index = end + 1
    }
    return groups
  }

  /// Whether the number goes on: a fraction, an exponent, another group, a name.
  private func continues(at end: Int) -> Bool {
    guard end < line.count else { return false }
    if Self.isWord(line[end]) || line[end] == 0x2D { return true }
    return line[end] == 0x2E && end + 1 < line.count && Self.isDigit(line[end + 1])
  }

  /// Whether it stands in quotation marks, or behind a word as in a sentence.
  private func isSpoken(_ range: Range<Int>) -> Bool {
    guard range.lowerBound > 0 else { return false }
    let before = line[range.lowerBound - 1]
    if before == 0x22 || before == 0x27 {
      return range.upperBound < line.count && line[range.upperBound] == before
    }
    return before == 0x20 && range.lowerBound > 1 && Self.isLetter(line[range.lowerBound - 2])
  }

  private static let words = ["card", "credit", "visa", "master", "amex", "payment", "iban"].map { Array($0.utf8) }

  /// Whether the line has a word for cards.
  private var namesCards: Bool {
    let small = line.map { $0 | 0x20 }
    return small.withUnsafeBufferPointer { buffer in
      let scanner = SecretScanner(line: buffer)
      return buffer.indices.contains { index in Self.words.contains { scanner.starts(with: $0, at: index) } }
    }
  }

  /// Whether a large issuer gives out numbers of this length that begin so.
  private static func isIssued(_ digits: [UInt8]) -> Bool {
    let first = digits.prefix(4).reduce(0) { $0 * 10 + Int($1) }
    switch digits.count {
    case 16:
      return (4000...4999).contains(first) || (5100...5599).contains(first) || (2221...2720).contains(first)
        || first == 6011 || (6440...6599).contains(first) || (3528...3589).contains(first)
    case 15: return (3400...3499).contains(first) || (3700...3799).contains(first)
    default: return false
    }
  }

  private static func isLuhn(_ digits: [UInt8]) -> Bool {
    var sum = 0
    for (place, digit) in digits.reversed().enumerated() {
      let doubled = Int(digit) * 2
      sum += place.isMultiple(of: 2) ? Int(digit) : doubled > 9 ? doubled - 9 : doubled
    }
    return sum.isMultiple(of: 10)
  }
}
