/// Tells a time limit that was met from a test that failed on its own.
enum JUnitTimeouts {
  private static let types: [StaticString] = ["Timeout", "timeout", "test timeout", "TestTimedOut"]
  private static let typeEnds: [StaticString] = ["TestTimedOutException", "PreemptiveTimeoutException"]
  /// CTest; pytest-timeout; Playwright; mocha; Go; nextest.
  private static let messages: [StaticString] = [
    "Failed: Timeout >", "Timeout >", "Failed: Timeout (>", "Timeout (>", "Test timeout of ", "Timeout of ",
    "panic: test timed out after", "test timed out",
  ]

  /// Whether a failure's type and message say that the test took too long.
  static func isTimeout(type: UnsafeRawBufferPointer, message: UnsafeRawBufferPointer) -> Bool {
    if types.contains(where: { JUnitBytes.equal(type, $0) }) { return true }
    if typeEnds.contains(where: { JUnitBytes.ends(type, with: $0) }) { return true }
    if JUnitBytes.equal(message, "Timeout") { return true }
    if messages.contains(where: { XMLBytes.starts(message, with: $0) }) { return true }
    return JUnitBytes.ends(type, with: "TimeoutException")
      && XMLBytes.range(of: "() timed out after ", in: message) != nil
  }

  /// Whether one of the first lines of a failure's text says that the test took too long (Playwright, jest, Go).
  static func isTimeout(details: UnsafeRawBufferPointer) -> Bool {
    var rest = UnsafeRawBufferPointer(rebasing: details.prefix(512))
    for _ in 0..<8 where !rest.isEmpty {
      let end = XMLBytes.first(0x0A, in: rest) ?? rest.count
      let line = JUnitBytes.trimmed(UnsafeRawBufferPointer(rebasing: rest[..<end]))
      if lines.contains(where: { XMLBytes.starts(line, with: $0) }) { return true }
      rest = UnsafeRawBufferPointer(rebasing: rest[min(end + 1, rest.count)...])
    }
    return false
  }

  private static let lines: [StaticString] = [
    "Test timeout of ", "thrown: \"Exceeded timeout of ", "panic: test timed out after",
  ]
}
