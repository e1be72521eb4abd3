/// A language whose tests are looked at.
package enum CodeLanguage: String, Sendable, CaseIterable {
  case python
  case swift

  /// The language of a file of tests by its path; nil for any other file.
  package init?(testFile path: String) {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    if name.hasSuffix(".py"), name.hasPrefix("test_") || name.hasSuffix("_test.py") || name == "tests.py" {
      self = .python
    } else if name.hasSuffix(".swift"),
      name.hasSuffix("Tests.swift") || name.hasSuffix("Test.swift")
        || path.split(separator: "/").dropLast().contains(where: { $0 == "Tests" || $0.hasSuffix("Tests") })
    {
      self = .swift
    } else {
      return nil
    }
  }
}

/// A piece of code that means something; what stands in strings and comments does not.
enum CodeToken: Equatable {
  /// A word, by its bytes.
  case word(Range<Int>)
  /// A sign of one byte.
  case sign(UInt8)
  /// A string, wherever it ends.
  case string
  /// The end of a line.
  case lineEnd
}

/// Reads a source as tokens, one after the other: strings and comments are passed over as their language writes them.
///
/// It never fails: a string that does not end takes what is left of its line, or of the file where it may be of several
/// lines. Every byte is looked at a bounded number of times.
struct CodeScanner {
  let bytes: [UInt8]
  private let language: CodeLanguage
  /// The next byte.
  private(set) var position = 0
  /// Lines that were begun, from 1.
  private(set) var line = 1
  /// Open interpolations of Swift's strings, each with the parentheses that are open in it.
  private var interpolations: [(mark: SwiftString, depth: Int)] = []
  /// Whether a `/` would divide, by the token before it.
  private var endsValue = false

  /// Interpolations in interpolations that are followed; deeper ones are taken for text.
  private static let deepest = 64

  init(_ bytes: [UInt8], _ language: CodeLanguage) {
    self.bytes = bytes
    self.language = language
  }

  private func byte(_ offset: Int = 0) -> UInt8? { position + offset < bytes.count ? bytes[position + offset] : nil }

  private func isAt(_ text: StaticString) -> Bool {
    guard position + text.utf8CodeUnitCount <= bytes.count else { return false }
    return text.withUTF8Buffer { text in text.indices.allSatisfy { bytes[position + $0] == text[$0] } }
  }

  /// The next token; nil at the end.
  mutating func next() -> CodeToken? {
    while let byte = byte() {
      if byte == 0x0A {
        (position, line, endsValue) = (position + 1, line + 1, false)
        return .lineEnd
      }
      if byte == 0x20 || byte == 0x09 || byte == 0x0D {
        position += 1
      } else if !skipComment(byte) {
        return token(byte)
      }
    }
    return nil
  }

