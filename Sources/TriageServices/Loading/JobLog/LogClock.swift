internal import TriageModel

/// When lines of a job's log were written, where its service puts that before each of them.
///
/// A program that prints times of its own does so on some lines only: the very first and the very last line must have one.
enum LogClock {
  /// When the first line of a log that says anything was written; nil where it has no time.
  static func first(in head: [UInt8]) -> Timestamp? {
    head.split(separator: 0x0A).first { $0.contains { $0 > 0x20 } }.flatMap(time)
  }

  /// When the last line was written.
  static func last(in tail: [UInt8]) -> Timestamp? {
    tail.split(separator: 0x0A).last { $0.contains { $0 > 0x20 } }.flatMap(time)
  }

  /// `2026-03-02T10:00:00.0000000Z …`, `[2026-03-02 10:00:00] …`, `ESC _ bk;t=1700000000000 BEL …`.
  static func time(of line: ArraySlice<UInt8>) -> Timestamp? {
    var rest = line.prefix(80).drop { $0 <= 0x20 && $0 != 0x1B || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
    let mark = Array("\u{1B}_bk;t=".utf8)
    if rest.starts(with: mark) {
      let digits = rest.dropFirst(mark.count).prefix { (0x30...0x39).contains($0) }
      let value = Int64(String(decoding: digits, as: UTF8.self)).map { Timestamp(milliseconds: $0) }
      return value.flatMap { $0.isTrusted && $0.milliseconds < 253_402_300_800_000 ? $0 : nil }
    }
    if rest.first == UInt8(ascii: "[") { rest = rest.dropFirst() }
    guard rest.first.map({ (0x30...0x39).contains($0) }) == true else { return nil }
    let text = String(decoding: rest.prefix { $0 != UInt8(ascii: "]") }.prefix(40), as: UTF8.self)
    // A date alone is none: it says nothing of how long something took.
    let isClock = text.dropFirst(10).first == "T" || text.dropFirst(10).first == " "
    guard isClock, text.dropFirst(13).first == ":", let time = Timestamp(iso8601: text), time.isTrusted else {
      return nil
    }
    return time
  }
}
