/// The name under which a test's results are kept: what changes with every run is masked, or its history would fragment.
///
/// Masked are addresses (`0x7f3a12…`, six digits or more), UUIDs, moments (a date with a time of day), seconds to
/// nanoseconds since 1970 (10, 13, 16 or 19 digits that begin with 15 … 19) and paths below the folders for temporary
/// files. Within brackets also what is drawn at random by its look: ports of this machine, fractions of 15 digits or more,
/// `user_3f9a01`, the digits of `bob71333@`, and long numbers where the name says seed. A bare date stays: as a parameter
/// it is mostly meant.
package enum StableName {
  /// The name with its changing parts masked; the very bytes when there are none.
  package static func of(_ name: UnsafeRawBufferPointer) -> [UInt8]? {
    guard name.contains(where: { $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2F || $0 == 0x5C }) else { return nil }
    var scanner = NameScanner(bytes: name)
    scanner.run()
    return scanner.hasMasked ? scanner.output : nil
  }

  /// The name with its changing parts masked.
  package static func of(_ name: String) -> String {
    var name = name
    let masked = name.withUTF8 { of(UnsafeRawBufferPointer($0)) }
    return masked.map { String(decoding: $0, as: UTF8.self) } ?? name
  }
}

private struct NameScanner {
  let bytes: UnsafeRawBufferPointer
  var output: [UInt8] = []
  var hasMasked = false
  private var position = 0
  private var isInBrackets = false

  init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  mutating func run() {
    // Hardly a name has anything to mask: nothing is copied before something is.
    var copied = 0
    while position < bytes.count {
      if let (length, mask) = masked() {
        output += bytes[copied..<position]
        output += mask.utf8
        position += length
        copied = position
        hasMasked = true
      } else {
        if bytes[position] == 0x5B { isInBrackets = true }
        position += 1
      }
    }
    if hasMasked { output += bytes[copied...] }
  }

  /// What begins here and changes with every run: its length, and what stands for it.
  private func masked() -> (Int, String)? {
    let byte = bytes[position]
    if isInBrackets, let random = random() { return random }
    if byte == 0x5C { return temporaryPath() }
    if position > 0, Self.isWord(bytes[position - 1]) { return nil }
    if byte == 0x2F { return temporaryPath() }
    guard Self.isHex(byte) else { return nil }
    return address() ?? uuid() ?? moment() ?? epoch()
  }

  private func at(_ offset: Int) -> UInt8 { position + offset < bytes.count ? bytes[position + offset] : 0 }

  private func run(from offset: Int, while isIn: (UInt8) -> Bool) -> Int {
    var length = 0
    while position + offset + length < bytes.count, isIn(bytes[position + offset + length]) { length += 1 }
    return length
  }

  private func address() -> (Int, String)? {
    guard at(0) == 0x30, at(1) | 0x20 == 0x78 else { return nil }
    let digits = run(from: 2, while: Self.isHex)
    return digits >= 6 ? (2 + digits, "<address>") : nil
  }

  private func uuid() -> (Int, String)? {
    var offset = 0
    for (index, length) in [8, 4, 4, 4, 12].enumerated() {
      if index > 0 {
        guard at(offset) == 0x2D else { return nil }
        offset += 1
      }
      guard run(from: offset, while: Self.isHex) == length else { return nil }
      offset += length
    }
    return (offset, "<uuid>")
  }

  /// `2026-11-16T09:15`, with seconds, a fraction and a zone where they are written; `:` may be `-` or `_`.
  private func moment() -> (Int, String)? {
    func digits(_ offset: Int, _ count: Int) -> Bool { (0..<count).allSatisfy { Self.isDigit(at(offset + $0)) } }
    func isColon(_ byte: UInt8) -> Bool { byte == 0x3A || byte == 0x2D || byte == 0x5F }
    guard digits(0, 4), at(4) == 0x2D, digits(5, 2), at(7) == 0x2D, digits(8, 2),
      at(10) == 0x54 || at(10) == 0x20 || at(10) == 0x5F, digits(11, 2), isColon(at(13)), digits(14, 2)
    else { return nil }
    var length = 16
    if isColon(at(length)), digits(length + 1, 2) { length += 3 }
    if at(length) == 0x2E || at(length) == 0x2C, Self.isDigit(at(length + 1)) {
      length += 1 + run(from: length + 1, while: Self.isDigit)
    }
    if at(length) == 0x5A { return (length + 1, "<time>") }
    if at(length) == 0x2B || at(length) == 0x2D, digits(length + 1, 2), at(length + 3) == 0x3A, digits(length + 4, 2) {
      length += 6
    }
    return (length, "<time>")
  }

