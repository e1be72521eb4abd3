/// Noise that begins with a letter, and names that only a number tells apart.
extension NoiseScanner {
  /// Times with names, hashes, ids, addresses; nil for a word that stays.
  mutating func lettered() -> (end: Int, kind: Placeholder)? {
    let end = wordEnd(position)
    let length = end - position
    if length <= 9, let time = namedTimeEnd() { return (time, .time) }
    if length == 1, byte(end) == 0x3A, byte(end + 1) == 0x5C || byte(end + 1) == 0x2F, let path = drivePathEnd() {
      return (path, .path)
    }
    let digits = digitCount(position..<end)
    if let end = groupedEnd(wordEnd: end, digits: digits) { return (end, .identifier) }
    if let end = colonGroupsEnd() { return (end, .address) }
    if isHash(position..<end, digits: digits) { return (end, .hex) }
    if isRandom(position..<end, digits: digits) { return (end, .identifier) }
    return nil
  }

  /// Names that machines draw by lot.
  func isRandom(_ range: Range<Int>, digits: Int) -> Bool {
    if digits == 0 {
      return isPodSuffix(range) || isTemporaryName(range, digits: digits) || continuesHash(range)
    }
    return isToken(range, digits: digits) || isPodSuffix(range) || isDrawn(range)
      || isTemporaryName(range, digits: digits) || continuesHash(range)
  }

  func digitCount(_ range: Range<Int>) -> Int {
    var count = 0
    for position in range where ByteClass.isDigit(bytes[position]) { count += 1 }
    return count
  }

  /// A hash: hexadecimal, seven or more, digits and letters mixed.
  func isHash(_ range: Range<Int>, digits: Int) -> Bool {
    guard range.count >= 7, digits >= 2, digits < range.count else { return false }
    for position in range where !ByteClass.isHex(bytes[position]) { return false }
    return true
  }

  /// A token: 20 or more letters and digits with at least four digits and no underscore.
  func isToken(_ range: Range<Int>, digits: Int) -> Bool {
    guard range.count >= 20, digits >= 4 else { return false }
    for position in range where bytes[position] == 0x5F { return false }
    return true
  }

  /// The end of a pod's name after a dash: 4, 5 or 8 to 10 characters of its alphabet, with a digit when short.
  func isPodSuffix(_ range: Range<Int>) -> Bool {
    guard byte(range.lowerBound - 1) == 0x2D, [4, 5, 8, 9, 10].contains(range.count) else { return false }
    for position in range where !ByteClass.isPodSuffix(bytes[position]) { return false }
    return range.count == 5 || digitCount(range) > 0
  }

  /// Past a UUID with its trailing number, if one begins here.
  func groupedEnd(wordEnd: Int, digits: Int) -> Int? {
    guard wordEnd - position == 8, byte(wordEnd) == 0x2D else { return nil }
    var end = position
    for (index, length) in [8, 4, 4, 4, 12].enumerated() {
      if index > 0 {
        guard byte(end) == 0x2D else { return nil }
        end += 1
      }
      for offset in 0..<length where !ByteClass.isHex(byte(end + offset)) { return nil }
      end += length
    }
    if end < bytes.count, ByteClass.isWord(bytes[end]) { return nil }
    if byte(end) == 0x2D, ByteClass.isDigit(byte(end + 1)) {
      let number = self.wordEnd(end + 1)
      if digitCount(end + 1..<number) == number - end - 1 { return number }
    }
    return end
  }

  /// Past an IPv6 or hardware address: hexadecimal groups of at most four with three colons or more.
  func colonGroupsEnd() -> Int? {
    var end = position
    var colons = 0
    var group = 0
    while end < bytes.count {
      if bytes[end] == 0x3A {
        colons += 1
        group = 0
      } else if ByteClass.isHex(bytes[end]), group < 4 {
        group += 1
      } else {
        break
      }
      end += 1
    }
    guard colons >= 3, !(end < bytes.count && ByteClass.isWord(bytes[end])), byte(end - 1) != 0x3A else { return nil }
    return end
  }

