internal import SafeText

/// Masks what the patterns of rules match in lines, cells and values; for one thread.
struct TextMasks {
  /// What stands for a part that is set aside; tools write no such byte.
  private static let mask: UInt8 = 0x1A

  private let matchers: [(rule: Int, matcher: PatternMatcher)]

  /// The masks of rules; those without a pattern mask nothing.
  init(_ rules: [IgnoreRule]) {
    matchers = rules.enumerated().compactMap { place, rule in
      guard case .pattern(let pattern) = rule.subject else { return nil }
      return (place, pattern.matcher())
    }
  }

  /// Whether nothing is ever masked.
  var isEmpty: Bool { matchers.isEmpty }

  /// The rule that sets the difference of two texts aside: what is left without the matches is the same.
  func rule(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int? {
    guard !matchers.isEmpty else { return nil }
    let (first, second) = (masked(left), masked(right))
    guard first.bytes == second.bytes, let rule = first.rule ?? second.rule else { return nil }
    return rule
  }

  /// The same of bytes of their own.
  func rule(_ left: [UInt8], _ right: [UInt8]) -> Int? {
    left.withUnsafeBufferPointer { left in right.withUnsafeBufferPointer { rule(left, $0) } }
  }

  /// The bytes without what the patterns match, and the first rule that matched.
  func masked(_ bytes: UnsafeBufferPointer<UInt8>) -> (bytes: [UInt8], rule: Int?) {
    var text = Array(bytes)
    var found: Int?
    for (rule, matcher) in matchers {
      var result: [UInt8] = []
      var start = 0
      text.withUnsafeBytes { raw in
        while start <= raw.count, let match = matcher.firstMatch(in: raw, from: start) {
          if match.isEmpty {
            // An empty match masks nothing and must not hold the search.
            if match.lowerBound >= raw.count { break }
            result += raw[start..<match.lowerBound + 1]
            start = match.lowerBound + 1
            continue
          }
          result += raw[start..<match.lowerBound]
          result.append(Self.mask)
          start = match.upperBound
          found = found ?? rule
        }
        if start < raw.count { result += raw[start...] }
      }
      text = result
    }
    return (text, found)
  }

  /// A text line by line without what the patterns match; line ends stay.
  func masked(_ text: TextLines) -> (lines: TextLines, rules: [Int: Int]) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.bytes.count)
    var rules: [Int: Int] = [:]
    text.bytes.withUnsafeBufferPointer { buffer in
      for line in 0..<text.count {
        let content = text.content(line)
        let found = masked(UnsafeBufferPointer(rebasing: buffer[content]))
        if let rule = found.rule { rules[line] = rule }
        // A match must not take a line away or make one.
        bytes += found.bytes
        bytes += buffer[content.upperBound..<text.range(line).upperBound]
      }
    }
    return (TextLines(bytes), rules)
  }
}
