import Testing
import TriageModel

@Suite struct TestTableBuilderTests {
  private func report(_ path: String, _ format: String = "junit", labels: [String: String] = [:]) -> ReportInfo {
    let folder = path.contains("/") ? String(path.prefix { $0 != "/" }) : ""
    return ReportInfo(path: path, folder: folder, format: format, labels: labels)
  }

  private func record(_ name: String, _ outcome: Outcome, in builder: inout TestTableBuilder) -> AttemptRecord {
    AttemptRecord(suite: builder.suite("tests/test_a.py"), name: builder.text(name), outcome: outcome)
  }

  private func add(_ name: String, _ outcomes: [Outcome], to builder: inout TestTableBuilder) {
    for outcome in outcomes {
      let record = record(name, outcome, in: &builder)
      builder.add(record)
    }
  }

  @Test func joinsTheAttemptsOfOneReport() {
    var builder = TestTableBuilder()
    builder.beginReport(report("junit.xml"))
    add("test_a", [.failed, .passed], to: &builder)
    add("test_b", [.failed, .failed], to: &builder)
    builder.endReport()
    #expect(builder.table.count == 2)
    #expect(builder.table.counts[.passedOnRetry] == 1)
    #expect(builder.table.counts[.failed] == 1)
    #expect(builder.table.counts.total == 2)
  }

  @Test func aTestInTwoReportsOfOneFormatIsTwoLegsNotARetry() {
    var builder = TestTableBuilder()
    for python in ["3.11", "3.12"] {
      builder.beginReport(report("py\(python)/junit.xml", labels: ["python": python, "platform": "linux"]))
      add("test_a", [python == "3.11" ? .failed : .passed], to: &builder)
      builder.endReport()
    }
    #expect(builder.table.count == 2)
    #expect(builder.table.counts[.failed] == 1)
    #expect(builder.table.counts[.passedOnRetry] == 0)
    #expect((0..<2).map { builder.table.leg(of: TestIndex($0)) } == ["3.11", "3.12"])
  }

