import ReportFormats
import TestSupport
import Testing
import TriageModel

/// What the words of the dialects mean; the dialects as a whole are in the goldens of `FixtureTests`.
@Suite struct JUnitMeaningTests {
  private func outcome(_ children: String, attributes: String = "", suite: String = "s") -> Outcome? {
    let read = ReadReport.junit(
      "<testsuite name=\"\(suite)\"><testcase classname=\"c\" name=\"a\" \(attributes)>\(children)</testcase></testsuite>"
    )
    return read.tests.first.map { read.table.outcome(of: $0) }
  }

  @Test(
    arguments: [
      ("", "passed"), ("<failure/>", "failed"), ("<error/>", "errored"), ("<skipped/>", "skipped"),
      ("<failure/><error/>", "errored"), ("<error/><failure/>", "errored"), ("<skipped/><failure/>", "failed"),
      ("<passed/>", "passed"), ("<warning>x</warning>", "passed"),
      ("<skipped type=\"pytest.xfail\" message=\"bug\"/>", "expected_failure"),
      ("<skipped message=\"Unable to find executable\"/>", "errored"),
      ("<failure message=\"[XPASS(strict)] bug\"/>", "failed"), ("<failure message=\"Timeout\"/>", "timed_out"),
      ("<failure type=\"test timeout\"/>", "timed_out"),
      ("<failure message=\"Failed: Timeout &gt;5.0s\"/>", "timed_out"),
      ("<failure message=\"Failed: Timeout (&gt;5.0s) from pytest-timeout.\"/>", "timed_out"),
      ("<error type=\"org.junit.runners.model.TestTimedOutException\"/>", "timed_out"),
      ("<failure message=\"TimeoutError: the lookup took too long\"/>", "failed"),
      ("<error type=\"java.util.concurrent.TimeoutException\" message=\"connection\"/>", "errored"),
      ("<flakyFailure/>", "passed_on_retry"), ("<flakyError/>", "passed_on_retry"),
      ("<failure/><rerunFailure/>", "failed"), ("<failure/><rerunError/>", "errored"), ("<rerunFailure/>", "failed"),
      ("<failure type=\"flaky failure\"/><flakyFailure/>", "failed"),
    ])
  func mapsElements(_ children: String, _ expected: String) {
    #expect(outcome(children)?.name == expected)
  }

  @Test(
    arguments: [
      ("status=\"run\"", "passed"), ("status=\"notrun\"", "skipped"), ("result=\"suppressed\"", "skipped"),
      ("status=\"cancelled\"", "errored"), ("status=\"Timed-Out\"", "failed"), ("result=\"interrupted\"", "errored"),
      ("status=\"disabled\"", "skipped"), ("status=\"ignored\"", "skipped"), ("status=\"failed\"", "failed"),
      ("failure=\"it broke\"", "failed"), ("result=\"completed\"", "passed"),
    ])
  func mapsAttributes(_ attributes: String, _ expected: String) {
    #expect(outcome("", attributes: attributes)?.name == expected)
  }

  @Test(
    arguments: [
      ("0.1", 0.1), ("2,503.1", 2503.1), ("0,288", 0.288), ("4.5e-05", 4.5e-05), ("1.", 1), ("12", 12), (" 3 ", 3),
      ("1,500", 1500), ("", nil), ("-0.1", nil), ("NaN", nil), ("inf", nil), ("time", nil), ("&lt;&lt;computed", nil),
    ] as [(String, Double?)])
  func readsTimes(_ text: String, _ seconds: Double?) throws {
    let read = ReadReport.junit("<testsuite><testcase name=\"a\" time=\"\(text)\"/></testsuite>")
    #expect(read.table.duration(of: try #require(read.tests.first)).map { Float($0) } == seconds.map { Float($0) })
  }

