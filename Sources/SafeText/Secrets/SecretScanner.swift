/// Goes over one line once and looks closer where a secret could begin.
struct SecretScanner {
  /// Tells what was found and which bytes of the line it is.
  typealias Report = (SecretFinding.Kind, Range<Int>) -> Void

  let line: UnsafeBufferPointer<UInt8>

  init(line: UnsafeBufferPointer<UInt8>) {
    self.line = line
  }

  /// Reports everything that looks like a secret.
  mutating func scan(_ report: Report) {
    // What a run left is megabytes, of which hardly a byte begins anything. Pointers are quick in a debug build too,
    // which all tests at the keyboard wait for.
    Self.openers.withUnsafeBufferPointer { openers in
      guard let bytes = line.baseAddress, let openers = openers.baseAddress else { return }
      let count = line.count
      var index = 0
      while index < count {
        if openers[Int(bytes[index])], let end = look(at: index, report) {
          index = end
        } else {
          index += 1
        }
      }
    }
  }

  /// Which bytes a secret begins with, stands around or stands behind.
  private static let openers: [Bool] = {
    let bytes = Set(Array("@:=-0123456789".utf8) + jwtStart.prefix(1) + prefixes.compactMap(\.prefix.first))
    return (0..<256).map { bytes.contains(UInt8($0)) }
  }()

  /// The two bytes that tokens begin with, as `look` meets them: most words end here.
  private static let openings: Set<UInt16> = Set(([jwtStart] + prefixes.map(\.prefix)).map { opening($0[0], $0[1]) })

  private static func opening(_ first: UInt8, _ second: UInt8) -> UInt16 { UInt16(first) << 8 | UInt16(second) }

  /// Looks at one place; where to go on when something was found.
  private func look(at index: Int, _ report: Report) -> Int? {
    let byte = line[index]
    switch byte {
    case 0x40: return tell(.email, email(at: index), report)
    case 0x3A, 0x3D: return tell(.password, keyedValue(at: index) ?? login(at: index), report)
    case 0x2D: return tell(.privateKey, privateKey(at: index), report)
    case _ where isWordByte(before: index): return nil
    case _ where Self.isDigit(byte): return tell(.card, card(at: index), report)
    case _ where Self.isWord(byte):
      guard index + 1 < line.count, Self.openings.contains(Self.opening(byte, line[index + 1])),
        let (kind, range) = token(at: index)
      else { return nil }
      return tell(kind, range, report)
    default: return nil
    }
  }

  private func tell(_ kind: SecretFinding.Kind, _ range: Range<Int>?, _ report: Report) -> Int? {
    guard let range else { return nil }
    report(kind, range)
    return max(range.upperBound, range.lowerBound + 1)
  }

  private func isWordByte(before index: Int) -> Bool { index > 0 && Self.isWord(line[index - 1]) }

  /// Tokens that begin alike everywhere: what they begin with, how many bytes follow at least, and of which kind.
  private static let prefixes: [(prefix: [UInt8], tail: Int, kind: SecretFinding.Kind)] = {
    let known: [(String, Int, SecretFinding.Kind)] = [
      ("AKIA", 16, .awsKey), ("ASIA", 16, .awsKey), ("AIza", 35, .googleKey), ("ghp_", 30, .githubToken),
      ("gho_", 30, .githubToken), ("ghu_", 30, .githubToken), ("ghs_", 30, .githubToken), ("ghr_", 30, .githubToken),
      ("github_pat_", 40, .githubToken), ("xoxa-", 10, .slackToken), ("xoxb-", 10, .slackToken),
      ("xoxp-", 10, .slackToken), ("xoxr-", 10, .slackToken), ("xoxs-", 10, .slackToken), ("hf_", 30, .serviceKey),
      ("glpat-", 20, .serviceKey), ("npm_", 36, .serviceKey), ("pypi-", 50, .serviceKey),
      ("sk_live_", 16, .serviceKey), ("sk-", 32, .serviceKey),
    ]
    return known.map { (Array($0.0.utf8), $0.1, $0.2) }
  }()

  private static let jwtStart = Array("eyJ".utf8)
  private static let keyStart = Array("-----BEGIN ".utf8)

  private func token(at index: Int) -> (SecretFinding.Kind, Range<Int>)? {
    if let range = jwt(at: index) { return (.jwt, range) }
    for (prefix, tail, kind) in Self.prefixes where starts(with: prefix, at: index) {
      let end = endOfWord(from: index + prefix.count) { Self.isWord($0) || $0 == 0x2D }
      guard end - index - prefix.count >= tail else { continue }
      if kind == .awsKey, !isAWSKey(index..<end) { continue }
      if kind == .serviceKey, !isMixed(index + prefix.count..<end) { continue }
      return (kind, index..<end)
    }
    return nil
  }

  /// AWS key ids are twenty capitals and digits; a longer word that begins so is something else.
  private func isAWSKey(_ range: Range<Int>) -> Bool {
    range.count == 20 && line[range].allSatisfy { Self.isDigit($0) || Self.isCapital($0) }
  }

  /// Three parts in base64, the first of which begins as `{"` does.
  private func jwt(at index: Int) -> Range<Int>? {
    guard starts(with: Self.jwtStart, at: index) else { return nil }
    let end = endOfWord(from: index) { Self.isWord($0) || $0 == 0x2D || $0 == 0x2E }
    let parts = line[index..<end].split(separator: 0x2E, omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ $0.count >= 8 }) else { return nil }
    return index..<end
  }

  private func privateKey(at index: Int) -> Range<Int>? {
    guard starts(with: Self.keyStart, at: index) else { return nil }
    let rest = line[index...].prefix(80)
    let words = Array("PRIVATE KEY".utf8)
    guard rest.indices.contains(where: { starts(with: words, at: $0) }) else { return nil }
    return index..<rest.endIndex
  }

  func starts(with prefix: [UInt8], at index: Int) -> Bool {
    guard index + prefix.count <= line.count else { return false }
    var offset = 0
    while offset < prefix.count {
      if line[index + offset] != prefix[offset] { return false }
      offset += 1
    }
    return true
  }

  func endOfWord(from index: Int, while isPart: (UInt8) -> Bool) -> Int {
    var end = index
    while end < line.count, isPart(line[end]) { end += 1 }
    return end
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
  static func isCapital(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
  static func isLetter(_ byte: UInt8) -> Bool { isCapital(byte & 0xDF) && byte >= 0x41 && byte < 0x7B }
  static func isWord(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) || byte == 0x5F }
}
