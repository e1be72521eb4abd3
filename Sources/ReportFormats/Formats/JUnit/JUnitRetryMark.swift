/// Attributes and properties by which a test case says which attempt at its test it is.
///
/// One number alone may be how often a test would be retried. So a case is a retry only right behind a case of its name
/// that has a lower one, or none.
enum JUnitRetryMark {
  /// Names that count retries, from 1 on.
  private static let retries: [StaticString] = ["retry", "rerun", "retry-attempt", "retry_attempt", "retryattempt"]
  /// Names that count attempts: the first retry is the second.
  private static let attempts: [StaticString] = ["attempt", "attempt-number", "attempt_number"]

  /// Which retry an attribute or property says it is, from 1; nil for anything else.
  static func number(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Int? {
    if retries.contains(where: { JUnitBytes.equalInAnyCase(name, $0) }) {
      return JUnitBytes.equalInAnyCase(value, "true") ? 1 : JUnitBytes.number(value)
    }
    guard attempts.contains(where: { JUnitBytes.equalInAnyCase(name, $0) }) else { return nil }
    return JUnitBytes.number(value).map { $0 - 1 }
  }
}
