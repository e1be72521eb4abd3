internal import Foundation

/// Values that their name or their form gives away.
extension SecretScanner {
  /// How names of secrets end, without `_` and `-`.
  private static let names = [
    "apikey", "secret", "secretkey", "accesskey", "accesskeyid", "token", "password", "passwd", "privatekey",
    "credential", "credentials",
  ]

  /// The value behind `api_key = …` or `"apiKey": "…"`, when it looks drawn by lot.
  func keyedValue(at separator: Int) -> Range<Int>? {
    guard endsLikeAName(before: separator), let name = name(before: separator),
      Self.names.contains(where: name.hasSuffix)
    else { return nil }
    var start = separator + 1
    while start < line.count, [0x20, 0x09, 0x22, 0x27, 0x3D, 0x3A].contains(line[start]) { start += 1 }
    let end = endOfWord(from: start) { Self.isWord($0) || [0x2B, 0x2D, 0x2E, 0x2F, 0x3D].contains($0) }
    let isPassword = name.hasSuffix("password") || name.hasSuffix("passwd")
    guard end - start >= (isPassword ? 8 : 16), end - start <= 4096, isMixed(start..<end), !isNumber(start..<end)
    else { return nil }
    return isPassword || entropy(start..<end) >= 3 ? start..<end : nil
  }

  /// Whether the letter before a separator may be the last of such a name: of most it is not, and no text is made.
  private func endsLikeAName(before separator: Int) -> Bool {
    var end = separator
    while end > 0, [0x20, 0x09, 0x22, 0x27, 0x5F, 0x2D].contains(line[end - 1]) { end -= 1 }
    return end > 0 && Self.lastLetters.contains(line[end - 1] | 0x20)
  }

  private static let lastLetters = Set(names.compactMap(\.utf8.last))

  /// The identifier before a separator, in small letters without `_` and `-`.
  private func name(before separator: Int) -> String? {
    var end = separator
    while end > 0, [0x20, 0x09, 0x22, 0x27].contains(line[end - 1]) { end -= 1 }
    var start = end
    while start > 0, end - start < 64, Self.isWord(line[start - 1]) || line[start - 1] == 0x2D { start -= 1 }
    if start == end { return nil }
    let name = line[start..<end].filter { $0 != 0x5F && $0 != 0x2D }
    return String(decoding: name, as: UTF8.self).lowercased()
  }

  /// The password in `scheme://user:password@host`.
  func login(at colon: Int) -> Range<Int>? {
    guard line[colon] == 0x3A, colon + 2 < line.count, line[colon + 1] == 0x2F, line[colon + 2] == 0x2F
    else { return nil }
    let isPart: (UInt8) -> Bool = { $0 > 0x20 && ![0x22, 0x27, 0x2F, 0x3A, 0x3C, 0x3E, 0x40].contains($0) }
    let user = endOfWord(from: colon + 3, while: isPart)
    guard user > colon + 3, user < line.count, line[user] == 0x3A else { return nil }
    let end = endOfWord(from: user + 1, while: isPart)
    return end > user + 1 && end < line.count && line[end] == 0x40 ? user + 1..<end : nil
  }

  /// Whether letters and digits stand side by side, as in what is drawn by lot and rarely in words.
  func isMixed(_ range: Range<Int>) -> Bool {
    line[range].contains(where: Self.isDigit) && line[range].contains(where: Self.isLetter)
  }

  /// Whether it is a number in decimal, hexadecimal of up to 64 bits, or with an exponent.
  private func isNumber(_ range: Range<Int>) -> Bool {
    let text = String(decoding: line[range], as: UTF8.self)
    return Double(text) != nil
  }

  /// Bits for a byte, from how often each occurs (Shannon).
  private func entropy(_ range: Range<Int>) -> Double {
    var counts = [Int](repeating: 0, count: 256)
    for byte in line[range] { counts[Int(byte)] += 1 }
    let total = Double(range.count)
    return counts.reduce(0) { sum, count in
      count == 0 ? sum : sum - Double(count) / total * log2(Double(count) / total)
    }
  }

  /// An address around an `@`; those of domains that are reserved for examples are nobody's (RFC 2606).
  func email(at sign: Int) -> Range<Int>? {
    var start = sign
    while start > 0, Self.isWord(line[start - 1]) || [0x25, 0x2B, 0x2D, 0x2E].contains(line[start - 1]) { start -= 1 }
    let end = endOfWord(from: sign + 1) { Self.isWord($0) || $0 == 0x2D || $0 == 0x2E }
    guard start < sign, sign - start <= 64, end - sign <= 254, line[start] != 0x2E else { return nil }
    let domain = String(decoding: line[sign + 1..<end], as: UTF8.self).lowercased()
    let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
    let last = labels.last { !$0.isEmpty } ?? ""
    guard labels.filter({ !$0.isEmpty }).count >= 2, last.count >= 2, last.utf8.allSatisfy(Self.isLetter),
      !Self.reserved.contains(where: { domain == $0 || domain.hasSuffix("." + $0) }),
      !Self.fileEndings.contains(String(last)), !starts(with: Array(":".utf8), at: end)
    else { return nil }
    return start..<end
  }

  private static let reserved = [
    "example.com", "example.org", "example.net", "test", "example", "invalid", "localhost", "local",
  ]
  private static let fileEndings: Set = ["png", "jpg", "jpeg", "svg", "gif", "webp", "json", "py", "js", "ts"]
}