  @Test(
    arguments: [
      ("src/a_test.cc:22\nExpected: 1", "src/a_test.cc:22"), ("src\\a_test.cc(22): error", "src\\a_test.cc:22"),
      ("x = 1\n\n    def f():\n&gt;       g()\n\ntests/test_a.py:17: \n_ _\nlib/b.py:9: ValueError", "lib/b.py:9"),
      ("thread 'x' panicked at src/cart.rs:14:9:\nno", "src/cart.rs:14"),
      ("    cart_test.go:21: want 0", "cart_test.go:21"),
      ("FAILED:\n  CHECK( x )\nat /srv/add.cpp:12", "/srv/add.cpp:12"),
      ("at A.B() in C:\\src\\C.cs:line 20", "C:\\src\\C.cs:20"),
      ("failed (CartTests.swift#EndingLineNumber=19&amp;StartingLineNumber=19)", "CartTests.swift:20"),
      ("java.lang.Error: no\n\tat com.acme.Cart.add(Cart.java:4)", "Cart.java:4"), ("expected 1:2", nil),
      ("12:30:00 failed", nil),
    ] as [(String, String?)])
  func findsWhereAFailureHappened(_ text: String, _ expected: String?) throws {
    let read = ReadReport.junit("<testsuite><testcase name=\"a\"><failure>\(text)</failure></testcase></testsuite>")
    let location = read.table.attempts(of: try #require(read.tests.first))[0].failures[0].location
    #expect(location.map { "\($0.file):\($0.line ?? 0)" } == expected)
  }

  @Test func keepsTheOrderOfAttempts() throws {
    let read = ReadReport.junit(
      """
      <testsuite><testcase name="a"><failure message="first"/><rerunFailure message="second"/><rerunError message="third"/>
      </testcase><testcase name="b"><flakyError message="one"/><flakyFailure message="two"/></testcase></testsuite>
      """)
    let messages = read.tests.map { test in read.table.attempts(of: test).map { $0.failures.first?.message ?? "" } }
    #expect(messages == [["first", "second", "third"], ["one", "two", ""]])
  }

  @Test func countsPytestRerunsOnlyWhereThereAreMoreCasesThanTests() {
    func read(_ tests: Int, _ last: String) -> [String] {
      let earlier = "<testcase classname=\"test_m\" name=\"a\"/>"
      let final = "<testcase classname=\"test_m\" name=\"a\">\(last)</testcase>"
      return ReadReport.junit("<testsuite name=\"pytest\" tests=\"\(tests)\">\(earlier)\(final)</testsuite>").lines
    }
    #expect(read(1, "") == ["test_m.py::a passed_on_retry"])
    #expect(read(1, "<failure/>") == ["test_m.py::a failed"])
    #expect(read(2, "") == ["test_m.py::a passed"])
  }

  @Test func takesMergedPytestSuitesForLegs() {
    let suite = "<testsuite name=\"pytest\" tests=\"1\"><testcase classname=\"test_m\" name=\"a\"/></testsuite>"
    let failing = suite.replacing("/></testsuite>", with: "><failure/></testcase></testsuite>")
    let read = ReadReport.junit("<testsuites>\(failing)\(suite)</testsuites>")
    #expect(read.lines == ["test_m.py::a failed", "test_m.py::a passed"])
    #expect(read.table.hasLegs)
    // Behind log text the mending reader reads it again from the start.
    #expect(ReadReport.junit("<testsuites>\(failing)\(suite)</testsuites>\nlog").lines == read.lines)
  }

  @Test func joinsPytestsTearDownErrorWithItsTest() throws {
    let read = ReadReport.junit(
      """
      <testsuite name="pytest" tests="1"><testcase classname="test_m" name="a"><failure message="assert 0"/></testcase>
      <testcase classname="test_m" name="a"><error message="failed on teardown with &quot;x&quot;"/></testcase></testsuite>
      """)
    #expect(read.lines == ["test_m.py::a errored"])
    #expect(read.table.attempts(of: try #require(read.tests.first)).map(\.failures.count) == [2])
  }

  @Test func namesTheDoctestOfAModuleAsPytestDoes() {
    let doctest = "<testcase classname=\"tests.mod\" name=\"tests.mod\"/>"
    let read = ReadReport.junit("<testsuite name=\"pytest\" tests=\"1\">\(doctest)</testsuite>")
    #expect(read.lines == ["tests/mod.py::tests.mod passed"])
  }

  @Test func decodesAmpersandsInAttributesOnce() throws {
    let read = ReadReport.junit(
      "<testsuite name=\"s\"><testcase name=\"a &amp; b &#38; &amp;amp; &lt;\"><failure message=\"x &amp; y\">x &amp; y</failure></testcase></testsuite>"
    )
    #expect(read.lines == ["s::a & b & &amp; < failed"])
    let failure = read.table.attempts(of: try #require(read.tests.first)).first?.failures.first
    #expect(failure.map { [$0.message, $0.details] } == ["x & y", "x & y"])
  }

  @Test func makesSuitesOwnErrorsRowsOfTheirOwn() throws {
    let read = ReadReport.junit(
      "<testsuites><testsuite name=\"a\"><testsuite name=\"b\"><error message=\"m\"/></testsuite></testsuite></testsuites>"
    )
    #expect(read.lines == ["a > b errored"])
    #expect(read.table.kind(of: try #require(read.tests.first)) == .suite)
    #expect(read.result.caseCount == 0)
  }

  @Test func saysOnceThatDeclaredCountsDisagree() {
    let suite = "<testsuite name=\"s\" tests=\"3\"><testcase name=\"a\"/></testsuite>"
    let read = ReadReport.junit("<testsuites>\(suite)\(suite)</testsuites>")
    #expect(read.result.warnings == ["declares 3 tests of suite s but has 1 (and 1 more suites disagree)"])
    #expect(ReadReport.junit("<testsuite tests=\"1\"><testcase name=\"a\"/></testsuite>").result.warnings.isEmpty)
  }

  @Test func takesLabelsHostAndTimeFromTheReport() {
    let read = ReadReport.junit(
      """
      <testsuite name="s" hostname="ci-7" timestamp="2026-11-20T10:00:00"><properties>
      <property name="python" value="3.12"/><property name="PATH" value="/secret"/><property name="shard" value="2"/>
      </properties><testcase name="a"><properties><property name="owner" value="ml"/></properties></testcase></testsuite>
      """)
    #expect(read.table.reports[0].labels == ["python": "3.12", "shard": "2"])
    #expect(read.table.reports[0].host == "ci-7")
    #expect(read.table.reports[0].startedAt?.description == "2026-11-20T10:00:00Z")
    #expect(read.account.joined().contains("owner"))
  }

  @Test func readsNamespacedElements() {
    let read = ReadReport.junit(
      "<j:testsuites xmlns:j=\"urn:j\"><j:testsuite name=\"s\"><j:testcase name=\"a\" x:name=\"no\" xmlns:x=\"urn:x\"/>"
        + "</j:testsuite></j:testsuites>")
    #expect(read.lines == ["s::a passed"])
  }
}

/// pytest's node ids, rebuilt from what JUnit keeps of them.
@Suite struct PytestNodeIDTests {
  private func id(_ classname: String, file: String = "", files: Set<String> = []) -> String? {
    let attribute = file.isEmpty ? "" : " file=\"\(file)\" line=\"6\""
    let read = ReadReport.junit(
      "<testsuites name=\"pytest tests\"><testsuite name=\"pytest\" tests=\"1\">"
        + "<testcase classname=\"\(classname)\" name=\"test_y[a::b]\"\(attribute)/></testsuite></testsuites>",
      files: files)
    return read.tests.first.map { read.table.id(of: $0) }
  }

  @Test func goesByTheNamesOfTestModules() {
    #expect(id("tests.unit.test_a") == "tests/unit/test_a.py::test_y[a::b]")
    #expect(id("tests.unit.test_a.TestX.TestInner") == "tests/unit/test_a.py::TestX::TestInner::test_y[a::b]")
    #expect(id("pkg.a_test.TestX") == "pkg/a_test.py::TestX::test_y[a::b]")
    #expect(id("tests.checks.Plain") == "tests/checks.py::Plain::test_y[a::b]")
  }

  @Test func goesByTheRepositorysFilesFirst() {
    #expect(
      id("tests.test_pkg.deep.mod.lowercase", files: ["tests/test_pkg/deep/mod.py"])
        == "tests/test_pkg/deep/mod.py::lowercase::test_y[a::b]")
    #expect(id("a.b.C", files: ["a.py"]) == "a.py::b::C::test_y[a::b]")
  }

  @Test func goesByTheFileThatXunit1Names() {
    #expect(
      id("tests.odd.name.TestX", file: "tests/odd/name.py", files: ["tests/odd.py"])
        == "tests/odd/name.py::TestX::test_y[a::b]")
    #expect(id("tests.test_a.TestX", file: "lib/base.py") == "tests/test_a.py::TestX::test_y[a::b]")
  }

  @Test func countsXunit1LinesFromOne() throws {
    let read = ReadReport.junit(
      "<testsuite name=\"pytest\"><testcase classname=\"test_a\" name=\"x\" file=\"test_a.py\" line=\"6\"/></testsuite>"
    )
    #expect(read.table.definition(of: try #require(read.tests.first))?.line == 7)
  }
}
