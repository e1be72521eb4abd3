/// Finds where a failure happened in the text a tool wrote about it.
enum FailureLocation {
  /// How far from either end of the text it looks, in bytes.
  private static let reach = 4096

  /// The `path:line` that the first line begins with, or else the last line that begins with one, as pytest ends with.
  static func find(in text: UnsafeRawBufferPointer) -> (file: String, line: UInt32)? {
    if text.isEmpty { return nil }
    let firstEnd =
      XMLBytes.first(0x0A, in: UnsafeRawBufferPointer(rebasing: text.prefix(reach))) ?? min(text.count, reach)
    if let found = firstLocation(UnsafeRawBufferPointer(rebasing: text[..<firstEnd])) { return found }
    var end = text.count
    let stop = max(firstEnd, text.count - reach)
    while end > stop {
      var start = end
      while start > stop, text[start - 1] != 0x0A { start -= 1 }
      let isWhole = start == 0 || text[start - 1] == 0x0A
      if isWhole, let found = location(UnsafeRawBufferPointer(rebasing: text[start..<end])) { return found }
      end = start - 1
    }
    return nil
  }

  /// What the first line may say besides: words that lead to a place (Rust), or a place behind them (Xcode).
  private static func firstLocation(_ whole: UnsafeRawBufferPointer) -> (file: String, line: UInt32)? {
    if let found = location(whole) ?? xcodeLocation(whole) { return found }
    guard let lead = XMLBytes.range(of: " panicked at ", in: whole) else { return nil }
    return plainLocation(UnsafeRawBufferPointer(rebasing: whole[(lead + 13)...]))
  }

  /// `path.ext:12` or `path.ext(12)` at the start of a line, or behind `at` (Catch2, .NET).
  private static func location(_ whole: UnsafeRawBufferPointer) -> (file: String, line: UInt32)? {
    guard whole.count < 1024 else { return nil }
    let line = JUnitBytes.trimmed(whole)
    guard XMLBytes.starts(line, with: "at ") else { return plainLocation(line) }
    return dotNetLocation(line) ?? plainLocation(UnsafeRawBufferPointer(rebasing: line[3...]))
  }

  /// `at Shop.Tests.Removes() in C:\src\CartTests.cs:line 20`.
  private static func dotNetLocation(_ line: UnsafeRawBufferPointer) -> (file: String, line: UInt32)? {
    guard let end = XMLBytes.range(of: ":line ", in: line), let lead = XMLBytes.range(of: " in ", in: line), lead < end
    else { return nil }
    let rest = UnsafeRawBufferPointer(rebasing: line[(lead + 4)...])
    return numbered(rest, file: end - lead - 4, skip: 6)
  }

  /// `… (CartTests.swift#EndingLineNumber=19&StartingLineNumber=19)`; Xcode counts these lines from 0.
  private static func xcodeLocation(_ line: UnsafeRawBufferPointer) -> (file: String, line: UInt32)? {
    guard let end = XMLBytes.range(of: "#EndingLineNumber=", in: line) else { return nil }
    let start = line[..<end].lastIndex { $0 == 0x28 || $0 == 0x20 }.map { $0 + 1 } ?? 0
    let rest = UnsafeRawBufferPointer(rebasing: line[start...])
    return numbered(rest, file: end - start, skip: 18).map { ($0.file, $0.line + 1) }
  }

  private static func plainLocation(_ line: UnsafeRawBufferPointer) -> (file: String, line: UInt32)? {
    var dot: Int?
    for (index, byte) in line.enumerated() {
      switch byte {
      case 0x2E: dot = index
      case 0x2F, 0x5C: dot = nil
      case 0x3A where index == 1: continue
      case 0x3A, 0x28:
        guard let dot, index - dot > 1, index - dot < 7 else { return nil }
        return numbered(line, file: index)
      case 0x20, 0x22, 0x3C, 0x3E: return nil
      default: break
      }
    }
    return nil
  }

  /// The file before `end` and the number so many bytes behind it.
  private static func numbered(
    _ line: UnsafeRawBufferPointer, file end: Int, skip: Int = 1
  ) -> (file: String, line: UInt32)? {
    var value: UInt32 = 0
    var index = end + skip
    while index < line.count, index < end + skip + 8, line[index] >= 0x30, line[index] <= 0x39 {
      value = value * 10 + UInt32(line[index] - 0x30)
      index += 1
    }
    guard value > 0 else { return nil }
    return (String(decoding: line[..<end], as: UTF8.self), value)
  }
}
