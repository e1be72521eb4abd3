import TestSupport
import Testing
import TriageModel
import TriageServices

/// Reports with a failure, in formats that no reader knows, under their usual names.
private let foreign: [(path: String, title: String, text: String)] = [
  (
    "TestResult.xml", "NUnit 3",
    "<?xml version=\"1.0\"?><test-run id=\"2\" result=\"Failed\" total=\"1\" failed=\"1\"><test-case result=\"Failed\"/></test-run>"
  ),
  (
    "TestResult2.xml", "NUnit 2",
    "<test-results name=\"a\" total=\"1\" errors=\"0\" failures=\"1\"><test-case success=\"False\"/></test-results>"
  ),
  (
    "xunit-net.xml", "xUnit.net",
    "<assemblies><assembly name=\"a\" total=\"1\" failed=\"1\"><collection/></assembly></assemblies>"
  ),
  (
    "a.trx", "Visual Studio TRX",
    "<?xml version=\"1.0\"?><TestRun id=\"1\"><Results><UnitTestResult outcome=\"Failed\"/></Results></TestRun>"
  ),
  (
    "output.xml", "Robot Framework",
    "<robot generator=\"Robot 7.0\"><suite><test><status status=\"FAIL\"/></test></suite></robot>"
  ),
  ("testng-results.xml", "TestNG", "<testng-results total=\"4\" passed=\"3\" failed=\"1\"><suite/></testng-results>"),
  (
    "Testing/20261128-0400/Test.xml", "CTest XML",
    "<Site Name=\"a\"><Testing><Test Status=\"failed\"/></Testing></Site>"
  ),
  (
    "boost.xml", "Boost.Test XML",
    "<TestLog><TestSuite name=\"a\"><TestCase><Error line=\"3\">no</Error></TestCase></TestSuite></TestLog>"
  ),
  (
    "CUnitAutomated-Results.xml", "CUnit XML",
    "<?xml version=\"1.0\" ?>\n<CUNIT_TEST_RUN_REPORT><CUNIT_RUN_TEST_FAILURE/></CUNIT_TEST_RUN_REPORT>"
  ),
  (
    "run.xml", "Eclipse test run",
    "<testrun name=\"a\" tests=\"1\" failures=\"1\"><testcase><failure/></testcase></testrun>"
  ),
  (
    "junit-platform-events-1.xml", "Open Test Reporting",
    "<e:events xmlns:e=\"https://schemas.opentest4j.org/reporting/events/0.1.0\"><e:finished><result status=\"FAILED\"/></e:finished></e:events>"
  ),
  ("test_result.xml", "Android CTS result", "<Result start=\"1\"><Summary pass=\"1\" failed=\"1\"/></Result>"),
  (
    "check.xml", "libcheck XML",
    "<?xml version=\"1.0\"?><testsuites xmlns=\"http://check.sourceforge.net/ns\"><suite><test result=\"failure\"/></suite></testsuites>"
  ),
  (
    "jest-results.json", "jest or vitest JSON",
    #"{"numFailedTests":1,"numTotalTests":2,"success":false,"testResults":[]}"#
  ),
  (
    "short.json", "jest or vitest JSON",
    #"{"numFailedTests":1,"success":false,"testResults":[{"assertionResults":[{"status":"failed"}]}]}"#
  ),
  (
    "pw.json", "Playwright JSON",
    #"{"config":{},"suites":[{"specs":[{"tests":[{"status":"unexpected"}]}]}],"stats":{"unexpected":1}}"#
  ),
  (
    "results.json", "Playwright JSON",
    #"{"config":{"rootDir":"/a","projects":[]},"suites":[{"specs":[{"ok":false}]}],"stats":{"unexpected":1}}"#
  ),
  ("mocha.json", "mocha JSON", #"{"stats":{"suites":1,"tests":2,"passes":1,"failures":1},"tests":[],"failures":[]}"#),
  ("mochawesome.json", "mocha JSON", #"{"stats":{"suites":1,"tests":2,"passes":1,"failures":1},"results":[]}"#),
  ("rspec.json", "RSpec JSON", #"{"version":"3.1","examples":[{"status":"failed"}],"summary":{"failure_count":1}}"#),
  (
    "cucumber.json", "Cucumber or behave JSON",
    #"[{"uri":"a","keyword":"Feature","elements":[{"steps":[{"result":{"status":"failed"}}]}]}]"#
  ),
  (
    "go.jsonl", "go test -json",
    "{\"Time\":\"2026-03-02T10:00:00Z\",\"Action\":\"run\",\"Package\":\"a\",\"Test\":\"T\"}\n{\"Action\":\"fail\",\"Package\":\"a\"}\n"
  ),
  ("go.log", "go test -json", "{\"Action\":\"start\",\"Package\":\"a\"}\n{\"Action\":\"fail\",\"Package\":\"a\"}\n"),
  ("results.tap", "TAP", "TAP version 13\n1..2\nok 1\nnot ok 2 - no\n"),
  ("test.out", "TAP", "1..2\nok 1\nnot ok 2 - no\n"),
  (
    "machine.jsonl", "Dart test events",
    "{\"protocolVersion\":\"0.1.1\",\"runnerVersion\":\"1\",\"type\":\"start\"}\n{\"result\":\"failure\"}\n"
  ),
  ("ctrf-report.json", "CTRF", #"{"results":{"tool":{"name":"a"},"summary":{"tests":2,"failed":1},"tests":[]}}"#),
  (
    "allure-results/1-result.json", "Allure results",
    #"{"uuid":"1","name":"other","status":"failed","start":1,"stop":2}"#
  ),
  ("newman.json", "Newman JSON", #"{"collection":{"_":{"postman_id":"1"}},"run":{"stats":{}}}"#),
  ("summary.json", "k6 summary", #"{"metrics":{},"root_group":{"checks":{"a":{"fails": 1}}}}"#),
  ("gtest.json", "GoogleTest JSON", #"{"tests":2,"failures":1,"testsuites":[]}"#),
  (
    "catch.xml", "Catch2 XML",
    "<Catch2TestRun name=\"a\"><OverallResults successes=\"1\" failures=\"1\"/></Catch2TestRun>"
  ),
  ("a.xcresult/Info.plist", "Xcode result bundle", "<plist/>"),
]

@Suite struct UnreadReportsTests {
  private let runs: RunFolder

  init() throws { runs = try RunFolder() }

  @Test(arguments: foreign.indices)
  func aRunWithAReportOfAnotherFormatIsNotGreen(place: Int) throws {
    let report = foreign[place]
    try runs.junit("junit.xml", "one", "two")
    try runs.folder.write(report.path, report.text)
    let info = try #require(try runs.load().runs.first).info
    #expect(info.unread.map(\.format) == [report.title])
    let path = report.path.hasPrefix("a.xcresult") ? "a.xcresult" : report.path
    let reason = try #require(info.completeness.reasons.first)
    #expect(reason.hasPrefix("\(path) (\(report.title)) was not read"))
    if report.title != "Newman JSON", report.title != "Xcode result bundle" { #expect(reason.contains("failed")) }
    // The same packed, and given alone.
    let packed = Shell.run(["gzip", "-q", report.path], directory: runs.folder.path)
    if packed.status == 0 { #expect(try runs.load().runs.first?.info.unread.map(\.format) == [report.title]) }
  }

  @Test(arguments: [
    ("coverage.xml", "<coverage line-rate=\"0.5\"><packages/></coverage>"),
    ("jacoco.xml", "<report name=\"a\"><counter type=\"LINE\"/></report>"),
    ("checkstyle.xml", "<checkstyle><file name=\"a\"/></checkstyle>"), ("pom.xml", "<project><modules/></project>"),
    ("mutations.xml", "<mutations><mutation/></mutations>"), ("plugin.xml", "<plist><dict/></plist>"),
    ("results.sarif", #"{"$schema":"x","version":"2.1.0","runs":[]}"#),
    ("benchmark.json", #"{"machine_info":{},"benchmarks":[{"name":"a"}],"version":"4"}"#),
    ("package.json", #"{"name":"a","version":"1","scripts":{"test":"jest"}}"#),
    ("package-lock.json", #"{"name":"a","lockfileVersion":3,"packages":{}}"#),
    ("coverage.json", #"{"meta":{"format":3},"files":{},"totals":{}}"#),
    ("great_expectations.json", #"{"success":false,"results":[],"statistics":{}}"#),
    ("bandit.json", #"{"errors":[],"generated_at":"x","metrics":{},"results":[]}"#),
    ("composer.lock.json", #"{"packages":[],"packages-dev":[]}"#), ("data.jsonl", "{\"id\":1}\n{\"id\":2}\n"),
    ("notes.txt", "not a test\n"), ("schema.json", #"{"type":"object","properties":{}}"#),
  ])
  func otherFilesAreNoResults(name: String, text: String) throws {
    try runs.junit("junit.xml", "one")
    try runs.folder.write(name, text)
    let info = try #require(try runs.load().runs.first).info
    #expect(info.unread == [])
    #expect(info.completeness.isComplete)
  }

  @Test func severalAreNamedInOneSentenceWhatFailedFirst() throws {
    try runs.junit("junit.xml", "one")
    try runs.folder.write("a.trx", "<TestRun id=\"1\"/>")
    try runs.folder.write("output.xml", "<robot><status status=\"FAIL\"/></robot>")
    #expect(
      try runs.load().runs[0].info.completeness.reasons == [
        "2 files were not read: output.xml (Robot Framework; says that tests failed), a.trx (Visual Studio TRX)"
      ])
  }

  @Test func aSecondAccountOfTheSameTestsIsNoLoss() throws {
    try runs.junit("junit.xml", "one", "two!")
    try runs.folder.write("testng-results.xml", "<testng-results total=\"2\" passed=\"1\" failed=\"1\"/>")
    try runs.folder.write("allure-results/1-result.json", #"{"uuid":"1","name":"two!","status":"failed","start":1}"#)
    try runs.folder.write("allure-results/2-result.json", #"{"uuid":"2","name":"one","status":"passed","start":1}"#)
    #expect(try runs.load().runs[0].info.completeness.isComplete)
    try runs.folder.write("allure-results/3-result.json", #"{"uuid":"3","name":"three","status":"broken","start":1}"#)
    #expect(
      try runs.load().runs[0].info.completeness.reasons == [
        "3 files were not read: allure-results (Allure results 3 times; says that 1 test failed that no report tells of)"
      ])
  }

  @Test func alonePathsNameTheKnownFormats() throws {
    try runs.folder.write("TestResult.xml", foreign[0].text)
    let error = #expect(throws: LoadError.self) { try runs.load("TestResult.xml") }
    #expect(error?.description.contains("TestResult.xml is NUnit 3, which is not read; known are JUnit XML") == true)
    let run = try #require(try runs.load().runs.first)
    #expect(run.info.completeness.reasons.first == "no test report was found")
    #expect(run.info.unread.count == 1)
  }

  @Test func failsafesSummaryTellsOfAMachineThatDied() throws {
    try runs.junit("target/failsafe-reports/TEST-shop.PriceIT.xml", "one", "two")
    let summary = { (errors: Int, message: String) in
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <failsafe-summary result="254" timeout="false">
        <completed>2</completed><errors>\(errors)</errors><failures>0</failures><skipped>0</skipped>
        <failureMessage>\(message)</failureMessage>
      </failsafe-summary>
      """
    }
    let path = "target/failsafe-reports/failsafe-summary.xml"
    try runs.folder.write(path, summary(0, ""))
    #expect(try runs.load().runs[0].info.completeness.isComplete)
    try runs.folder.write(
      path, summary(1, "a.BooterForkException: The VM &lt;1&gt; died\r\nCrashed tests:\r\nshop.CartIT"))
    #expect(
      try runs.load().runs[0].info.completeness.reasons == [
        "\(path): a.BooterForkException: The VM <1> died (crashed: shop.CartIT)"
      ])
    try runs.folder.write(path, summary(1, ""))
    #expect(
      try runs.load().runs[0].info.completeness.reasons == [
        "\(path): it tells of 1 failing tests, and the reports hold 0"
      ])
  }
}