  /// The made-up part at the end of a name: the number in names that machines count (`gw0`, `shard3`), long numbers
  /// (`order_48213`), and random letters after an underscore (`job_8f3a2c`).
  func countedPart(_ range: Range<Int>) -> (start: Int, kind: Placeholder)? {
    var digits = range.upperBound
    while digits > range.lowerBound, ByteClass.isDigit(bytes[digits - 1]) { digits -= 1 }
    if digits < range.upperBound, digits > range.lowerBound {
      var start = digits
      while start > range.lowerBound, ByteClass.isLetter(bytes[start - 1]) { start -= 1 }
      if Self.countedNames.contains(bytes, start..<digits) || isHost(range) { return (digits, .number) }
      let isSplit = bytes[digits - 1] == 0x5F
      if range.upperBound - digits >= (isSplit ? 4 : 5), isSplit || bytes[digits - 1] &- 0x61 < 26 {
        return (digits, .number)
      }
    }
    guard let split = bytes[range].lastIndex(of: 0x5F), split > range.lowerBound else { return nil }
    let part = split + 1..<range.upperBound
    let isMade = part.count >= 6 && isMixed(part, 3) || isHash(part, digits: digitCount(part))
    return isMade ? (part.lowerBound, .identifier) : nil
  }

  /// The first labels of a host's name: `db12.eu.internal`.
  private func isHost(_ label: Range<Int>) -> Bool {
    var end = label.upperBound
    var last = label
    while byte(end) == 0x2E || byte(end) == 0x2D, ByteClass.isWord(byte(end + 1)) {
      last = end + 1..<wordEnd(end + 1)
      end = last.upperBound
    }
    return last != label && byte(last.lowerBound - 1) == 0x2E && Self.domains.contains(bytes, last)
  }

  private static let domains: [StaticString] = [
    "local", "internal", "com", "net", "org", "io", "svc", "lan", "corp", "example", "cluster", "cloud", "dev",
  ]

  /// Letters and digits that take turns so many times, as in names that are drawn by lot.
  func isMixed(_ range: Range<Int>, _ least: Int) -> Bool {
    var turns = 0
    for position in range {
      if bytes[position] == 0x5F { return false }
      if position > range.lowerBound, ByteClass.isDigit(bytes[position]) != ByteClass.isDigit(bytes[position - 1]) {
        turns += 1
      }
    }
    return turns >= least
  }

  /// A name drawn by lot: eight letters and digits or more that take turns, or six of base 16.
  func isDrawn(_ range: Range<Int>) -> Bool {
    guard range.count >= 6, range.count < 20 else { return false }
    if range.count >= 8, isMixed(range, 4) { return true }
    for position in range where !ByteClass.isHex(bytes[position]) { return false }
    return isMixed(range, 3)
  }

  /// Python's temporary names: `tmp` and eight characters, with a digit or in a path.
  func isTemporaryName(_ range: Range<Int>, digits: Int) -> Bool {
    guard range.count == 11, StaticString("tmp").matches(bytes, at: range.lowerBound) else { return false }
    return digits > 0 || byte(range.lowerBound - 1) == 0x2F || byte(range.lowerBound - 1) == 0x5C
  }

  /// A further group of a UUID that was cut: `-e29b` after a hash.
  func continuesHash(_ range: Range<Int>) -> Bool {
    guard byte(range.lowerBound - 1) == 0x2D, range.count == 4 || range.count == 12,
      lastNoise.range.upperBound == range.lowerBound - 1
    else { return false }
    switch lastNoise.kind {
    case .hex, .identifier: break
    // `550e8400` reads as a number, too.
    case .number where lastNoise.range.count >= 4: break
    default: return false
    }
    for position in range where !ByteClass.isHex(bytes[position]) { return false }
    return true
  }

  private static let countedNames: [StaticString] = [
    "gw", "worker", "shard", "runner", "node", "thread", "host", "pod", "kworker", "agent", "machine", "instance",
    "replica", "partition", "rank", "vm", "executor", "builder", "server", "gpu", "epoch", "fold", "chunk",
    "batch", "slot", "broker",
  ]
}
