import ReportFormats
import TestSupport
import Testing
import TriageModel

/// Two results of one name: two tests, unless the dialect says that one is a retry of the other.
@Suite struct JUnitNamesakeTests {
  private static let failed = "<testcase classname=\"c\" name=\"a\"><failure message=\"no\"/></testcase>"
  private static let passed = "<testcase classname=\"c\" name=\"a\"/>"
  private static let skipped = "<testcase classname=\"c\" name=\"a\"><skipped/></testcase>"

  private func suite(_ name: String, _ cases: String, attributes: String = "", properties: String = "") -> String {
    "<testsuite name=\"\(name)\" \(attributes)>\(properties)\(cases)</testsuite>"
  }

  private func legs(_ suites: String...) -> [String] {
    let read = ReadReport.junit("<testsuites>\(suites.joined())</testsuites>")
    return read.tests.map { "\(read.table.leg(of: $0)): \(read.table.outcome(of: $0).name)" }
  }

  @Test(
    arguments: [
      [failed, passed], [passed, failed], [failed, skipped], [skipped, failed], [failed, passed, passed],
      [passed, failed, skipped],
    ])
  func aFailureOutlivesItsNamesakes(_ cases: [String]) {
    let read = ReadReport.junit("<testsuite name=\"s\">\(cases.joined())</testsuite>")
    #expect(read.counts.total == cases.count)
    #expect(read.counts[.failed] == 1)
  }

  @Test func tellsNamesakesApartByWhatTheReportSaysOfThem() {
    #expect(legs(suite("x", Self.failed), suite("y", Self.passed)) == ["x: failed", "y: passed"])
    #expect(
      legs(suite("x", Self.failed, attributes: "file=\"a.js\""), suite("x", Self.passed, attributes: "file=\"b.js\""))
        == ["a.js: failed", "b.js: passed"])
    #expect(
      legs(suite("x", Self.failed, attributes: "hostname=\"a\""), suite("x", Self.passed, attributes: "hostname=\"b\""))
        == ["a: failed", "b: passed"])
    #expect(
      legs(
        suite("x", Self.failed, attributes: "device=\"iPhone\""),
        suite("x", Self.passed, attributes: "device=\"Pixel\""))
        == ["iPhone: failed", "Pixel: passed"])
    #expect(
      legs(suite("x", Self.failed + Self.passed), suite("y", Self.passed))
        == ["x: failed", "x #2: passed", "y: passed"])
  }

  @Test func readsTheLegFromATestCasesOwnProperties() {
    let own = { (browser: String, fault: String) in
      "<testcase name=\"a\"><properties><property name=\"browser\" value=\"\(browser)\"/></properties>\(fault)</testcase>"
    }
    #expect(
      legs(suite("s", own("chrome", "<failure/>") + own("firefox", ""))) == ["chrome: failed", "firefox: passed"])
  }

  @Test func numbersNamesakesOfOneSuiteInTheirOrder() {
    #expect(legs(suite("s", Self.passed + Self.failed)) == [": passed", "#2: failed"])
    #expect(legs(suite("s", Self.failed + Self.passed)) == [": failed", "#2: passed"])
  }

  /// Otherwise one that always fails beside one that always passes would look like two flakes.
  @Test func numbersNamesakesInNoOrderWorstFirst() {
    let (failing, passing) = (suite("s", Self.failed), suite("s", Self.passed))
    #expect(legs(failing, passing) == [": failed", "#2: passed"])
    #expect(legs(passing, failing) == ["#2: passed", ": failed"])
    let rows = suite("s", Self.passed + Self.failed + Self.passed, attributes: "ignored=\"0\"")
    #expect(legs(rows) == ["#2: passed", ": failed", "#3: passed"])
  }

  @Test func casesWithoutANameAreNeverOneTest() {
    for name in ["s", "pytest"] {
      let read = ReadReport.junit(
        "<testsuite name=\"\(name)\"><testcase classname=\"c\"><failure/></testcase><testcase classname=\"c\"/></testsuite>"
      )
      #expect(read.counts.total == 2)
      #expect(read.counts[.failed] == 1)
    }
  }

  // MARK: - Retries

  private func go(_ cases: String, attributes: String = "") -> [String] {
    let version = "<properties><property name=\"go.version\" value=\"go1.25\"/></properties>"
    return ReadReport.junit(
      "<testsuites>\(suite("p", cases, attributes: attributes, properties: version))</testsuites>"
    )
    .lines
  }

  @Test func takesGotestsumsCasesForAttempts() {
    #expect(go(Self.failed + Self.passed) == ["c::a passed_on_retry"])
    #expect(go(Self.failed + Self.skipped) == ["c::a failed"])
    #expect(go(Self.failed + Self.failed) == ["c::a failed"])
  }

  /// Nothing retries what has passed, gotestsum writes what failed first, and go-junit-report knows no retries.
  @Test func doesNotTakeGosRepetitionsForRetries() {
    #expect(go(Self.failed + Self.passed + Self.passed) == ["c::a failed"])
    #expect(go(Self.passed + Self.failed) == ["c::a failed"])
    let other = "<testcase classname=\"c\" name=\"b\"/>"
    #expect(go(other + Self.failed + Self.passed) == ["c::b passed", "c::a failed"])
    #expect(go(Self.failed + Self.passed, attributes: "hostname=\"ci\"") == ["c::a failed", "c::a passed"])
  }

  @Test func takesCasesThatSayTheyAreAttemptsForSome() {
    let again = { (mark: String) in Self.failed + "<testcase classname=\"c\" name=\"a\" \(mark)/>" }
    for mark in ["retry=\"1\"", "attempt=\"2\"", "rerun=\"true\""] {
      #expect(ReadReport.junit(suite("s", again(mark))).lines == ["c::a passed_on_retry"])
    }
    for mark in ["retry=\"0\"", "attempt=\"1\"", "rerun=\"false\""] {
      #expect(ReadReport.junit(suite("s", again(mark))).lines == ["c::a failed", "c::a passed"])
    }
  }

  /// How often a test would be retried, written with each of two.
  @Test func anAttemptHasAHigherNumberThanTheOneBefore() {
    let configured = Self.failed.replacing("name=\"a\"", with: "name=\"a\" retry=\"2\"")
    let read = ReadReport.junit(suite("s", configured + "<testcase classname=\"c\" name=\"a\" retry=\"2\"/>"))
    #expect(read.lines == ["c::a failed", "c::a passed"])
  }

  @Test func aRetryIsInTheSuiteOfWhatItRetries() {
    let again = "<testcase classname=\"c\" name=\"a\" retry=\"1\"/>"
    #expect(legs(suite("x", Self.failed), suite("y", again)) == ["x: failed", "y: passed"])
  }

  @Test func aFailureThatPytestWroteIsFinal() {
    let read = ReadReport.junit("<testsuite name=\"pytest\" tests=\"1\">\(Self.failed)\(Self.passed)</testsuite>")
    #expect(read.counts[.failed] == 1)
  }

  @Test func onlyAPassMendsAFlakyElement() {
    let read = ReadReport.junit("<testsuite><testcase name=\"a\"><flakyFailure/><skipped/></testcase></testsuite>")
    #expect(read.lines == ["a failed"])
  }
}