  private func epoch() -> (Int, String)? {
    guard at(0) == 0x31, (0x35...0x39).contains(at(1)) else { return nil }
    let digits = run(from: 0, while: Self.isDigit)
    guard [10, 13, 16, 19].contains(digits), !Self.isWord(at(digits)) else { return nil }
    return (digits, "<time>")
  }

  private func temporaryPath() -> (Int, String)? {
    for prefix in ["/tmp/", "/var/tmp/", "/var/folders/", "\\AppData\\Local\\Temp\\"]
    where bytes[position...].starts(with: prefix.utf8) {
      return (run(from: 0) { !Self.endsPath($0) }, "<temporary>")
    }
    return nil
  }

  // MARK: - What is drawn at random

  private func random() -> (Int, String)? {
    let before = position > 0 ? bytes[position - 1] : 0
    if before == 0x3A { return port() }
    guard Self.isHex(bytes[position]) else { return nil }
    if before == 0x5F || before == 0x2D { return hexadecimal() }
    if !Self.isDigit(bytes[position]) || Self.isDigit(before) || before == 0x2E { return nil }
    return fraction() ?? account(before) ?? seed(before)
  }

  /// `localhost:38498`: a port that this machine was given.
  private func port() -> (Int, String)? {
    let hosts = ["localhost:", "127.0.0.1:", "0.0.0.0:", "[::1]:"]
    let digits = run(from: 0, while: Self.isDigit)
    guard (4...5).contains(digits),
      hosts.contains(where: { bytes[..<position].reversed().starts(with: $0.utf8.reversed()) })
    else { return nil }
    return (digits, "<port>")
  }

  /// `user_3f9a01`: as many digits as libraries draw, with letters among them; without, only behind some words.
  private func hexadecimal() -> (Int, String)? {
    let length = run(from: 0) { Self.isHex($0) && ($0 < 0x41 || $0 > 0x5A) }
    guard [6, 8, 10, 12, 16, 20, 24, 32].contains(length), !Self.isWord(at(length)) else { return nil }
    let digits = (0..<length).count { Self.isDigit(at($0)) }
    let isMixed = digits > 0 && digits < length
    return isMixed || digits == length && isAfterSomebody ? (length, "<random>") : nil
  }

  /// Whether the word before names somebody or something that tests make up: `user_843719`.
  private var isAfterSomebody: Bool {
    ["user", "uid", "account", "customer", "session", "token", "order"].contains { word in
      bytes[..<(position - 1)].suffix(word.utf8.count).elementsEqual(word.utf8)
    }
  }

  private func fraction() -> (Int, String)? {
    let whole = run(from: 0, while: Self.isDigit)
    guard at(whole) == 0x2E else { return nil }
    let digits = run(from: whole + 1, while: Self.isDigit)
    return digits >= 15 && !Self.isWord(at(whole + 1 + digits)) ? (whole + 1 + digits, "<number>") : nil
  }

  /// The digits of `bob71333@example.org`.
  private func account(_ before: UInt8) -> (Int, String)? {
    let digits = run(from: 0, while: Self.isDigit)
    return digits >= 4 && at(digits) == 0x40 && Self.isWord(before) ? (digits, "<random>") : nil
  }

  private func seed(_ before: UInt8) -> (Int, String)? {
    let digits = run(from: 0, while: Self.isDigit)
    guard digits >= 5, !Self.isWord(before), !Self.isWord(at(digits)) else { return nil }
    let word = Array("seed".utf8)
    let says = (0..<max(0, position - 3)).contains { start in
      word.indices.allSatisfy { bytes[start + $0] | 0x20 == word[$0] }
    }
    return says ? (digits, "<seed>") : nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isHex(_ byte: UInt8) -> Bool { isDigit(byte) || (0x61...0x66).contains(byte | 0x20) }
  private static func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F
  }
  private static func endsPath(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == 0x5D || byte == 0x29 || byte == 0x3E || byte == 0x2C || byte == 0x27 || byte == 0x22
  }
}
