/// Numbers that are codes, which stay.
extension NoiseScanner {
  /// Whether the number at a range of digits is a code by what stands around it: the rules of `FailureCodes`.
  func isCode(_ range: Range<Int>) -> Bool {
    let end = range.upperBound
    guard range.count <= 10, let value = value(range), !isMeasured(end) else { return false }
    if range.count <= 5 || isSystemStatus(range), isAnnounced, !isCountOf(range) { return true }
    if isVendorCode(range) { return true }
    if range.count == 3, FailureCodes.isStatus(value), isReason(after: end) { return true }
    if range.count == 3, value >= 300, FailureCodes.commonStatuses.contains(value), isHinted(range) {
      return true
    }
    if range.count <= 5, isLoneError(range) || isArgument(range) { return true }
    if range.count == 3, FailureCodes.commonStatuses.contains(value), beginsMessage(range) { return true }
    if range.count == 5, FailureCodes.sqlClasses.contains(value / 1000), isEnclosed(range) { return true }
    guard range.count == 3 || value == 0 else { return false }
    return comparedNumber(after: end).map { FailureCodes.areCompared(value, $0) } ?? false
      || comparedNumber(before: range.lowerBound).map { FailureCodes.areCompared(value, $0) } ?? false
  }

  /// Whether the hexadecimal number here is one that an announcement makes a code: `HRESULT: 0x80070005`.
  func isHexCode(_ range: Range<Int>) -> Bool { range.count <= 10 && isAnnounced }

  private func value(_ range: Range<Int>) -> Int? {
    var value = 0
    for position in range {
      guard ByteClass.isDigit(byte(position)) else { return nil }
      value = value * 10 + Int(byte(position) - 0x30)
    }
    return value
  }

  /// A fraction, a unit, a share or a size follows.
  private func isMeasured(_ end: Int) -> Bool {
    switch byte(end) {
    case 0x2E: ByteClass.isDigit(byte(end + 1))
    case 0x25: true
    case 0x2F, 0x3A: ByteClass.isDigit(byte(end + 1))
    case 0x20: unitFollows(end + 1)
    default: false
    }
  }

  /// Windows' statuses as unsigned numbers: 3221225477.
  private func isSystemStatus(_ range: Range<Int>) -> Bool {
    range.count == 10
      && (StaticString("32212").matches(bytes, at: range.lowerBound)
        || StaticString("42949").matches(bytes, at: range.lowerBound))
  }

  /// A word that announces a code stands before.
  private var isAnnounced: Bool {
    guard !context.isEmpty else { return false }
    if FailureCodes.announcing.contains(bytes, context) { return true }
    let start = lastPart(context)
    return start > context.lowerBound && FailureCodes.announcing.contains(bytes, start..<context.upperBound)
  }

  /// `status of 5 jobs`.
  private func isCountOf(_ range: Range<Int>) -> Bool {
    StaticString("of ").matches(bytes, at: range.lowerBound - 3) && countsSomething(range.upperBound)
  }

  /// Where the last part of a name begins: `code` in `exit_code` and `exitCode`.
  private func lastPart(_ word: Range<Int>) -> Int {
    var start = word.upperBound - 1
    while start > word.lowerBound {
      if bytes[start - 1] == 0x5F { return start }
      let isCapital = bytes[start] &- 0x41 < 26
      if isCapital, bytes[start - 1] &- 0x61 < 26 || ByteClass.isDigit(bytes[start - 1]) { return start }
      start -= 1
    }
    return start
  }

  /// `ORA-00942`.
  private func isVendorCode(_ range: Range<Int>) -> Bool {
    guard range.count >= 3 || range.count == 1, byte(range.lowerBound - 1) == 0x2D else { return false }
    var start = range.lowerBound - 1
    while ByteClass.isWord(byte(start - 1)) { start -= 1 }
    return FailureCodes.vendors.contains(bytes, start..<range.lowerBound - 1)
  }

  /// ` Client Error`, `: Not Found`.
  private func isReason(after end: Int) -> Bool {
    var next = end
    while [0x20, 0x3A, 0x2D, 0x22, 0x28, 0x29, 0x5D, 0x5F].contains(byte(next)), next - end < 4 { next += 1 }
    guard next > end else { return false }
    let word = next..<wordEnd(next)
    for reason in FailureCodes.reasons
    where reason.utf8CodeUnitCount == word.count && reason.matches(bytes, at: next) {
      return true
    }
    return false
  }

  /// `returned 404`, and no noun that it counts.
  private func isHinted(_ range: Range<Int>) -> Bool {
    !context.isEmpty && FailureCodes.hinting.contains(bytes, context) && !countsSomething(range.upperBound)
      && !isMeasuredError
  }

  /// What stands before *error* says that it is a difference: `mean error 404`.
  private var isMeasuredError: Bool {
    guard StaticString("error").equalsIgnoringCase(bytes, context) else { return false }
    let end = context.lowerBound - 1
    var start = end
    while ByteClass.isWord(byte(start - 1)) { start -= 1 }
    return end > start && FailureCodes.measuring.contains(bytes, start..<end)
  }

  /// A noun in small letters follows, as in `404 rows`.
  private func countsSomething(_ end: Int) -> Bool {
    guard byte(end) == 0x20, byte(end + 1) &- 0x61 < 26 else { return false }
    let word = end + 1..<wordEnd(end + 1)
    return !FailureCodes.comparing.contains(bytes, word) && !Self.prepositions.contains(bytes, word)
  }

