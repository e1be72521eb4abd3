/// What pytest says when it stops before all tests ran: a line between exclamation marks, right before its summary.
///
/// A test of a pytest plugin prints such lines too, captured inside of the session that runs it: those do not count.
struct PytestEnd {
  /// The words between the marks; nil when no session of the log stopped early.
  private(set) var interruption: String?

  init(_ lines: [ArraySlice<UInt8>]) {
    var open = 0
    var stopped: String?
    for line in lines {
      if Self.isStart(line) {
        open += 1
        stopped = nil
      } else if let words = Self.words(of: line) {
        stopped = words
      } else if Self.isSummary(line) {
        if open < 2, let stopped { interruption = stopped }
        stopped = nil
        open = max(0, open - 1)
      }
    }
    // A log that breaks off behind the line has no summary.
    if open < 2, let stopped { interruption = stopped }
  }

  private static func isStart(_ line: ArraySlice<UInt8>) -> Bool {
    line.starts(with: "===".utf8) && text(line, between: UInt8(ascii: "=")) == "test session starts"
  }

  /// `!!!!!!!! Interrupted: 1 error during collection !!!!!!!!`
  private static func words(of line: ArraySlice<UInt8>) -> String? {
    guard line.count < 400, line.starts(with: "!!!".utf8), line.last == UInt8(ascii: "!") else { return nil }
    let words = text(line, between: UInt8(ascii: "!"))
    return words.isEmpty ? nil : words
  }

  /// `=== 1 failed, 3 passed in 0.12s ===`, and the same without the frame.
  private static func isSummary(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.count < 400 else { return false }
    let words = text(line, between: UInt8(ascii: "=")).split(separator: " ")
    guard let place = words.lastIndex(of: "in"), place > 0, place + 1 < words.count else { return false }
    let time = words[place + 1]
    return time.hasSuffix("s") && time.first?.isNumber == true
      && (words[0].first?.isNumber == true || words[0] == "no")
  }

  private static func text(_ line: ArraySlice<UInt8>, between mark: UInt8) -> String {
    let rest = line.drop { $0 == mark || $0 == 0x20 }
    let end = rest.lastIndex { $0 != mark && $0 != 0x20 }.map { $0 + 1 } ?? rest.startIndex
    return String(decoding: rest[..<end], as: UTF8.self)
  }
}
