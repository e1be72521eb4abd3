import Testing
import TriageModel

@testable import TriageServices

@Suite struct LogClockTests {
  private func time(_ line: String) -> String? { LogClock.time(of: Array(line.utf8)[...])?.description }

  @Test(arguments: [
    ("2026-03-02T10:00:00.1234567Z ##[group]Run", "2026-03-02T10:00:00Z"),
    ("\u{FEFF}2026-03-02T10:00:00Z first line of GitHub's", "2026-03-02T10:00:00Z"),
    ("2026-03-02T12:00:00+02:00 zone", "2026-03-02T10:00:00Z"),
    ("[2026-03-02 10:00:00] Jenkins with Timestamper", "2026-03-02T10:00:00Z"),
    ("[2026-03-02T10:00:00.123Z] bracket", "2026-03-02T10:00:00Z"),
    ("\u{1B}_bk;t=1772445600000\u{07}~~~ Buildkite", "2026-03-02T10:00:00Z"),
  ])
  func readsWhatServicesPutBeforeLines(line: String, expected: String) { #expect(time(line) == expected) }

  @Test(arguments: [
    "", "no time", "2026-03-02 is a date", "10:00:00 is a clock", "1970-01-01T00:00:00Z nobody's",
    "2026-13-02T10:00:00Z",
    "\u{1B}_bk;t=99999999999999999999\u{07}", "\u{1B}_bk;t=\u{07}", "[", "2026-03-02T",
  ])
  func takesNothingElseForATime(line: String) { #expect(time(line) == nil) }

  @Test func theVeryFirstAndTheVeryLastLineMustHaveOne() {
    let line = "2026-03-02T10:00:00Z x\n"
    #expect(LogClock.first(in: Array(("\n" + line + "y\n").utf8)) != nil)
    #expect(LogClock.first(in: Array(("y\n" + line).utf8)) == nil)
    #expect(LogClock.last(in: Array(("y\n" + line + "\n").utf8)) != nil)
    #expect(LogClock.last(in: Array((line + "y\n").utf8)) == nil)
  }
}
