import ReportFormats
import Testing
import TriageModel

/// The short text of a failure is its reason, whatever a tool wraps around it.
@Suite struct FailureReasonTests {
  private func failure(_ message: String, _ details: String, type: String = "") throws -> Failure {
    func escaped(_ text: String) -> String {
      text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
        .replacing("\n", with: "&#10;")
    }
    let read = ReadReport.junit(
      "<testsuite><testcase name=\"a\"><failure type=\"\(escaped(type))\" message=\"\(escaped(message))\">"
        + "\(escaped(details))</failure></testcase></testsuite>")
    let test = try #require(read.tests.first)
    return try #require(read.table.attempts(of: test).first?.failures.first)
  }

  private static let wrapped: [(message: String, details: String, reason: String)] = [
    ("failed on setup with \"ValueError: no\"", "a.py:1: ValueError", "ValueError: no"),
    (
      "failed on setup with \"file /b/test_fx.py, line 2\n  def test_a(database): pass\nE       fixture 'database' not found\n[+4 more lines; full report in element text]",
      "file /b/test_fx.py, line 2\n  def test_a(database): pass\nE       fixture 'database' not found\n>       available fixtures: cache\n\n/b/test_fx.py:2",
      "fixture 'database' not found"
    ),
    (
      "collection failure", "a.py:1: in <module>\n    import torchx\nE   ModuleNotFoundError: No module named 'torchx'",
      "ModuleNotFoundError: No module named 'torchx'"
    ),
    (
      "collection failure",
      "ast.py:5: in parse\nE     File \"/b/a.py\", line 1\nE       def a(:\nE             ^\nE   SyntaxError: no",
      "SyntaxError: no"
    ),
    (
      "self = <a.T object>      def test(self): >       assert 0, \"no\" E       AssertionError: no E       assert 0  a.py:3: AssertionError",
      "", "AssertionError: no"
    ),
    (
      "cart.spec.ts:5:1 opens cart",
      "  [chromium] \u{203A} cart.spec.ts:5:1 \u{203A} opens cart ────\n\n    Error: page.goto: refused\n\n    > 4 |   await page.goto('/');\n        at /app/cart.spec.ts:4:14",
      "page.goto: refused"
    ),
    (
      "",
      "Error: expect(received).toBe(expected)\n\nExpected: 2\nReceived: 1\n    at Object.<anonymous> (/w/a.test.js:9:21)",
      "Error: expect(received).toBe(expected)\n\nExpected: 2\nReceived: 1"
    ),
    ("Failed", "    cart_test.go:21: want 0\n        got 1", "want 0\n        got 1"),
    ("Failed", "=== RUN   TestA\n    a_test.go:50: no\n    --- FAIL: TestA (0.00s)\nFAIL\tshop\t0.001s", "no"),
    ("Failed", "=== RUN   TestA\n--- FAIL: TestA (0.00s)", "Failed"),
    ("Failed", "panic: no [recovered]\n\tpanic: no\n\ngoroutine 7", "panic: no [recovered]"),
    (
      "", "thread 'x' panicked at src/cart.rs:14:9:\nleft: 1\nright: 2\nnote: run with `RUST_BACKTRACE=1`",
      "left: 1\nright: 2"
    ),
    ("thread 'x' panicked at src/cart.rs:14:9", "thread 'x' panicked at src/cart.rs:14:9:\nno", "no"),
    (
      "", "src/cart_test.cc:22\nExpected equality of these values:\n  1\n  2",
      "Expected equality of these values:\n  1\n  2"
    ),
    (
      "", "Traceback (most recent call last):\n  File \"a.py\", line 3, in f\n    x()\nAssertionError: 1 != 2",
      "AssertionError: 1 != 2"
    ),
  ]

  @Test(arguments: wrapped) func unwraps(_ sample: (message: String, details: String, reason: String)) throws {
    #expect(try failure(sample.message, sample.details).message == sample.reason)
    #expect(
      try failure(sample.message, sample.details.replacing("\n", with: "\r\n")).message.replacing("\r", with: "")
        == sample.reason)
  }

  @Test(arguments: [
    "file not found: a.txt", "expected A   E   B", "self = 1 is not 2", "collection failure of Mr. E",
    "10:20:30 is late",
    "assert 0", "contains 1 failed subtest",
  ])
  func leavesWhatIsTheReason(_ message: String) throws {
    #expect(try failure(message, "x\n    at a (b.js:1:2)").message == message)
  }

  @Test func namesTheExceptionThatAnotherOneCarries() throws {
    let java = try failure(
      "null",
      "java.lang.reflect.InvocationTargetException\n\tat a.B.c(B.java:1)\nCaused by: java.io.IOException: disk full",
      type: "java.lang.reflect.InvocationTargetException")
    #expect(java.type == "java.io.IOException")
    #expect(java.message == "disk full")
    let dotNet = try failure(
      "One or more errors occurred.", "System.AggregateException : One or more\n---- System.ArgumentException : no\n",
      type: "System.AggregateException")
    #expect(dotNet.type == "System.ArgumentException")
    #expect(dotNet.message == "no")
  }

  @Test(arguments: ["\u{1B}", "\u{241B}", "#x1B", "&#27;", "[NON-XML-CHAR-0x1B]"])
  func hasNoColours(_ mark: String) throws {
    let plain = try failure("no \(mark)[31mred\(mark)[0m", "a \(mark)[1mb\(mark)[0m")
    #expect(plain.message == "no red")
    #expect(plain.details == "a b")
  }

  @Test func takesSubtestsForNoPasses() throws {
    let cases = ["", "", "<failure message=\"assert 0\"/>"].map {
      "<testcase classname=\"a\" name=\"t\">\($0)</testcase>"
    }
    for tests in [2, 3, 4, 33] {
      let read = ReadReport.junit(
        "<testsuites name=\"pytest tests\"><testsuite name=\"pytest\" tests=\"\(tests)\">\(cases.joined())"
          + "<testcase classname=\"a\" name=\"u\"/></testsuite></testsuites>")
      let outcomes = read.table.attempts(of: try #require(read.tests.first)).map(\.outcome)
      #expect(outcomes == [.failed, .failed, .failed])
    }
  }

  @Test func takesWorkersThatAllRanTheSameForNoRetries() throws {
    let cases = ["t", "u", "t", "u"].map { "<testcase classname=\"a\" name=\"\($0)\"/>" }
    let read = ReadReport.junit(
      "<testsuites name=\"pytest tests\"><testsuite name=\"pytest\" tests=\"4\">\(cases.joined())"
        + "</testsuite></testsuites>")
    #expect(read.counts[.passed] == 2)
  }

  @Test(arguments: ["failed", "error"]) func believesTheWorseOfATestAndItsPhases(_ outcome: String) throws {
    let phase = "{\"outcome\": \"passed\", \"duration\": 0.1}"
    let json =
      "{\"created\": 1, \"exitcode\": 1, \"tests\": [{\"nodeid\": \"a.py::t\", \"outcome\": \"\(outcome)\", "
      + "\"setup\": \(phase), \"call\": \(phase), \"teardown\": \(phase)}]}"
    let read = ReadReport.read(Array(json.utf8), as: PytestJSONReport.self)
    #expect(read.table.outcome(of: try #require(read.tests.first)).isFailing)
  }
}
