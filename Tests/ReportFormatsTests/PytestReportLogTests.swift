import ReportFormats
import TestSupport
import Testing
import TriageModel

@Suite struct PytestReportLogTests {
  private func line(_ id: String, _ phase: String, _ outcome: String, _ more: String = "") -> String {
    "{\"$report_type\": \"TestReport\", \"nodeid\": \"\(id)\", \"when\": \"\(phase)\", \"outcome\": \"\(outcome)\", "
      + "\"duration\": 0.5, \"longrepr\": null\(more)}"
  }

  private func test(_ id: String, _ outcome: String, _ more: String = "") -> [String] {
    [line(id, "setup", "passed", more), line(id, "call", outcome, more), line(id, "teardown", "passed", more)]
  }

  private func read(_ lines: [String], finished: Bool = true) -> ReadReport {
    let end = finished ? ["{\"$report_type\": \"SessionFinish\", \"exitstatus\": 1}"] : []
    return ReadReport.read(Array((lines + end).joined(separator: "\n").utf8) + [0x0A], as: PytestReportLog.self)
  }

  @Test func joinsThePhasesOfAnAttempt() throws {
    let read = read(test("a.py::T::t[x::y[0]]", "passed"))
    #expect(read.lines == ["a.py::T::t[x::y[0]] passed"])
    #expect(read.table.suiteName(read.table.suite(of: try #require(read.tests.first))) == "a.py::T")
    #expect(read.table.duration(of: try #require(read.tests.first)) == 1.5)
    #expect(read.result.exitCode == 1)
    #expect(read.result.damages.isEmpty)
  }

  /// Markers are not told from the other words that choose a test; the folder of the project comes last.
  @Test func keepsTheMarkersOfTestsThatFailed() {
    let words = ["test_b[x]", "contract", "slow", "pytestmark", "T", "test_a.py", "tests", "checkout", ""]
    let keywords = ", \"keywords\": {" + words.map { "\"\($0)\": 1" }.joined(separator: ", ") + "}"
    let id = "tests/contract/test_a.py::T::test_b[x]"
    func markers(_ read: ReadReport) -> [[String]] {
      read.tests.flatMap { read.table.attempts(of: $0) }.map { attempt in
        attempt.properties.filter { $0.name == "marker" }.map(\.value)
      }
    }
    for (outcome, expected) in [("failed", ["contract", "slow"]), ("passed", [])] {
      #expect(markers(read(test(id, outcome, keywords))) == [expected])
      let array = words.map { "\"\($0)\"" }.joined(separator: ", ")
      let json = """
        {"exitcode": 1, "tests": [{"nodeid": "\(id)", "lineno": 1, "outcome": "\(outcome)", "keywords": [\(array)],
        "call": {"outcome": "\(outcome)"}}]}
        """
      #expect(markers(ReadReport.read(Array(json.utf8), as: PytestJSONReport.self)) == [expected])
    }
  }

  @Test func keepsTheOrderOfTestsThatBeganAndNeverEnded() {
    let read = read(["b", "a", "c"].map { line("x.py::" + $0, "setup", "passed") }, finished: false)
    #expect(read.lines == ["x.py::b errored", "x.py::a errored", "x.py::c errored"])
  }

  @Test(.timeLimit(.minutes(1))) func endsWithManyTestsOpenAtOnce() {
    let ids = (0..<20_000).map { "x.py::t\($0)" }
    let read = read(ids.map { line($0, "call", "passed") } + ids.map { line($0, "teardown", "passed") })
    #expect(read.counts[.passed] == 20_000)
  }

  @Test(arguments: [Int.max, Int.min, -2, 1 << 40]) func takesAnyLineNumber(number: Int) {
    let read = read(test("x.py::t", "passed", ", \"location\": [\"x.py\", \(number), \"t\"]"))
    #expect(read.lines == ["x.py::t passed"])
    let json = "{\"created\": 1, \"exitcode\": 0, \"tests\": [{\"nodeid\": \"x.py::t\", \"lineno\": \(number)}]}"
    #expect(ReadReport.read(Array(json.utf8), as: PytestJSONReport.self).counts.total == 1)
  }

  @Test func tellsWorkersApartThatInterleave() {
    let first = test("a.py::one", "failed", ", \"worker_id\": \"gw0\"")
    let second = test("a.py::two", "passed", ", \"worker_id\": \"gw1\"")
    let mixed = zip(first, second).flatMap { [$0, $1] }
    #expect(read(mixed).lines == ["a.py::one failed", "a.py::two passed"])
  }