  /// `CUDA error 700:`, where no other word says what the error measures.
  private func isLoneError(_ range: Range<Int>) -> Bool {
    guard !context.isEmpty, range.count <= 5,
      StaticString("error").equalsIgnoringCase(bytes, context)
        || StaticString("err").equalsIgnoringCase(bytes, context),
      !countsSomething(range.upperBound)
    else { return false }
    if byte(range.lowerBound - 1) == 0x20, byte(range.lowerBound - 2) == 0x3A {
      // `Error: 3 of 20`: what follows a colon is a sentence, but where a colon follows again.
      return byte(range.upperBound) == 0x3A && range.count >= 3
    }
    return !isMeasuredError
  }

  /// `SIGSEGV (11)`, `OSError(28, …)`, `cudaErrorIllegalAddress (700)`.
  private func isArgument(_ range: Range<Int>) -> Bool {
    // `(2006, 'the server has gone away')` with the class told elsewhere.
    if range.lowerBound == 1, byte(0) == 0x28, range.count >= 3, startsMessage(range.upperBound) { return true }
    guard !context.isEmpty else { return false }
    if context.count >= 5, StaticString("SIG").matches(bytes, at: context.lowerBound) { return true }
    guard byte(range.lowerBound - 1) == 0x28 || byte(range.lowerBound - 1) == 0x5B else { return false }
    let isError = StaticString("Error").matches(bytes, at: context.upperBound - 5)
    if isError, startsMessage(range.upperBound) { return true }
    return range.count >= 3 && StaticString("cudaError").matches(bytes, at: context.lowerBound)
  }

  /// `ApiException: (404)`: alone in parentheses, the first that a message says.
  private func beginsMessage(_ range: Range<Int>) -> Bool {
    guard byte(range.lowerBound - 1) == 0x28, byte(range.upperBound) == 0x29 else { return false }
    return range.lowerBound == 1 || StaticString(": ").matches(bytes, at: range.lowerBound - 3)
  }

  /// A comma and a quoted text follow.
  private func startsMessage(_ end: Int) -> Bool {
    byte(end) == 0x2C && (byte(end + 2) == 0x27 || byte(end + 2) == 0x22)
  }

  /// `[42601]`, `(23000)`, `23505: `.
  private func isEnclosed(_ range: Range<Int>) -> Bool {
    let (before, after) = (byte(range.lowerBound - 1), byte(range.upperBound))
    if before == 0x28 && after == 0x29 || before == 0x5B && after == 0x5D { return true }
    return after == 0x3A && byte(range.upperBound + 1) == 0x20 && !ByteClass.isWord(before) && before != 0x3A
  }

  /// The number that this one is compared with, on its right.
  private func comparedNumber(after end: Int) -> Int? {
    var next = end
    var isComparison = false
    while next < bytes.count, next - end < 60 {
      if ByteClass.isDigit(bytes[next]) { return isComparison ? wholeNumber(next..<wordEnd(next)) : nil }
      if ByteClass.isWord(bytes[next]) {
        let word = next..<wordEnd(next)
        guard isComparing(word) else { return nil }
        isComparison = true
        next = word.upperBound
      } else {
        guard isBetweenCompared(bytes[next]) else { return nil }
        if bytes[next] == 0x3D || bytes[next] == 0x21 { isComparison = true }
        next += 1
      }
    }
    return nil
  }

  /// The number that this one is compared with, on its left.
  private func comparedNumber(before start: Int) -> Int? {
    var end = start
    var isComparison = false
    while end > 0, start - end < 60 {
      if ByteClass.isWord(bytes[end - 1]) {
        var first = end - 1
        while first > 0, ByteClass.isWord(bytes[first - 1]) { first -= 1 }
        if ByteClass.isDigit(bytes[first]) {
          return isComparison && byte(first - 1) != 0x2E ? wholeNumber(first..<end) : nil
        }
        guard isComparing(first..<end) else { return nil }
        isComparison = true
        end = first
      } else {
        guard isBetweenCompared(bytes[end - 1]) else { return nil }
        if bytes[end - 1] == 0x3D || bytes[end - 1] == 0x21 { isComparison = true }
        end -= 1
      }
    }
    return nil
  }

  /// A word between compared numbers; *of* only as in *instead of*.
  private func isComparing(_ word: Range<Int>) -> Bool {
    if StaticString("of").equalsIgnoringCase(bytes, word) {
      return StaticString("instead ").matches(bytes, at: word.lowerBound - 8)
    }
    return FailureCodes.comparing.contains(bytes, word)
  }

  private func wholeNumber(_ range: Range<Int>) -> Int? {
    range.count > 3 || isMeasured(range.upperBound) ? nil : value(range)
  }

  private func isBetweenCompared(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x09, 0x0A, 0x0D, 0x20, 0x21, 0x22, 0x27, 0x28, 0x29, 0x2C, 0x3A, 0x3B, 0x3C, 0x3D, 0x3E, 0x5B, 0x5D, 0x60:
      true
    default: false
    }
  }

  private static let prepositions: [StaticString] = [
    "for", "from", "on", "in", "when", "at", "while", "after", "before", "during", "or", "via", "with", "by", "because",
    "since", "without", "though", "if", "which", "that", "code", "status", "error", "response",
  ]
}
