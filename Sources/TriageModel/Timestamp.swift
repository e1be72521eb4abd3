/// A moment in UTC, in milliseconds since 1970.
package struct Timestamp: Hashable, Comparable, Sendable {
  /// Milliseconds since 1970-01-01T00:00:00Z.
  package let milliseconds: Int64

  /// A moment from its milliseconds since 1970.
  package init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  /// A moment from seconds since 1970, as JSON reports write it; nil for what is no finite number or no sane year.
  package init?(seconds: Double) {
    guard seconds.isFinite, abs(seconds) < 253_402_300_800 else { return nil }
    milliseconds = Int64((seconds * 1000).rounded())
  }

  /// Whether it can be when something ran: before 2000 nobody ran these tests, and 1970 and 1980 are what tools write
  /// that know no time.
  package var isTrusted: Bool { milliseconds >= 946_684_800_000 }

  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.milliseconds < right.milliseconds
  }
}

extension Timestamp {
  /// Reads ISO 8601 as reports write it (`2026-11-21T07:34:51.760614+00:00`, `2026-11-21 07:34`, a bare date).
  ///
  /// A time without a zone counts as UTC: JUnit's dialects leave it out and mean different things by that.
  package init?(iso8601 text: some StringProtocol) {
    var fields = FieldReader(text)
    guard let year = fields.number(digits: 4...4), fields.skip("-"), let month = fields.number(digits: 1...2),
      fields.skip("-"), let day = fields.number(digits: 1...2), (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    var milliseconds = Self.days(year: year, month: month, day: day) * 86_400_000
    if fields.skip("T") || fields.skip(" ") {
      _ = fields.skip(" ")
      guard let hour = fields.number(digits: 1...2), fields.skip(":"), let minute = fields.number(digits: 1...2),
        hour < 25, minute < 60
      else { return nil }
      milliseconds += Int64(hour * 3_600_000 + minute * 60_000)
      if fields.skip(":") {
        guard let second = fields.number(digits: 1...2), second < 61 else { return nil }
        milliseconds += Int64(second * 1000)
        if fields.skip(".") || fields.skip(",") { milliseconds += Int64(fields.milliseconds()) }
      }
      milliseconds -= fields.zoneMinutes() * 60_000
    }
    self.milliseconds = milliseconds
  }

  /// Days from 1970-01-01 in the proleptic Gregorian calendar (Howard Hinnant's `days_from_civil`).
  private static func days(year: Int, month: Int, day: Int) -> Int64 {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int64(era * 146_097 + dayOfEra - 719_468)
  }

  /// The calendar date of a day number, the inverse of `days(year:month:day:)`.
  private static func civil(days: Int64) -> (year: Int, month: Int, day: Int) {
    let shifted = Int(days) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }
}

extension Timestamp: CustomStringConvertible {
  /// ISO 8601 in UTC with seconds: `2026-11-16T09:15:00Z`.
  package var description: String {
    let seconds = milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000
    let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    let rest = Int(seconds - days * 86_400)
    let date = Self.civil(days: days)
    func pad(_ value: Int, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(pad(date.year, 4))-\(pad(date.month, 2))-\(pad(date.day, 2))"
      + "T\(pad(rest / 3600, 2)):\(pad(rest / 60 % 60, 2)):\(pad(rest % 60, 2))Z"
  }
}

extension Timestamp {
  /// The moment to the minute, for people: `2026-11-16 09:15`, UTC.
  package var minuteText: String {
    let text = description
    return text.prefix(10) + " " + text.dropFirst(11).prefix(5)
  }

  /// The day, in UTC: `2026-11-16`.
  package var dayText: String { String(description.prefix(10)) }
}

/// Reads numbers and separators from the front of a text.
private struct FieldReader {
  private var rest: ArraySlice<UInt8>

  init(_ text: some StringProtocol) {
    let bytes = Array(text.utf8.prefix(80))
    rest = bytes[...].drop { $0 == 0x20 }
  }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard let first = rest.first, UInt32(first) == character.value else { return false }
    rest.removeFirst()
    return true
  }

  mutating func number(digits: ClosedRange<Int>) -> Int? {
    let run = rest.prefix(digits.upperBound).prefix { (0x30...0x39).contains($0) }
    guard digits.contains(run.count) else { return nil }
    rest = rest.dropFirst(run.count)
    return run.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  /// The fraction of a second after its point, cut to thousandths.
  mutating func milliseconds() -> Int {
    let run = rest.prefix { (0x30...0x39).contains($0) }
    rest = rest.dropFirst(run.count)
    let digits = run.prefix(3).map { Int($0 - 0x30) } + [0, 0, 0]
    return digits[0] * 100 + digits[1] * 10 + digits[2]
  }

  /// The offset from UTC in minutes: `Z`, `+01:00`, `-0530`; 0 when there is none.
  mutating func zoneMinutes() -> Int64 {
    _ = skip(" ")
    let sign: Int64 = rest.first == 0x2D ? -1 : 1
    guard skip("+") || skip("-"), let hours = number(digits: 2...2) else { return 0 }
    _ = skip(":")
    return sign * Int64(hours * 60 + (number(digits: 2...2) ?? 0))
  }
}
