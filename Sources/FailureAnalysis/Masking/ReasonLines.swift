/// The lines of a failure's details that say what failed: without frames of the stack and the furniture of tools.
///
/// Frames differ between tests that fail for one reason, and so do the names of tests in `--- FAIL: TestA (0.00s)`.
struct ReasonLines: IteratorProtocol {
  private let bytes: UnsafeRawBufferPointer
  private let onlyMarked: Bool
  private var start = 0
  private var isAfterFrame = false

  /// The reason in some bytes.
  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    onlyMarked = Self.hasMarkedLines(bytes)
  }

  /// The part of the next line that belongs to the reason.
  mutating func next() -> Range<Int>? {
    while start < bytes.count {
      let line = start..<(Self.lineEnd(bytes, start) ?? bytes.count)
      start = line.upperBound + 1
      let part = onlyMarked ? Self.marked(bytes, line) : isSource(line) ? nil : Self.reason(bytes, line)
      isAfterFrame = StaticString("  File \"").matches(bytes, at: line.lowerBound)
      if let part, !part.isEmpty { return part }
    }
    return nil
  }

  /// The line of source that Python shows below a frame.
  private func isSource(_ line: Range<Int>) -> Bool {
    isAfterFrame && StaticString("    ").matches(bytes, at: line.lowerBound)
  }

  private static func lineEnd(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Int? {
    var end = start
    while end < bytes.count {
      if bytes[end] == 0x0A { return end }
      end += 1
    }
    return nil
  }

  /// Pytest marks what failed: `E   assert …` and, in the source, `>       assert …`.
  private static func hasMarkedLines(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var start = 0
    while start + 3 < bytes.count {
      if bytes[start] == 0x45, bytes[start + 1] == 0x20, bytes[start + 2] == 0x20 { return true }
      guard let end = lineEnd(bytes, start) else { return false }
      start = end + 1
    }
    return false
  }

  private static func marked(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>) -> Range<Int>? {
    guard line.count > 2, bytes[line.lowerBound + 1] == 0x20, bytes[line.lowerBound + 2] == 0x20 else { return nil }
    let mark = bytes[line.lowerBound]
    return mark == 0x45 || mark == 0x3E ? line.lowerBound + 2..<line.upperBound : nil
  }

  /// The part of a line that belongs to the reason; nil for frames and furniture.
  private static func reason(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>) -> Range<Int>? {
    var start = line.lowerBound
    while start < line.upperBound, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
    guard start < line.upperBound else { return nil }
    for opening in furniture where opening.matches(bytes, at: start) { return nil }
    if StaticString("at ").matches(bytes, at: start), isFrame(bytes, start..<line.upperBound) { return nil }
    if StaticString("thread '").matches(bytes, at: start) { return panic(bytes, start..<line.upperBound) }
    if ByteClass.isDigit(bytes[start]), isNumberedFrame(bytes, start..<line.upperBound) { return nil }
    guard let place = placeEnd(bytes, start..<line.upperBound) else { return start..<line.upperBound }
    var rest = place
    while rest < line.upperBound, bytes[rest] == 0x20 || bytes[rest] == 0x3A { rest += 1 }
    return rest >= line.upperBound || StaticString("in ").matches(bytes, at: rest) ? nil : rest..<line.upperBound
  }

  /// What stands behind `panicked at`: a message with old Rust, with new Rust the place, and the message follows.
  private static func panic(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>) -> Range<Int>? {
    let mark: StaticString = "panicked at "
    guard let found = line.first(where: { mark.matches(bytes, at: $0) }) else { return nil }
    let start = found + mark.utf8CodeUnitCount
    guard start < line.upperBound else { return nil }
    if placeEnd(bytes, start..<line.upperBound) != nil { return nil }
    // `'message', src/lib.rs:3:5`
    let comma = bytes[start..<line.upperBound].lastIndex(of: 0x2C)
    return start..<(comma ?? line.upperBound)
  }

  /// `at a.b.C(D.java:3)`, `at /a/b.js:3:4`; not `at least one`.
  private static func isFrame(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>) -> Bool {
    for place in line where bytes[place] == 0x28 || bytes[place] == 0x2F || bytes[place] == 0x5C { return true }
    return false
  }

  /// `  3: core::panicking::panic`.
  private static func isNumberedFrame(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>) -> Bool {
    var end = line.lowerBound
    while end < line.upperBound, ByteClass.isDigit(bytes[end]) { end += 1 }
    return end - line.lowerBound <= 3 && StaticString(": ").matches(bytes, at: end)
      && line.dropFirst(end - line.lowerBound).contains { StaticString("::").matches(bytes, at: $0) }
  }

  /// Past the `a/b_test.go:12` that a line begins with.
  private static func placeEnd(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>) -> Int? {
    var end = line.lowerBound
    var hasPoint = false
    while end < line.upperBound, bytes[end] != 0x20, bytes[end] != 0x3A || isDrive(end, line) {
      if bytes[end] == 0x2E { hasPoint = true }
      end += 1
    }
    guard hasPoint, end < line.upperBound, bytes[end] == 0x3A else { return nil }
    var numbers = 0
    while end + 1 < line.upperBound, bytes[end] == 0x3A, ByteClass.isDigit(bytes[end + 1]) {
      end += 1
      while end < line.upperBound, ByteClass.isDigit(bytes[end]) { end += 1 }
      numbers += 1
    }
    return numbers > 0 ? end : nil
  }

  private static func isDrive(_ place: Int, _ line: Range<Int>) -> Bool { place == line.lowerBound + 1 }

  private static let furniture: [StaticString] = [
    "=== ", "--- FAIL", "--- PASS", "--- SKIP", "FAIL\t", "ok  \t", "File \"", "Traceback (most recent", "goroutine ",
    "stack backtrace:", "note: run with", "note: Some details", "# ./", "# /", "Error Trace:", "Test:  ",
  ]
}
