/// The registry of formats that are known by sight only, sorted by id within each kind of file.
///
/// A format that gets a reader leaves the list by its one line. Coverage, findings of linters, benchmarks, mutants and
/// manifests are no results of tests and do not stand here.
package enum ForeignFormats {
  /// All formats that are known by sight.
  package static let all: [ForeignFormat] = xml + json + lines + other

  /// The format of a file that no reader claims, from its beginning; nil when it is no test result that is known.
  package static func format(of head: ReportHead) -> ForeignFormat? {
    let sight = ForeignSight(head)
    return all.first { format in format.signs.contains { sight.shows($0) } }
  }

  private static let xml: [ForeignFormat] = [
    ForeignFormat(
      "boost", "Boost.Test XML", [.root("TestLog"), .root("TestResult", saying: ["<TestSuite"])],
      failures: ["<Error", "<FatalError", "<Exception", "result=\"failed\"", "result=\"aborted\""]),
    ForeignFormat(
      "catch2", "Catch2 XML", [.root("Catch2TestRun"), .root("Catch")], failures: ["success=\"false\""],
      counts: ["failures"]),
    ForeignFormat("cppunit", "CppUnit XML", [.root("TestRun", saying: ["<FailedTests"])], failures: ["<FailedTest "]),
    ForeignFormat(
      "ctest", "CTest XML", [.root("Site", saying: ["<Testing"])], failures: ["Status=\"failed\""]),
    ForeignFormat(
      "cts", "Android CTS result",
      [.root("Result", saying: ["<Summary"]), .root("TestResult", saying: ["<TestPackage"])],
      failures: ["result=\"fail\""], counts: ["failed"]),
    ForeignFormat(
      "cunit", "CUnit XML", [.root("CUNIT_TEST_RUN_REPORT"), .root("CUNIT_TEST_LIST_REPORT")],
      failures: ["<CUNIT_RUN_TEST_FAILURE"]),
    ForeignFormat("doctest", "doctest XML", [.root("doctest")], failures: ["success=\"false\""], counts: ["failures"]),
    ForeignFormat(
      "eclipse", "Eclipse test run", [.root("testrun")], failures: ["<failure", "<error"],
      counts: ["failures", "errors"]),
    ForeignFormat(
      "fpcunit", "FPCUnit XML", [.root("TestResults", saying: ["<TestListing"])], failures: ["Result=\"Failed\""]),
    ForeignFormat("jmeter", "JMeter results", [.root("testResults")], failures: [" s=\"false\""]),
    ForeignFormat(
      "libcheck", "libcheck XML", [.root("testsuites", saying: ["check.sourceforge.net/ns"])],
      failures: ["result=\"failure\"", "result=\"error\""]),
    ForeignFormat(
      "nunit2", "NUnit 2", [.root("test-results")], failures: ["success=\"False\"", "<failure>"],
      counts: ["failures", "errors"]),
    ForeignFormat(
      "nunit3", "NUnit 3", [.root("test-run")], failures: ["result=\"Failed\""], counts: ["failed"], total: "total"),
    ForeignFormat(
      "open-test-reporting", "Open Test Reporting",
      [.root("events", saying: ["opentest4j"]), .root("execution", saying: ["opentest4j"])],
      failures: ["status=\"FAILED\"", "status=\"ERRORED\"", "status=\"ABORTED\""]),
    ForeignFormat(
      "phpunit-otr", "PHPUnit TestDox XML", [.root("tests", saying: ["prettifiedMethodName"])],
      failures: ["status=\"3\"", "status=\"4\""]),
    ForeignFormat(
      "qt", "Qt Test XML", [.root("TestCase", saying: ["<Environment", "<TestFunction"])], failures: ["type=\"fail\""]),
    ForeignFormat("robot", "Robot Framework", [.root("robot")], failures: ["status=\"FAIL\""]),
    ForeignFormat(
      "soapui", "SoapUI XML", [.root("testCaseRunLog"), .root("TestSuiteTestCase")], failures: ["status=\"FAILED\""]),
    ForeignFormat("sonar", "Sonar test executions", [.root("testExecutions")], failures: ["<failure", "<error"]),
    ForeignFormat(
      "testng", "TestNG", [.root("testng-results")], failures: ["status=\"FAIL\""], counts: ["failed"], total: "total"),
    ForeignFormat(
      "trx", "Visual Studio TRX", [.root("TestRun")],
      failures: ["outcome=\"Failed\"", "outcome=\"Error\"", "outcome=\"Timeout\"", "outcome=\"Aborted\""],
      counts: ["failed", "error"], total: "total"),
    ForeignFormat(
      "unittest-plus-plus", "UnitTest++ XML", [.root("unittest-results")], failures: ["<failure"],
      counts: ["failedtests"]),
    ForeignFormat(
      "xunit-net", "xUnit.net", [.root("assemblies"), .root("assembly", saying: ["<collection", "test-framework"])],
      failures: ["result=\"Fail\""], counts: ["failed"], total: "total"),
  ]

  private static let json: [ForeignFormat] = [
    ForeignFormat(
      "allure", "Allure results",
      [.object(["uuid", "name", "status", "start"]), .object(["uuid", "historyId"])],
      failures: ["\"failed\"", "\"broken\""], isCompanion: true),
    ForeignFormat(
      "buildkite", "Buildkite Test Engine JSON", [.array(["scope", "name", "result", "history"])],
      failures: ["\"failed\""]),
    ForeignFormat(
      "ctrf", "CTRF", [.object(["results"], saying: ["\"tool\"", "\"summary\""])], counts: ["failed"], total: "tests"),
    ForeignFormat(
      "cucumber", "Cucumber or behave JSON",
      [.array(["elements", "keyword"]), .array(["elements", "uri"]), .array(["elements"], saying: ["\"keyword\""])],
      failures: ["\"failed\""]),
    ForeignFormat(
      "googletest-json", "GoogleTest JSON", [.object(["tests", "failures", "testsuites"])], counts: ["failures"],
      total: "tests"),
    ForeignFormat(
      "jest-json", "jest or vitest JSON",
      [
        .object(["testResults"]), .object(["numTotalTests"]), .object(["numFailedTests"]), .object(["numPassedTests"]),
      ],
      counts: ["numFailedTests", "numRuntimeErrorTestSuites"], total: "numTotalTests"),
    ForeignFormat(
      "k6", "k6 summary", [.object(["metrics", "root_group"]), .lines(["type", "data", "metric"])], counts: ["fails"]),
    ForeignFormat(
      "mocha-json", "mocha JSON",
      [.object(["stats", "tests"], saying: ["\"passes\""]), .object(["stats", "results"], saying: ["\"passes\""])],
      counts: ["failures"], total: "tests"),
    ForeignFormat(
      "newman", "Newman JSON",
      [
        .object(["collection", "run"]), .object(["collection", "environment"]),
        .object(["collection"], saying: ["\"postman_id\""]),
      ]),
    ForeignFormat(
      "playwright-json", "Playwright JSON",
      [
        .object(["config", "suites"], saying: ["\"projects\""]),
        .object(["config"], saying: ["\"rootDir\"", "\"projects\"", "\"reporter\""]),
        .object(["suites"], saying: ["\"specs\"", "\"tests\""]),
      ],
      failures: ["\"unexpected\""], counts: ["unexpected"]),
    ForeignFormat(
      "rspec", "RSpec JSON", [.object(["version", "examples"])], failures: ["\"status\":\"failed\""],
      counts: ["failure_count", "errors_outside_of_examples_count"], total: "example_count"),
    ForeignFormat("testcafe", "TestCafe JSON", [.object(["startTime", "fixtures"])]),
    ForeignFormat("tox", "tox result JSON", [.object(["reportversion", "testenvs"])]),
    ForeignFormat(
      "webdriverio", "WebdriverIO JSON", [.object(["suites", "state", "capabilities"])], counts: ["failed"]),
  ]

  private static let lines: [ForeignFormat] = [
    ForeignFormat(
      "bazel-bep", "Bazel build events", [.lines(["id", "children"], saying: ["\"started\""])], failures: ["\"FAILED\""]
    ),
    ForeignFormat(
      "cucumber-messages", "Cucumber messages", [.lines(["meta"], saying: ["protocolVersion"])],
      failures: ["\"FAILED\""]),
    ForeignFormat(
      "dart", "Dart test events", [.lines(["protocolVersion", "runnerVersion"])],
      failures: ["\"result\":\"failure\"", "\"result\":\"error\"", "\"success\":false"]),
    ForeignFormat(
      "go-test", "go test -json", [.lines(["Action", "Package"]), .lines(["Action"], saying: ["\"Package\""])],
      failures: ["\"Action\":\"fail\"", "\"Action\":\"build-fail\""]),
    ForeignFormat(
      "libtest", "Rust libtest JSON", [.lines(["type", "event"], saying: ["\"suite\""])],
      failures: ["\"event\":\"failed\"", "\"event\": \"failed\""]),
    ForeignFormat(
      "robot-json", "Robot Framework JSON", [.object(["generator", "suite"], saying: ["Robot"])], failures: ["\"FAIL\""]
    ),
    ForeignFormat(
      "swift-testing", "Swift Testing events", [.lines(["kind", "payload", "version"])], failures: ["issueRecorded"]),
  ]

  private static let other: [ForeignFormat] = [
    ForeignFormat("subunit", "subunit", (0x28...0x2F).map { .bytes([0xB3, $0]) }),
    ForeignFormat(
      "tap", "TAP", [.text("TAP version "), .plan, .text("ok 1"), .text("not ok ")], failures: ["not ok "]),
    ForeignFormat(
      "teamcity", "TeamCity service messages", [.text("##teamcity[test"), .text("##teamcity[enteredTheMatrix")],
      failures: ["##teamcity[testFailed"]),
    // A folder: told by its name.
    ForeignFormat("xcresult", "Xcode result bundle", []),
  ]

  /// The format of a folder that is one report by its name.
  package static func format(ofFolder name: String) -> ForeignFormat? {
    name.lowercased().hasSuffix(".xcresult") ? all.first { $0.id == "xcresult" } : nil
  }
}
