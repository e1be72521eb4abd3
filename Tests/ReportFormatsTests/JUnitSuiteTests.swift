import ReportFormats
import TestSupport
import Testing
import TriageModel

/// What a suite says holds for its own tests, and for no others.
@Suite struct JUnitSuiteTests {
  private func fixture(_ name: String) throws -> ReadReport {
    try #require(ReadReport.file(Files.fixtures() + "/junit/" + name))
  }

  @Test func labelsAreThoseOfTheSuiteAlone() throws {
    let read = try fixture("suite-labels.xml")
    #expect(
      read.tests.map { read.table.labels(of: $0) } == [
        ["platform": "linux", "browser": "firefox"], ["platform": "windows", "browser": "chrome"],
      ])
    #expect(read.table.reports[0].labels.isEmpty)
  }

  @Test func labelsBehindTheTestsAreTheirs() {
    let property = "<properties><property name=\"os\" value=\"mac\"/></properties>"
    let read = ReadReport.junit(
      "<testsuites><testsuite name=\"x\"><testcase name=\"a\"/></testsuite>"
        + "<testsuite name=\"y\"><testcase name=\"b\"/>\(property)</testsuite></testsuites>")
    #expect(read.tests.map { read.table.labels(of: $0) } == [[:], ["os": "mac"]])
  }

  @Test func labelsOfSuitesAroundHoldInside() {
    let property = { (value: String) in "<properties><property name=\"os\" value=\"\(value)\"/></properties>" }
    let read = ReadReport.junit(
      "<testsuites>\(property("mac"))<testsuite name=\"x\"><testcase name=\"a\"/></testsuite>"
        + "<testsuite name=\"y\">\(property("linux"))<testcase name=\"b\"/></testsuite></testsuites>")
    #expect(read.tests.map { read.table.labels(of: $0) } == [["os": "mac"], ["os": "linux"]])
  }

  @Test(arguments: ["1970-01-01T00:00:00", "0001-01-01T00:00:00Z"]) func aTimeThatIsAZeroIsNone(_ zero: String) {
    let read = ReadReport.junit(
      "<testsuites><testsuite timestamp=\"\(zero)\"><testcase name=\"a\"/></testsuite>"
        + "<testsuite timestamp=\"2026-11-22T10:00:00\"><testcase name=\"b\"/></testsuite></testsuites>")
    #expect(read.table.reports[0].startedAt?.description == "2026-11-22T10:00:00Z")
  }

  @Test func mochasSuiteIsBeforeTheTitleAndItsFileOnASuite() throws {
    let read = try fixture("cypress-root-suite.xml")
    #expect(read.lines == ["Cart::adds an item failed", "Cart::removes an item failed"])
    #expect(
      read.tests.map { read.table.definition(of: $0)?.file } == Array(repeating: "cypress/e2e/cart.cy.js", count: 2))
  }

  @Test func mochasFileIsThatOfTheRootSuiteBefore() {
    let spec = { (file: String) in
      "<testsuite name=\"Root Suite\" \(file)></testsuite><testsuite name=\"d\"><testcase name=\"d t\" classname=\"t\"/></testsuite>"
    }
    let read = ReadReport.junit(
      "<testsuites name=\"Mocha Tests\">\(spec("file=\"a.js\""))\(spec("file=\"b.js\""))\(spec(""))</testsuites>")
    #expect(read.tests.map { read.table.definition(of: $0)?.file } == ["a.js", "b.js", nil])
  }

  /// Switched, below a name of its own, and beside a title that only looks so.
  @Test(
    arguments: [
      ("d t", "t", "d", "d::t"), ("t", "d t", "d", "d::t"), ("a d t", "t", "d", "a d::t"), ("d t", "t", "e", "t::d t"),
    ])
  func findsTheSuiteInAFullTitle(_ name: String, _ classname: String, _ suite: String, _ id: String) {
    let read = ReadReport.junit(
      "<testsuite name=\"\(suite)\"><testcase name=\"\(name)\" classname=\"\(classname)\"/></testsuite>")
    #expect(read.tests.map { read.table.id(of: $0) } == [id])
  }

  // MARK: - Times

  @Test(
    arguments: [
      (["1.234,56"], [1234.56]), (["12.345,6", "1,234"], [12345.6, 1.234]), (["1,234", "0,160"], [1.234, 0.16]),
      (["1,234", "2,503.1"], [1234, 2503.1]), (["1,234", "0.160"], [1234, 0.16]), (["1,234,567"], [1_234_567]),
      (["1.234.567,8"], [1_234_567.8]), (["1,234", "0,160", "2,503.1"], [nil, 0.16, 2503.1]),
    ] as [([String], [Double?])])
  func readsTimesOfAnyLocaleByTheWholeReport(_ texts: [String], _ seconds: [Double?]) {
    let cases = texts.enumerated().map { "<testcase name=\"t\($0)\" time=\"\($1)\"/>" }
    let read = ReadReport.junit("<testsuite>\(cases.joined())</testsuite>")
    #expect(
      read.tests.map { read.table.duration(of: $0).map { Float($0) } } == seconds.map { $0.map { Float($0) } })
  }

  // MARK: - Losses

  private func damages(_ text: String) -> [String] { ReadReport.junit(text).result.damages.map(\.cause) }

  @Test func declaredFailuresThatAreNotThereAreLost() {
    #expect(
      damages("<testsuites><testsuite name=\"pay\" tests=\"3\" failures=\"2\"/></testsuites>")
        == ["it declares 2 failures and errors of suite pay and holds 0"])
    let failing = "<testcase name=\"a\"><failure/></testcase>"
    #expect(damages("<testsuite failures=\"2\">\(failing)</testsuite>").count == 1)
    #expect(damages("<testsuites failures=\"1\"><testsuite failures=\"1\"/></testsuites>").count == 1)
    #expect(damages("<testsuite failures=\"1\">\(failing)</testsuite>").isEmpty)
    #expect(damages("<testsuite failures=\"1\" errors=\"1\"><error/>\(failing)</testsuite>").isEmpty)
    #expect(damages("<testsuite tests=\"1\" failures=\"1\" errors=\"1\">\(failing)</testsuite>").isEmpty)
    #expect(damages("<testsuite tests=\"2\" failures=\"1\" errors=\"1\">\(failing)</testsuite>").count == 1)
    #expect(damages("<testsuite failures=\"0\" tests=\"9\">\(failing)</testsuite>").isEmpty)
    #expect(damages("<testsuite failures=\"1\"><testcase name=\"a\" status=\"FAILED\"/></testsuite>").isEmpty)
  }

  @Test(arguments: ["<?xml version=\"1.0\"?>\n", "<?xml version=\"1.0\"?>", "<?xml ver", "<!-- made by x -->\n"])
  func aReportThatEndsBeforeItBeginsIsDamaged(_ text: String) {
    #expect(damages(text).count == 1)
  }

  @Test func aFailureInAnElementNobodyKnowsIsOne() {
    let read = ReadReport.junit("<testsuite><testcase name=\"a\"><results><failure/></results></testcase></testsuite>")
    #expect(read.lines == ["a failed"])
  }

  @Test func aTestThatDidNotSucceedFailed() {
    let read = ReadReport.junit("<testsuite><testcase name=\"a\" success=\"False\"/></testsuite>")
    #expect(read.lines == ["a failed"])
  }

  @Test func anErrorBesideAnExpectedFailureIsNone() {
    let read = ReadReport.junit(
      "<testsuite><testcase name=\"a\"><skipped type=\"pytest.xfail\"/><error message=\"down\"/></testcase></testsuite>"
    )
    #expect(read.lines == ["a errored"])
  }
}
