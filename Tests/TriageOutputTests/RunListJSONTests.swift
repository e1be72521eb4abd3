import Foundation
import TestSupport
import Testing
import TriageModel
import TriageOutput

@Suite struct RunListJSONTests {
  private func parsed(_ runs: [Run]) throws -> [String: Any] {
    let text = try CollectedOutput.text { sink in
      RunListJSON.write(runs, tests: { ($0.table.tests { _ in true }, { _ in nil }) }, to: sink)
    }
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
    return try #require(object as? [String: Any])
  }

  @Test func hasTheDocumentedShape() throws {
    var fixture = RunFixture(id: "4136", labels: ["python": "3.11"])
    fixture.info.commit = "8acabed881503eca1b175955d60e1c12df751bfb"
    fixture.info.startedAt = Timestamp(iso8601: "2026-11-17T11:15:00Z")
    fixture.info.completeness = .incomplete(reasons: ["junit.xml is cut"])
    fixture.info.partial = [Damage(path: "junit.xml", line: 31, cause: "the file ends early")]
    fixture.info.warnings = ["declares 5 tests, has 2"]
    fixture.add("test_a", .failed, message: "first", line: 12)
    fixture.add("test_a", .passed)
    fixture.add("test_b", .skipped, message: "no GPU", duration: .nan)
    let json = try parsed([fixture.run()])
    #expect(json["version"] as? Int == 1)
    let run = try #require((json["runs"] as? [[String: Any]])?.first)
    #expect(run["run"] as? String == "4136")
    #expect(run["branch"] is NSNull)
    #expect(run["started"] as? String == "2026-11-17T11:15:00Z")
    #expect(run["complete"] as? Bool == false)
    #expect(run["incomplete"] as? [String] == ["junit.xml is cut"])
    #expect(run["warnings"] as? [String] == ["declares 5 tests, has 2"])
    let damage = try #require((run["partial"] as? [[String: Any]])?.first)
    #expect(damage["path"] as? String == "junit.xml" && damage["line"] as? Int == 31)
    #expect(damage["cause"] as? String == "the file ends early")
    #expect(
      run["counts"] as? [String: Int] == [
        "passed": 0, "passed_on_retry": 1, "failed": 0, "errored": 0, "timed_out": 0, "skipped": 1,
        "expected_failure": 0, "unexpected_pass": 0, "total": 2,
      ])
  }

  @Test func writesTestsWithTheirAttempts() throws {
    var fixture = RunFixture(labels: ["python": "3.11"])
    fixture.add("test_a", .failed, message: "first", line: 12)
    fixture.add("test_a", .passed, duration: 0.1)
    fixture.add("test_b", in: "Suite", .skipped, message: "no GPU", duration: .nan)
    let tests = try #require(try parsed([fixture.run()])["tests"] as? [[String: Any]])
    #expect(tests.map { $0["id"] as? String } == ["tests/test_a.py::test_a", "Suite::test_b"])
    #expect(tests[0]["run"] as? String == "4136" && tests[0]["outcome"] as? String == "passed_on_retry")
    #expect(tests[0]["kind"] as? String == "test")
    #expect(tests[0]["file"] as? String == "tests/test_a.py" && tests[0]["line"] as? Int == 12)
    #expect(tests[1]["file"] is NSNull && tests[1]["line"] is NSNull)
    let attempts = try #require(tests[0]["attempts"] as? [[String: Any]])
    #expect(attempts.map { $0["outcome"] as? String } == ["failed", "passed"])
    #expect(attempts[0]["message"] as? String == "first" && attempts[0]["type"] as? String == "AssertionError")
    #expect(attempts[1]["message"] is NSNull && attempts[1]["type"] is NSNull)
    #expect(attempts[1]["seconds"] as? Double == 0.1)
    let skipped = try #require((tests[1]["attempts"] as? [[String: Any]])?.first)
    #expect(skipped["seconds"] is NSNull && skipped["message"] as? String == "no GPU")
  }

  @Test func keepsTextAndEscapesWhatCouldActOnATerminal() throws {
    let name = "a\"\\\n\t\u{1B}[31m\u{7F}\u{9B}\u{202E}\u{200B}\u{E0041}\u{2028}é漢🎉"
    var fixture = RunFixture()
    fixture.add(name, .failed, message: name)
    let run = fixture.run()
    let text = try CollectedOutput.text {
      RunListJSON.write([run], tests: { ($0.table.tests { _ in true }, { _ in nil }) }, to: $0)
    }
    let tests = try #require(try parsed([run])["tests"] as? [[String: Any]])
    #expect(tests[0]["id"] as? String == "tests/test_a.py::" + name)
    #expect(
      text.unicodeScalars.allSatisfy { $0 == "\n" || ($0.value >= 0x20 && $0.properties.generalCategory != .control) })
    #expect(text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .format })
    #expect(text.contains("é漢🎉") && text.contains("\\u202e") && text.contains("\\udb40\\udc41"))
  }

  @Test func writesNothingMoreWhenTheReaderHasGone() {
    var fixture = RunFixture()
    for number in 0..<1000 { fixture.add("test_\(number)", .failed, message: "no") }
    let output = CollectedOutput()
    let sink = output.sink(blockSize: 256, limit: 1024)
    RunListJSON.write([fixture.run()], tests: { ($0.table.tests { _ in true }, { _ in nil }) }, to: sink)
    #expect(throws: OutputError.closed) { try sink.finish() }
    #expect(output.bytes.count <= 1024)
  }
}
