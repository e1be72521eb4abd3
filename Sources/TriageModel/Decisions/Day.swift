/// A day of the calendar in UTC, as files of decisions write it: `2026-12-12`.
package struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Days since 1970-01-01.
  package let number: Int

  private static let milliseconds: Int64 = 86_400_000

  /// The day of a moment.
  package init(_ moment: Timestamp) {
    number = Int((Double(moment.milliseconds) / Double(Self.milliseconds)).rounded(.down))
  }

  private init(number: Int) { self.number = number }

  /// Reads `YYYY-MM-DD`; nil for any other text and for a day that does not exist.
  package init?(text: String) {
    guard text.utf8.count == 10, let moment = Timestamp(iso8601: text) else { return nil }
    self.init(moment)
    // 30 February is read as 2 March: what does not read back is no day.
    guard description == text else { return nil }
  }

  /// A day so many days later, or earlier when negative.
  package func adding(_ days: Int) -> Day { Day(number: number + days) }

  /// Days from another day to this one; negative when it lies before.
  package func days(since other: Day) -> Int { number - other.number }

  package static func < (left: Day, right: Day) -> Bool { left.number < right.number }

  package var description: String { Timestamp(milliseconds: Int64(number) * Self.milliseconds).dayText }
}