  @Test(arguments: ["SubtestReport", "SubTestReport"])
  func failsATestWhoseSubtestFailed(_ type: String) throws {
    let parts = ["passed", "failed", "skipped"].map { outcome in
      line("a.py::T::t", "call", outcome, "}").replacing("TestReport", with: type)
        .replacing("null}}", with: "\"\(outcome) part\"}")
    }
    let read = read(
      [line("a.py::T::t", "setup", "passed")] + parts + [line("a.py::T::t", "call", "passed")]
        + [line("a.py::T::t", "teardown", "passed")])
    #expect(read.lines == ["a.py::T::t failed"])
    let attempts = read.table.attempts(of: try #require(read.tests.first))
    #expect(attempts.map { $0.failures.map(\.message) } == [["failed part"]])
  }

  @Test func joinsTheReportOfACrashedWorkerWithWhatTheWorkerBegan() throws {
    let crash = line("a.py::t", "???", "failed").replacing("null", with: "\"worker 'gw1' crashed\"")
    let read = read([line("a.py::t", "setup", "passed", ", \"worker_id\": \"gw1\""), crash])
    #expect(read.lines == ["a.py::t errored"])
    let attempts = read.table.attempts(of: try #require(read.tests.first))
    #expect(attempts.map { $0.failures.map(\.message) } == [["worker 'gw1' crashed"]])
  }

  @Test func readsNumbersThatNoCounterHolds() {
    let location = ", \"location\": [\"a.py\", 9223372036854775807, \"t\"]"
    #expect(read(test("a.py::t", "passed", location)).lines == ["a.py::t passed"])
    let report =
      "{\"created\": 1, \"exitcode\": 0, \"summary\": {}, \"tests\": [{\"nodeid\": \"a.py::t\", "
      + "\"lineno\": 9223372036854775807, \"outcome\": \"skipped\"}]}"
    #expect(ReadReport.read(Array(report.utf8), as: PytestJSONReport.self).lines == ["a.py::t skipped"])
  }

  @Test func countsReruns() {
    let lines = test("a.py::t", "rerun") + test("a.py::t", "rerun") + test("a.py::t", "passed")
    let read = read(lines)
    #expect(read.lines == ["a.py::t passed_on_retry"])
    #expect(read.table.attemptCount == 3)
  }

  @Test(
    arguments: [
      ("setup", "failed", "errored"), ("call", "failed", "failed"), ("teardown", "failed", "errored"),
      ("setup", "skipped", "skipped"), ("call", "skipped", "skipped"), ("???", "failed", "errored"),
    ])
  func mapsPhases(_ phase: String, _ outcome: String, _ expected: String) {
    #expect(read([line("a.py::t", phase, outcome)]).lines == ["a.py::t \(expected)"])
  }

  @Test func tellsExpectedFailuresAndUnexpectedPasses() throws {
    let expected = read([line("a.py::t", "call", "skipped", ", \"wasxfail\": \"reason: bug 1\"")])
    #expect(expected.lines == ["a.py::t expected_failure"])
    #expect(expected.table.attempts(of: try #require(expected.tests.first))[0].note == "bug 1")
    #expect(read([line("a.py::t", "call", "passed", ", \"wasxfail\": \"\"")]).lines == ["a.py::t unexpected_pass"])
  }

  @Test func saysThatTheSessionNeverFinished() {
    let read = read(test("a.py::t", "passed") + [line("a.py::u", "setup", "passed")], finished: false)
    #expect(read.lines == ["a.py::t passed", "a.py::u errored"])
    #expect(read.result.damages.map(\.cause) == ["the session never finished"])
  }

  @Test func saysWhichLineIsTorn() {
    let whole = test("a.py::t", "passed").joined(separator: "\n")
    let read = ReadReport.read(Array((whole + "\n{\"$report_type\": \"TestRe").utf8), as: PytestReportLog.self)
    #expect(read.lines == ["a.py::t passed"])
    #expect(read.result.damages.map(\.line) == [4, 4])
    #expect(read.result.damages.first?.cause == "the last line is cut")
  }

  @Test func goesOnBehindABrokenLineAndUnknownTypes() {
    let lines = ["{broken}", "{\"$report_type\": \"FutureReport\", \"x\": [1]}"] + test("a.py::t", "passed")
    let read = read(lines)
    #expect(read.lines == ["a.py::t passed"])
    #expect(read.result.damages.map(\.line) == [1])
  }

  @Test func keepsAModuleThatCouldNotBeCollected() throws {
    let report =
      "{\"$report_type\": \"CollectReport\", \"nodeid\": \"tests/test_x.py\", \"outcome\": \"failed\", "
      + "\"longrepr\": \"ImportError: no\\nmore\"}"
    let read = read([report])
    #expect(read.lines == ["tests/test_x.py errored"])
    #expect(read.table.kind(of: try #require(read.tests.first)) == .suite)
  }
}
