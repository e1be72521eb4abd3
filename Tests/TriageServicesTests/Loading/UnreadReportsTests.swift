import TestSupport
import Testing
import TriageModel
import TriageServices

/// Reports with a failure, in formats that no reader knows, under their usual names.
private let foreign: [(path: String, title: String, text: String)] = [
  (
    "CUnitAutomated-Results.xml", "CUnit XML",
    "<?xml version=\"1.0\" ?>\n<CUNIT_TEST_RUN_REPORT><CUNIT_RUN_TEST_FAILURE/></CUNIT_TEST_RUN_REPORT>"
  ),
  (
    "run.xml", "Eclipse test run",
    "<testrun name=\"a\" tests=\"1\" failures=\"1\"><testcase><failure/></testcase></testrun>"
  ),
  ("test_result.xml", "Android CTS result", "<Result start=\"1\"><Summary pass=\"1\" failed=\"1\"/></Result>"),
  (
    "check.xml", "libcheck XML",
    "<?xml version=\"1.0\"?><testsuites xmlns=\"http://check.sourceforge.net/ns\"><suite><test result=\"failure\"/></suite></testsuites>"
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
    try runs.folder.write("a.xml", "<testrun name=\"a\"/>")
    try runs.folder.write("check.xml", "<Catch2TestRun><OverallResults failures=\"1\"/></Catch2TestRun>")
    #expect(
      try runs.load().runs[0].info.completeness.reasons == [
        "2 files were not read: check.xml (Catch2 XML; says that 1 test failed), a.xml (Eclipse test run)"
      ])
  }

  @Test func alonePathsNameTheKnownFormats() throws {
    try runs.folder.write("run.xml", "<testrun name=\"a\" tests=\"1\" failures=\"1\"/>")
    let error = #expect(throws: LoadError.self) { try runs.load("run.xml") }
    #expect(
      error?.description.contains("run.xml is Eclipse test run, which is not read; assay manual formats names") == true)
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
