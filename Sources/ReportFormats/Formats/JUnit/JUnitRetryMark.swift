/// Attributes and properties by which a test case says that it is a further attempt at the test before it.
enum JUnitRetryMark {
  /// Names that count retries: from 1 on it is one.
  private static let retries: [StaticString] = ["retry", "rerun", "retry-attempt", "retry_attempt", "retryattempt"]
  /// Names that count attempts: from 2 on it is a retry.
  private static let attempts: [StaticString] = ["attempt", "attempt-number", "attempt_number"]

  /// Whether an attribute or property is such a mark.
  static func isMark(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Bool {
    if retries.contains(where: { JUnitBytes.equalInAnyCase(name, $0) }) {
      return JUnitBytes.equalInAnyCase(value, "true") || JUnitBytes.number(value) ?? 0 > 0
    }
    guard attempts.contains(where: { JUnitBytes.equalInAnyCase(name, $0) }) else { return false }
    return JUnitBytes.number(value) ?? 0 > 1
  }
}