  @Test func legsWithTheSameLabelsAreToldApartByTheirPaths() {
    var builder = TestTableBuilder()
    for python in ["3.11", "3.12"] {
      builder.beginReport(report("unit (ubuntu, \(python))/junit.xml", labels: ["platform": "ubuntu"]))
      add("test_a", [.passed], to: &builder)
      builder.endReport()
    }
    #expect(
      (0..<2).map { builder.table.leg(of: TestIndex($0)) } == [
        "unit (ubuntu, 3.11)/junit.xml", "unit (ubuntu, 3.12)/junit.xml",
      ])
  }

  @Test func reportsOfTwoFormatsInOneFolderAreOneTestFilledInFieldByField() {
    var builder = TestTableBuilder()
    builder.beginReport(report("reportlog.jsonl", "pytest-reportlog"))
    var rich = record("test_a", .failed, in: &builder)
    var failure = FailureRecord()
    failure.message = builder.text("from the log")
    rich.failures = [failure]
    builder.add(rich)
    builder.endReport()
    builder.beginReport(report("junit.xml"))
    var poor = record("test_a", .failed, in: &builder)
    failure.message = builder.text("from junit")
    failure.type = builder.text("AssertionError")
    poor.failures = [failure]
    poor.standardOutput = builder.text("printed")
    poor.duration = 1.5
    builder.add(poor)
    builder.endReport()
    #expect(builder.table.count == 1)
    let attempts = builder.table.attempts(of: TestIndex(0))
    #expect(attempts.count == 1)
    #expect(attempts[0].failures[0].message == "from the log")
    #expect(attempts[0].failures[0].type == "AssertionError")
    #expect(attempts[0].duration == 1.5)
    #expect(builder.table.text.string(attempts[0].standardOutput) == "printed")
  }

  @Test func aFailureThatOnlyThePoorerReportTellsOfIsNotLost() {
    var builder = TestTableBuilder()
    builder.beginReport(report("report.json", "pytest-json-report"))
    add("test_a", [.passed], to: &builder)
    builder.endReport()
    builder.beginReport(report("junit.xml"))
    var failed = record("test_a", .failed, in: &builder)
    failed.failures = [FailureRecord()]
    builder.add(failed)
    builder.endReport()
    #expect(builder.table.counts[.failed] == 1)
    #expect(builder.table.counts.total == 1)
  }

  @Test func attemptsThatOnlyThePoorerReportHasComeFirst() {
    var builder = TestTableBuilder()
    builder.beginReport(report("report.json", "pytest-json-report"))
    add("test_a", [.passed], to: &builder)
    builder.endReport()
    builder.beginReport(report("junit.xml"))
    add("test_a", [.failed, .failed, .passed], to: &builder)
    builder.endReport()
    #expect(builder.table.attempts(of: TestIndex(0)).map(\.outcome) == [.failed, .failed, .passed])
    #expect(builder.table.counts[.passedOnRetry] == 1)
    #expect(builder.table.counts.total == 1)
  }

  @Test func silentEarlierAttemptsCanBeDeclaredFailed() {
    var builder = TestTableBuilder()
    builder.beginReport(report("junit.xml"))
    add("test_a", [.passed, .passed, .passed], to: &builder)
    add("test_b", [.passed], to: &builder)
    builder.failEarlierPasses()
    builder.endReport()
    #expect(builder.table.attempts(of: TestIndex(0)).map(\.outcome) == [.failed, .failed, .passed])
    #expect(builder.table.counts[.passedOnRetry] == 1)
    #expect(builder.table.counts[.passed] == 1)
  }

  @Test func aTearDownErrorIsPartOfItsAttempt() {
    var builder = TestTableBuilder()
    builder.beginReport(report("junit.xml"))
    add("test_a", [.passed], to: &builder)
    var tearDown = record("test_a", .errored, in: &builder)
    tearDown.duplicate = .samePart
    tearDown.failures = [FailureRecord()]
    builder.add(tearDown)
    builder.endReport()
    #expect(builder.table.attemptCount == 1)
    #expect(builder.table.counts[.errored] == 1)
  }

  @Test func testsThatOnlyShareANameStayApart() {
    var builder = TestTableBuilder()
    builder.beginReport(report("TEST-a.xml"))
    for outcome in [Outcome.failed, .passed, .passed] {
      var parameter = record("test_a", outcome, in: &builder)
      parameter.duplicate = .otherTest
      builder.add(parameter)
    }
    builder.endReport()
    #expect(builder.table.count == 3)
    #expect(builder.table.counts[.failed] == 1)
    #expect((0..<3).map { builder.table.leg(of: TestIndex($0)) } == ["", "#2", "#3"])
  }

  @Test func retriesOfANamesakeBelongToTheLastOne() {
    var builder = TestTableBuilder()
    builder.beginReport(report("TEST-a.xml"))
    for outcomes in [[Outcome.passed], [.failed, .passed]] {
      for (place, outcome) in outcomes.enumerated() {
        var attempt = record("test_a", outcome, in: &builder)
        attempt.duplicate = place == 0 ? .otherTest : .sameTest
        builder.add(attempt)
      }
    }
    builder.endReport()
    #expect(builder.table.count == 2)
    #expect(builder.table.outcome(of: TestIndex(0)) == .passed)
    #expect(builder.table.outcome(of: TestIndex(1)) == .passedOnRetry)
  }

  @Test func outputOfASuiteGoesToItsFailingTestsWithoutAny() {
    var builder = TestTableBuilder()
    builder.beginReport(report("TEST-a.xml"))
    add("before", [.failed], to: &builder)
    let first = builder.table.attemptCount
    add("fails", [.failed], to: &builder)
    add("passes", [.passed], to: &builder)
    var own = record("has its own", .errored, in: &builder)
    own.standardOutput = builder.text("own")
    builder.add(own)
    let shared = builder.text("shared")
    builder.shareOutput(shared, error: .empty, withFailingAttemptsFrom: first)
    builder.endReport()
    let outputs = (0..<4).map { test in
      builder.table.text.string(builder.table.attempts(of: TestIndex(test))[0].standardOutput)
    }
    #expect(outputs == ["", "shared", "", "own"])
  }

  /// Quadratic work would not end here.
  @Test func namesakesAttemptsAndFailuresInHundredThousands() {
    var builder = TestTableBuilder()
    builder.beginReport(report("junit.xml"))
    for _ in 0..<100_000 {
      add("attempts", [.failed], to: &builder)
      var parameter = record("parameters", .passed, in: &builder)
      parameter.duplicate = .otherTest
      builder.add(parameter)
    }
    var many = record("failures", .failed, in: &builder)
    many.failures = Array(repeating: FailureRecord(), count: 100_000)
    builder.add(many)
    var part = record("failures", .errored, in: &builder)
    part.duplicate = .samePart
    part.failures = [FailureRecord()]
    for _ in 0..<1000 { builder.add(part) }
    add("attempts", [.passed], to: &builder)
    builder.endReport()
    #expect(builder.table.count == 100_002)
    #expect(builder.table.counts[.passedOnRetry] == 1)
    #expect(builder.table.counts[.errored] == 1)
    #expect(builder.table.attempts(of: TestIndex(builder.table.count - 1)).last?.failures.count ?? 0 == 101_000)
  }

  @Test func aCopyDoesNotChangeWhileTheBuilderGoesOn() {
    var builder = TestTableBuilder()
    builder.beginReport(report("junit.xml"))
    for number in 0..<5000 { add("test_\(number)", [.passed], to: &builder) }
    let copy = builder.table
    for number in 0..<5000 { add("test_\(number)", [.failed], to: &builder) }
    #expect(copy.counts[.passed] == 5000)
    #expect(copy.tests(where: \.isFailing).isEmpty)
    #expect(builder.table.counts[.failed] == 5000)
    #expect(copy.name(of: TestIndex(4999)) == "test_4999")
  }

  @Test func longTextIsCutAtTheLimitAndTheNextIsWhole() {
    var store = TextStore()
    let long = store.append(String(repeating: "x", count: TextStore.longestText + 10))
    let short = store.append("after")
    #expect(long.count == TextStore.longestText)
    #expect(store.string(short) == "after")
  }
}
