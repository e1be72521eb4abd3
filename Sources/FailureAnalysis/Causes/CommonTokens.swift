/// Which words of a text all members of its cause have, as Kubernetes triage shows it.
enum CommonTokens {
  /// The text in stretches of common and other words, alternating; of at most 200 members the first are asked.
  static func spans(_ text: [UInt8], others: [[UInt8]]) -> [Cause.Span] {
    guard !text.isEmpty else { return [] }
    if others.count < 2 { return [Cause.Span(range: 0..<text.count, isCommon: true)] }
    var common: Set<ArraySlice<UInt8>>?
    for other in others.prefix(200) {
      let words = Set(tokens(other).map { other[$0] })
      common = common?.intersection(words) ?? words
    }
    var spans: [Cause.Span] = []
    for range in tokens(text) {
      let isCommon = common?.contains(text[range]) ?? false
      if let last = spans.last, last.isCommon == isCommon {
        spans[spans.count - 1].range = last.range.lowerBound..<range.upperBound
      } else {
        spans.append(Cause.Span(range: range, isCommon: isCommon))
      }
    }
    return spans
  }

  /// The text in words and what lies between them.
  private static func tokens(_ text: [UInt8]) -> [Range<Int>] {
    var tokens: [Range<Int>] = []
    var start = 0
    while start < text.count {
      var end = start + 1
      while end < text.count, ByteClass.isWord(text[end]) == ByteClass.isWord(text[start]) { end += 1 }
      tokens.append(start..<end)
      start = end
    }
    return tokens
  }
}
