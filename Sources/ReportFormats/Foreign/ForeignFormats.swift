/// The registry of formats that are known by sight only, sorted by id within each kind of file.
///
/// A format that gets a reader leaves the list by its one line. Coverage, findings of linters, benchmarks, mutants and
/// manifests are no results of tests and do not stand here.
package enum ForeignFormats {
  /// All formats that are known by sight.
  package static let all: [ForeignFormat] = xml + json + other

  /// The format of a file that no reader claims, from its beginning; nil when it is no test result that is known.
  package static func format(of head: ReportHead) -> ForeignFormat? {
    all.first { format in format.signs.contains { head.sight.shows($0) } }
  }

  private static let xml: [ForeignFormat] = [
    ForeignFormat(
      "catch2", "Catch2 XML", [.root("Catch2TestRun"), .root("Catch")], failures: ["success=\"false\""],
      counts: ["failures"]),
    ForeignFormat("cppunit", "CppUnit XML", [.root("TestRun", saying: ["<FailedTests"])], failures: ["<FailedTest "]),
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
    ForeignFormat("jmeter", "JMeter results", [.root("testResults")], failures: [" s=\"false\""], endings: ["jtl"]),
    ForeignFormat(
      "libcheck", "libcheck XML", [.root("testsuites", saying: ["check.sourceforge.net/ns"])],
      failures: ["result=\"failure\"", "result=\"error\""]),
    ForeignFormat(
      "phpunit-otr", "PHPUnit TestDox XML", [.root("tests", saying: ["prettifiedMethodName"])],
      failures: ["status=\"3\"", "status=\"4\""]),
    ForeignFormat(
      "qt", "Qt Test XML", [.root("TestCase", saying: ["<Environment", "<TestFunction"])], failures: ["type=\"fail\""]),
    ForeignFormat(
      "soapui", "SoapUI XML", [.root("testCaseRunLog"), .root("TestSuiteTestCase")], failures: ["status=\"FAILED\""]),
    ForeignFormat("sonar", "Sonar test executions", [.root("testExecutions")], failures: ["<failure", "<error"]),
    ForeignFormat(
      "unittest-plus-plus", "UnitTest++ XML", [.root("unittest-results")], failures: ["<failure"],
      counts: ["failedtests"]),
  ]

  private static let json: [ForeignFormat] = [
    ForeignFormat(
      "buildkite", "Buildkite Test Engine JSON", [.array(["scope", "name", "result", "history"])],
      failures: ["\"failed\""]),
    ForeignFormat(
      "googletest-json", "GoogleTest JSON", [.object(["tests", "failures", "testsuites"])], counts: ["failures"],
      total: "tests"),
    ForeignFormat(
      "k6", "k6 summary", [.object(["metrics", "root_group"]), .lines(["type", "data", "metric"])], counts: ["fails"]),
    ForeignFormat(
      "newman", "Newman JSON",
      [
        .object(["collection", "run"]), .object(["collection", "environment"]),
        .object(["collection"], saying: ["\"postman_id\""]),
      ]),
    ForeignFormat("testcafe", "TestCafe JSON", [.object(["startTime", "fixtures"])]),
    ForeignFormat("tox", "tox result JSON", [.object(["reportversion", "testenvs"])]),
    ForeignFormat(
      "webdriverio", "WebdriverIO JSON", [.object(["suites", "state", "capabilities"])], counts: ["failed"]),
  ]

  private static let other: [ForeignFormat] = [
    ForeignFormat("subunit", "subunit", (0x28...0x2F).map { .bytes([0xB3, $0]) }),
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