  private mutating func token(_ byte: UInt8) -> CodeToken {
    if Self.isWord(byte) { return word() }
    if language == .swift, let string = swiftString() {
      read(string)
      return .string
    }
    if language == .python, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
      readPythonString(byte)
      return .string
    }
    if language == .swift, byte == UInt8(ascii: "/") || byte == UInt8(ascii: "#"), skipPattern() { return .string }
    position += 1
    if let string = interpolationEnd(byte) {
      read(string)
      return .string
    }
    endsValue = byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")
    return .sign(byte)
  }

  private mutating func word() -> CodeToken {
    let start = position
    while let byte = byte(), Self.isWord(byte) { position += 1 }
    if language == .python, position - start <= 2, let quote = byte(),
      quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
      bytes[start..<position].allSatisfy({ "rRbBuUfFtT".utf8.contains($0) })
    {
      readPythonString(quote)
      return .string
    }
    endsValue = !Self.opens.contains { bytes[start..<position].elementsEqual($0) }
    return .word(start..<position)
  }

  /// Words behind which a value begins.
  private static let opens: [[UInt8]] = ["return", "in", "case", "where", "if", "try", "await", "throw"].map {
    Array($0.utf8)
  }

  static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
      || (0x61...0x7A).contains(byte)
  }

  // MARK: - Comments

  private mutating func skipComment(_ byte: UInt8) -> Bool {
    switch language {
    case .python:
      guard byte == UInt8(ascii: "#") else { return false }
      skipLine()
      return true
    case .swift:
      guard byte == UInt8(ascii: "/") else { return false }
      if isAt("//") {
        skipLine()
        return true
      }
      guard isAt("/*") else { return false }
      skipNestedComment()
      return true
    }
  }

  private mutating func skipLine() { while let byte = byte(), byte != 0x0A { position += 1 } }

  private mutating func skipNestedComment() {
    var depth = 0
    while position < bytes.count {
      if isAt("/*") {
        (depth, position) = (depth + 1, position + 2)
      } else if isAt("*/") {
        (depth, position) = (depth - 1, position + 2)
        if depth == 0 { return }
      } else {
        step()
      }
    }
  }

  /// Goes on by a byte, counting lines.
  private mutating func step() {
    if bytes[position] == 0x0A { line += 1 }
    position += 1
  }

  // MARK: - Python's strings

  /// A backslash takes the byte behind it in raw strings too, as far as the string's end goes.
  private mutating func readPythonString(_ quote: UInt8) {
    let isLong = byte(1) == quote && byte(2) == quote
    position += isLong ? 3 : 1
    endsValue = true
    while let byte = byte() {
      if byte == UInt8(ascii: "\\") {
        step()
        if position < bytes.count { step() }
      } else if byte == quote, !isLong || self.byte(1) == quote && self.byte(2) == quote {
        position += isLong ? 3 : 1
        return
      } else if byte == 0x0A, !isLong {
        return
      } else {
        step()
      }
    }
  }

  // MARK: - Swift's strings

  /// How a string of Swift began.
  struct SwiftString: Equatable {
    var hashes: Int
    var isLong: Bool
  }

  /// The string that begins here; it is passed up to its first byte.
  private mutating func swiftString() -> SwiftString? {
    var hashes = 0
    while byte(hashes) == UInt8(ascii: "#") { hashes += 1 }
    guard byte(hashes) == UInt8(ascii: "\"") else { return nil }
    let isLong = byte(hashes + 1) == UInt8(ascii: "\"") && byte(hashes + 2) == UInt8(ascii: "\"")
    // `""` is a string that is over, where no third follows.
    position += hashes + (isLong ? 3 : 1)
    return SwiftString(hashes: hashes, isLong: isLong)
  }

  /// Passes over a string, up to its end or to an interpolation, whose code is read as such.
  private mutating func read(_ string: SwiftString) {
    endsValue = true
    while let byte = byte() {
      if byte == UInt8(ascii: "\\"), hasHashes(string.hashes, at: 1) {
        position += 1 + string.hashes
        if self.byte() == UInt8(ascii: "("), interpolations.count < Self.deepest {
          position += 1
          endsValue = false
          interpolations.append((string, 0))
          return
        }
        if position < bytes.count { step() }
      } else if byte == UInt8(ascii: "\""), isEnd(of: string) {
        position += (string.isLong ? 3 : 1) + string.hashes
        return
      } else if byte == 0x0A, !string.isLong {
        return
      } else {
        step()
      }
    }
  }

  private func isEnd(of string: SwiftString) -> Bool {
    if !string.isLong { return hasHashes(string.hashes, at: 1) }
    return byte(1) == UInt8(ascii: "\"") && byte(2) == UInt8(ascii: "\"") && hasHashes(string.hashes, at: 3)
  }

  private func hasHashes(_ count: Int, at offset: Int) -> Bool {
    (0..<count).allSatisfy { byte(offset + $0) == UInt8(ascii: "#") }
  }

  /// The string that goes on behind a `)` that ends its interpolation; counts the parentheses in it.
  private mutating func interpolationEnd(_ byte: UInt8) -> SwiftString? {
    guard let last = interpolations.indices.last else { return nil }
    if byte == UInt8(ascii: "(") { interpolations[last].depth += 1 }
    guard byte == UInt8(ascii: ")") else { return nil }
    if interpolations[last].depth > 0 {
      interpolations[last].depth -= 1
      return nil
    }
    return interpolations.removeLast().mark
  }

  // MARK: - Swift's patterns

  /// Passes over `/…/` or `#/…/#`, where one begins: a `/` behind a value divides. One of a single `/` ends on its line.
  private mutating func skipPattern() -> Bool {
    var hashes = 0
    while byte(hashes) == UInt8(ascii: "#") { hashes += 1 }
    guard byte(hashes) == UInt8(ascii: "/") else { return false }
    if hashes == 0 {
      guard !endsValue, let after = byte(1), after > 0x20 else { return false }
    }
    var end = position + hashes + 1
    while end < bytes.count {
      if bytes[end] == UInt8(ascii: "\\") {
        end += 2
      } else if bytes[end] == 0x0A, hashes == 0 {
        return false
      } else if bytes[end] == UInt8(ascii: "/"),
        (0..<hashes).allSatisfy({ end + 1 + $0 < bytes.count && bytes[end + 1 + $0] == UInt8(ascii: "#") })
      {
        let target = min(bytes.count, end + 1 + hashes)
        while position < target { step() }
        endsValue = true
        return true
      } else {
        end += 1
      }
    }
    return false
  }
}
