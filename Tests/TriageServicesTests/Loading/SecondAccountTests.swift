import TestSupport
import Testing
import TriageModel
import TriageServices

/// Several formats that tell of the same tests are one set of tests; none of them hides a failure of another.
@Suite struct SecondAccountTests {
  private let runs: RunFolder

  init() throws { runs = try RunFolder() }

  private func lines() throws -> [String] {
    let loaded = try runs.load().runs
    #expect(loaded.count == 1)
    let table = loaded[0].table
    return (0..<table.count).map { "\(table.id(of: TestIndex($0))) \(table.outcome(of: TestIndex($0)).name)" }
  }

  private func allure(_ number: Int, _ fullName: String, _ name: String, _ status: String, history: String? = nil)
    throws
  {
    let text = """
      {"uuid":"\(number)","historyId":"\(history ?? "h\(number)")","fullName":"\(fullName)","name":"\(name)",
      "status":"\(status)","start":\(number),"labels":[{"name":"framework","value":"pytest"}]}
      """
    try runs.folder.write("allure-results/\(number)-result.json", text)
  }

  @Test func testNGBesideJUnitTellsOfTheSameTests() throws {
    try runs.folder.write(
      "junit.xml",
      "<testsuite><testcase classname=\"shop.Cart\" name=\"one\"/><testcase classname=\"shop.Cart\" name=\"two\"/></testsuite>"
    )
    try runs.folder.write(
      "testng-results.xml",
      """
      <testng-results total="2" failed="1"><suite><test><class name="shop.Cart">
      <test-method name="one" signature="one()" status="PASS"/>
      <test-method name="two" signature="two()" status="FAIL"><exception class="E"><message>no</message></exception></test-method>
      </class></test></suite></testng-results>
      """)
    #expect(try lines() == ["shop.Cart::one passed", "shop.Cart::two failed"])
  }

  @Test func aTestIsKnownByTheWordsOfItsName() throws {
    try runs.folder.write(
      "vitest.xml",
      "<testsuites><testsuite name=\"src/a.test.ts\"><testcase classname=\"src/a.test.ts\" name=\"cart &gt; adds\"/></testsuite></testsuites>"
    )
    try runs.folder.write(
      "vitest.json",
      #"{"numTotalTests":1,"testResults":[{"name":"src/a.test.ts","status":"passed","assertionResults":[{"ancestorTitles":["cart"],"title":"adds","status":"passed"}]}]}"#
    )
    #expect(try lines() == ["cart::adds passed"])
  }

  @Test func allureAddsToWhatAReportInAnotherFolderTells() throws {
    try runs.folder.write(
      "reports/junit.xml",
      """
      <testsuites name="pytest tests"><testsuite name="pytest">
      <testcase classname="tests.test_cart" name="test_adds"/>
      <testcase classname="tests.test_cart.TestStore" name="test_opens[1]"><failure message="no"/></testcase>
      </testsuite></testsuites>
      """)
    try allure(1, "tests.test_cart#test_adds", "test_adds", "passed")
    try allure(2, "tests.test_cart.TestStore#test_opens", "test_opens[1]", "failed")
    #expect(
      try lines() == [
        "tests/test_cart.py::test_adds passed", "tests/test_cart.py::TestStore::test_opens[1] failed",
      ])
    // What only Allure knows to have failed is shown.
    try allure(3, "tests.test_cart#test_adds", "test_adds", "failed")
    try allure(4, "tests.test_cart#test_other", "test_other", "broken")
    let more = try lines()
    #expect(more.contains("tests/test_cart.py::test_other errored"))
    #expect(more.filter { $0.hasSuffix("failed") || $0.hasSuffix("errored") }.count == 3, "\(more)")
  }

  @Test func resultsOfOneHistoryAreAttempts() throws {
    try allure(1, "a.test_x#test_y", "test_y", "failed", history: "h")
    try allure(2, "a.test_x#test_y", "test_y", "passed", history: "h")
    try allure(3, "a.test_x#test_z", "test_z", "passed", history: "z")
    try allure(4, "a.test_x#test_z", "test_z", "failed", history: "z")
    let run = try runs.load().runs[0]
    #expect(run.info.completeness.isComplete, "\(run.info.completeness.reasons)")
    #expect(try lines() == ["a/test_x.py::test_y passed_on_retry", "a/test_x.py::test_z failed"])
    #expect(run.table.reports.count == 1)
  }
}
