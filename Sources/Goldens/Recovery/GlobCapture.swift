/// A glob that tells what its stars stood for, so that another glob can be filled with the same.
package struct GlobCapture: Sendable {
  private enum Token: Equatable {
    case literal(UInt8)
    /// `*`: anything without a slash.
    case star
    /// `**`: anything; with the slash behind it, whole folders or none.
    case folders(withSlash: Bool)
  }

  private static let stepLimit = 100_000
  private let tokens: [Token]

  /// A glob of `*` and `**`; other characters stand for themselves.
  package init(_ pattern: String) {
    let bytes = Array(pattern.utf8)
    var tokens: [Token] = []
    var place = 0
    while place < bytes.count {
      guard bytes[place] == 0x2A else {
        tokens.append(.literal(bytes[place]))
        place += 1
        continue
      }
      let stars = bytes[place...].prefix { $0 == 0x2A }.count
      let hasSlash = stars > 1 && place + stars < bytes.count && bytes[place + stars] == 0x2F
      tokens.append(stars == 1 ? .star : .folders(withSlash: hasSlash))
      place += stars + (hasSlash ? 1 : 0)
    }
    self.tokens = tokens
  }

  /// How many stars it has.
  package var captures: Int { tokens.count { if case .literal = $0 { false } else { true } } }

  /// What the stars stand for in a path; nil when the path does not fit.
  package func match(_ path: String) -> [String]? {
    let bytes = Array(path.utf8)
    for (token, byte) in zip(tokens, bytes) {
      guard case .literal(let literal) = token else { break }
      if literal != byte { return nil }
    }
    var captured: [Range<Int>] = []
    var steps = 0
    guard match(0, 0, bytes, &captured, &steps) else { return nil }
    return captured.map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  /// The path that comes of putting texts where the stars are; nil when there are fewer texts than stars.
  package func filled(with texts: [String]) -> String? {
    guard texts.count >= captures else { return nil }
    var bytes: [UInt8] = []
    var next = 0
    for token in tokens {
      switch token {
      case .literal(let byte): bytes.append(byte)
      case .star, .folders:
        bytes += texts[next].utf8
        next += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func match(
    _ token: Int, _ place: Int, _ bytes: [UInt8], _ captured: inout [Range<Int>], _ steps: inout Int
  ) -> Bool {
    steps += 1
    if steps > Self.stepLimit { return false }
    var (token, place) = (token, place)
    // Only stars need to come back here: a long path is no deep recursion.
    while token < tokens.count, case .literal(let byte) = tokens[token] {
      guard place < bytes.count, bytes[place] == byte else { return false }
      token += 1
      place += 1
    }
    guard token < tokens.count else { return place == bytes.count }
    switch tokens[token] {
    case .literal: return false
    case .star:
      let end = bytes[place...].firstIndex(of: 0x2F) ?? bytes.count
      return (place...end).contains { take(place..<$0, token, bytes, &captured, &steps) }
    case .folders(let withSlash):
      return (place...bytes.count).contains { end in
        if withSlash, end != place, bytes[end - 1] != 0x2F { return false }
        return take(place..<end, token, bytes, &captured, &steps)
      }
    }
  }

  private func take(
    _ range: Range<Int>, _ token: Int, _ bytes: [UInt8], _ captured: inout [Range<Int>], _ steps: inout Int
  ) -> Bool {
    captured.append(range)
    if match(token + 1, range.upperBound, bytes, &captured, &steps) { return true }
    captured.removeLast()
    return false
  }
}
