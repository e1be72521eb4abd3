import Foundation
import ReportFormats
import TestSupport
import Testing
import TriageModel

/// Robot Framework's two ways of telling the same run.
@Suite struct RobotTests {
  private static let xml = Files.fixtures() + "/robot/shop-7.5.xml"
  private static let whole = Files.fixtures() + "/robot-json/rebot-7.5.json"

  /// A test as a person sees it: all that both reports tell.
  private static func seen(_ read: ReadReport) -> [String] {
    read.tests.map { test in
      let attempts = read.table.attempts(of: test).map { attempt in
        "\(attempt.outcome.name) \(attempt.duration ?? -1) \(attempt.note) \(attempt.failures) \(attempt.properties)"
      }
      let place = read.table.definition(of: test).map { "\($0.file):\($0.line ?? 0)" } ?? ""
      return "\(read.table.id(of: test)) \(read.table.kind(of: test).word) \(place) \(attempts)"
    }
  }

  @Test func xmlAndJSONOfARunTellTheSame() throws {
    let xml = try #require(ReadReport.file(Self.xml))
    let json = try #require(ReadReport.file(Self.whole))
    #expect(xml.table.reports[0].format == "robot")
    #expect(json.table.reports[0].format == "robot-json")
    for (json, xml) in zip(Self.seen(json), Self.seen(xml)) { #expect(json == xml) }
    // What Robot counted itself, and the two suites whose own set-up or tear-down failed.
    for read in [xml, json] {
      #expect(read.counts.total == 18 + 2)
      #expect(read.counts[.passed] == 2)
      #expect(read.counts[.skipped] == 3)
      #expect(read.counts.failing == 13 + 2)
    }
    #expect(json.result.damages.isEmpty && xml.result.damages.isEmpty)
  }

  /// Robot itself writes a suite's name, and that its tear-down failed, behind its tests.
  @Test func whatRobotWritesAsItRunsTellsTheSame() throws {
    let ran = try #require(ReadReport.file(Files.fixtures() + "/robot-json/robot-7.5.json"))
    let told = try #require(ReadReport.file(Self.whole))
    #expect(ran.lines == told.lines)
    #expect(
      ran.table.attempts(of: TestIndex(15)).map(\.failures) == told.table.attempts(of: TestIndex(15)).map(\.failures))
  }

  /// What a tear-down said may be what a log said.
  @Test func wordsWithinAMessageSkipNoFailure() {
    let read = Self.read(
      #"{"generator":"Robot 7.5","suite":{"tests":[{"name":"a","status":"FAIL","message":"boom"},"#
        + #"{"name":"b","status":"PASS"}],"name":"s","status":"FAIL","#
        + #""message":"Suite teardown failed:\nThe log said: Skipped in suite teardown:\nfoo"}}"#)
    #expect(read.lines == ["s::a failed", "s::b failed", "s errored"])
    #expect(read.table.attempts(of: TestIndex(0))[0].failures.first?.message == "boom")
  }

  @Test func aTearDownThatFailsBehindAPassedTestFailsIt() {
    let suite = #"""
      "suite":{"tests":[{"name":"t","status":"PASS"},{"name":"u","status":"SKIP","message":"no"}],"name":"a",\#
      "status":"FAIL","message":"Suite setup failed:\nx\n\nAlso suite teardown failed:\ny"}
      """#
    let robot = Self.read(#"{"generator":"Robot 7.5",\#(suite)}"#)
    #expect(robot.lines == ["a::t failed", "a::u skipped", "a errored"])
    #expect(robot.table.attempts(of: TestIndex(0))[0].failures.map(\.message) == ["Parent suite teardown failed:\ny"])
    // What rebot writes knows of it already.
    #expect(Self.read(#"{"generator":"Rebot 7.5",\#(suite)}"#).lines[0] == "a::t passed")
    let skip =
      #"{"generator":"Robot 7.5","suite":{"tests":[{"name":"t","status":"PASS"}],"status":"SKIP","message":"Skipped in suite teardown:\ny"}}"#
    #expect(Self.read(skip).lines == ["t skipped"])
    let failed = skip.replacingOccurrences(of: #""status":"PASS""#, with: #""status":"FAIL","message":"boom""#)
    #expect(
      Self.read(failed).table.attempts(of: TestIndex(0))[0].note
        == "Skipped in parent suite teardown:\ny\n\nEarlier message:\nboom")
  }

  @Test func aSuiteAloneTellsItsTests() throws {
    let suite = try #require(ReadReport.file(Files.fixtures() + "/robot-json/suite-7.5.json"))
    let whole = try #require(ReadReport.file(Self.whole))
    #expect(suite.lines == whole.lines)
    #expect(suite.result.damages.isEmpty)
  }

  private static func read(_ text: String) -> ReadReport { ReadReport.read(Array(text.utf8), as: RobotJSON.self) }

  private static let test = #"{"name":"t","status":"FAIL","message":"m"}"#

  @Test func keysMayStandInAnyOrder() {
    let read = Self.read(
      #"""
      {"generator":"Rebot","suite":{"message":"Suite setup failed:\nno","name":"a","status":"FAIL",\#
      "suites":[{"name":"b","tests":[\#(Self.test)]},{"name":"c","suites":[{"name":"d","tests":[\#(Self.test)]}]}],\#
      "tests":[\#(Self.test)]}}
      """#)
    #expect(read.lines == ["a.b::t failed", "a.c.d::t failed", "a::t failed", "a errored"])
  }

  @Test(arguments: [
    #"{"suite":{"name":"a","tests":[7,null,[],\#(test)]}}"#,
    #"{"suite":{"name":7,"tests":[\#(test)],"status":[],"message":{}}}"#,
    #"{"suite":[{"name":"a","tests":[\#(test)]}]}"#, #"{"suite":{"suites":{"tests":\#(test)}}}"#,
    #"{"suite":{"suites":[7,{"tests":[\#(test)]}],"name":"a"}}"#,
    #"{"suite":{"tests":[{"name":"t","status":"FAIL","elapsed_time":1e999,"lineno":-1,"tags":{"a":7},"body":[7,{"body":{}}]}]}}"#,
    #"{"suite":{"tests":[\#(test)]},"statistics":{"total":{"pass":9223372036854775807,"fail":9223372036854775807,"skip":1}}}"#,
  ])
  func whatIsOfAnotherTypeHidesNoFailure(_ text: String) {
    #expect(Self.read(text).counts.failing == 1)
  }

  @Test func deepSuitesAreReadOrSaidNotToBe() {
    func nested(_ depth: Int) -> ReadReport {
      let start = String(repeating: #"{"name":"s","suites":["#, count: depth)
      return Self.read(
        #"{"suite":"# + start + "{\"name\":\"s\",\"tests\":[\(Self.test)]}" + String(repeating: "]}", count: depth)
          + "}")
    }
    #expect(nested(40).counts.failing == 1)
    #expect(nested(40).result.damages.isEmpty)
    #expect(nested(41).result.damages.map(\.cause) == ["suites lie more than 40 deep: what is in them is not read"])
  }

  @Test func aFileWithoutASuiteIsNotWhole() {
    #expect(Self.read(#"{"generator":"Rebot","suite":null}"#).result.damages.map(\.cause) == ["it holds no suite"])
  }

  @Test func aTestThatStatisticsCountAndTheFileLacksIsMissed() {
    let read = Self.read(
      #"{"suite":{"name":"a","tests":[\#(Self.test)]},"statistics":{"total":{"pass":1,"fail":1,"skip":0}}}"#)
    #expect(read.result.damages.map(\.cause) == ["it declares 2 tests and holds 1"])
  }
}
