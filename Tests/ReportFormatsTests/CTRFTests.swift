import ReportFormats
import TestSupport
import Testing
import TriageModel

/// What is asked of CTRF beyond the goldens of its fixtures.
@Suite struct CTRFTests {
  private static func read(_ test: String) -> ReadReport {
    let text = #"{"results":{"tool":{"name":"t"},"summary":{},"tests":[{"name":"a","duration":1,\#(test)}]}}"#
    return ReadReport.read(Array(text.utf8), as: CTRF.self)
  }

  private static func output(_ read: ReadReport) -> String {
    read.table.attempts(of: TestIndex(0)).map { read.table.text.string($0.standardOutput) }.joined(separator: "|")
  }

  @Test func stepsOfAFailureAreKeptWithWhatLiesInThem() {
    let steps =
      #""steps":[{"name":"one","status":"passed"},{"name":"two","status":"failed","steps":[{"name":"in it","status":"failed"}]}]"#
    let lines = "one: passed\ntwo: failed\n  in it: failed\n"
    #expect(Self.output(Self.read("\"status\":\"failed\"," + steps)) == lines)
    // A million tests pass: their steps are not kept.
    #expect(Self.output(Self.read("\"status\":\"passed\"," + steps)) == "")
  }

  @Test func linesThatWerePrintedStayLines() {
    #expect(Self.output(Self.read(#""status":"passed","stdout":["one","two\n","three"]"#)) == "one\ntwo\nthree\n")
  }

  @Test(arguments: [
    ("failed", "timedOut", Outcome.timedOut), ("failed", "broken", .errored), ("failed", "passed", .failed),
    ("failed", "odd", .failed), ("passed", "timedOut", .passed), ("other", "timedOut", .timedOut),
    ("skipped", "failed", .skipped),
  ])
  func theToolsOwnWordSaysHowATestFailed(_ status: String, _ raw: String, _ outcome: Outcome) {
    let read = Self.read("\"status\":\"\(status)\",\"rawStatus\":\"\(raw)\"")
    #expect(read.table.outcome(of: TestIndex(0)) == outcome)
  }

  @Test func anAttemptThatEndedOtherwiseIsNotTheTestsOwnOnceMore() {
    let read = Self.read(#""status":"passed","retries":0,"retryAttempts":[{"status":"failed","message":"boom"}]"#)
    #expect(read.table.outcome(of: TestIndex(0)) == .passedOnRetry)
    #expect(read.table.attempts(of: TestIndex(0)).flatMap(\.failures).map(\.message) == ["boom"])
  }

  @Test func aPictureInTheReportIsNamedAndNotShown() {
    let picture = String(repeating: "QUJD", count: 1000)
    #expect(
      Self.output(Self.read("\"status\":\"failed\",\"screenshot\":\"\(picture)\""))
        == "[screenshot, image, 3,000 bytes]\n")
  }

  @Test(arguments: [
    #""steps":7"#, #""steps":[7,null,[],{}]"#, #""stdout":[1,{}]"#, #""labels":[1]"#, #""labels":{"a":null,"b":[]}"#,
    #""attachments":[7,{},{"path":7}]"#, #""retryAttempts":[7,{}],"retries":1e999"#, #""screenshot":{}"#,
    #""rawStatus":[]"#, #""line":-1"#, #""suite":[7,null]"#, #""suite":{}"#,
  ])
  func whatIsOfAnotherTypeIsNoTrap(_ part: String) {
    let read = Self.read("\"status\":\"failed\"," + part)
    #expect(read.counts.failing == 1)
  }

  @Test func deepStepsEnd() {
    let steps =
      String(repeating: #"{"name":"s","status":"failed","steps":["#, count: 200) + String(repeating: "]}", count: 200)
    let lines = Self.output(Self.read("\"status\":\"failed\",\"steps\":[" + steps + "]")).split(separator: "\n")
    #expect(lines.count == 51 && lines[50] == "… more steps")
  }
}
