internal import TriageModel

/// Finds the source line that one line of a stack or a log names, whatever tool wrote it.
///
/// It knows Python's `File "x.py", line 3`, and `path.ext:12` as pytest, Go, Rust, JavaScript, Java, gtest and
/// compilers write it. It works on the text alone; whether the file is the repository's own is asked elsewhere.
enum StackScanner {
  /// The place that a line names; nil when it names none.
  static func location(in line: some StringProtocol) -> SourceLocation? {
    let bytes = Array(line.utf8.prefix(2000))
    return pythonFrame(bytes) ?? pathWithLine(bytes)
  }

  /// `File "tests/test_a.py", line 12, in test_x`.
  private static func pythonFrame(_ bytes: [UInt8]) -> SourceLocation? {
    let opening = Array("File \"".utf8)
    guard let start = firstIndex(of: opening, in: bytes, from: 0) else { return nil }
    let nameStart = start + opening.count
    guard let nameEnd = bytes[nameStart...].firstIndex(of: 0x22) else { return nil }
    let middle = Array("\", line ".utf8)
    guard bytes[nameEnd...].starts(with: middle), let number = number(bytes, at: nameEnd + middle.count) else {
      return nil
    }
    return SourceLocation(file: text(bytes[nameStart..<nameEnd]), line: number)
  }

  /// `path/name.ext:12`, where the extension holds a letter and the path no blank, bracket or quote.
  private static func pathWithLine(_ bytes: [UInt8]) -> SourceLocation? {
    var place = 0
    while let colon = bytes[place...].firstIndex(of: 0x3A) {
      place = colon + 1
      guard let line = number(bytes, at: colon + 1), line > 0 else { continue }
      var start = colon
      while start > 0, isPathByte(bytes[start - 1]) { start -= 1 }
      let path = bytes[start..<colon]
      // `//example.com:8080` is a host, no file.
      if hasExtension(path), !path.starts(with: [0x2F, 0x2F]) { return SourceLocation(file: text(path), line: line) }
    }
    return nil
  }

  private static func isPathByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x00...0x20, 0x22, 0x27, 0x28, 0x29, 0x3A, 0x3C, 0x3E, 0x5B, 0x5D, 0x60, 0x7B, 0x7D: false
    default: true
    }
  }

  private static func hasExtension(_ path: ArraySlice<UInt8>) -> Bool {
    guard let dot = path.lastIndex(of: 0x2E), dot > path.startIndex else { return false }
    let tail = path[(dot + 1)...]
    return (1...6).contains(tail.count) && tail.contains { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }
      && tail.allSatisfy { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || (0x30...0x39).contains($0) }
  }

  private static func number(_ bytes: [UInt8], at start: Int) -> Int? {
    let digits = bytes[min(start, bytes.count)...].prefix(9).prefix { (0x30...0x39).contains($0) }
    return digits.isEmpty ? nil : digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  private static func firstIndex(of needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard bytes.count >= needle.count else { return nil }
    return (start...bytes.count - needle.count).first { bytes[$0..<$0 + needle.count].elementsEqual(needle) }
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
