import ReportFormats
import TestSupport
import Testing
import TriageModel

/// A failure never reads green: whatever is done to a report with one, it shows a failing test or says that it is damaged.
///
/// Every fixture with a failing test is tried, so that a new one needs no line here.
@Suite struct GreenContractTests {
  /// A fixture that has failing tests.
  struct Failing: CustomTestStringConvertible, Sendable {
    let path: String
    let bytes: [UInt8]
    let format: any ReportFormat.Type

    var testDescription: String { Files.name(path) }
  }

  private static let fixtures: [Failing] = ReportFormats.all.flatMap { format in
    Files.all(in: Files.fixtures() + "/" + format.id).sorted().compactMap { path in
      let bytes = Files.bytes(path)
      let isFailing = ReadReport.read(bytes, as: format).counts.failing > 0
      return isFailing ? Failing(path: path, bytes: bytes, format: format) : nil
    }
  }

  /// What of a reading is not green: failing tests, or a damage.
  private func isGreen(_ read: ReadReport) -> Bool {
    read.counts.failing == 0 && read.results.allSatisfy(\.damages.isEmpty)
  }

  private func failing(_ text: String, _ fixture: Failing) -> Int {
    ReadReport.read(Array(text.utf8), as: fixture.format).counts.failing
  }

  @Test func triesEveryFormat() {
    #expect(Set(Self.fixtures.map { $0.format.id }) == Set(ReportFormats.tests.map { $0.id }))
  }

  @Test(arguments: fixtures) func hidesNoFailureBehindANamesake(_ fixture: Failing) {
    let text = String(decoding: fixture.bytes, as: UTF8.self)
    let known = ReadReport.read(fixture.bytes, as: fixture.format).counts.failing
    for failing in FailingCase.all(in: text) {
      for (name, namesakes) in failing.namesakes {
        let changed = text.replacing(failing.text, with: namesakes)
        #expect(self.failing(changed, fixture) >= known, "\(name): \(failing.start)")
      }
    }
  }

  /// A fixture, and the text by which it says of a test that it passed.
  private static let words: [(fixture: String, passed: String)] = [
    ("allure1/1-testsuite.xml", "status=\"passed\""), ("bazel-bep/events.jsonl", "\"PASSED\""),
    ("boost/report.xml", "result=\"passed\""), ("ctest/Test.xml", "Status=\"passed\""),
    ("ctrf/attempts.json", "\"status\": \"passed\""), ("cucumber/behave.json", "\"passed\""),
    ("cucumber/cucumber.json", "\"passed\""), ("cucumber-messages/messages.ndjson", "\"PASSED\""),
    ("dart/machine.jsonl", "\"result\":\"success\""),
    ("jest-json/jest.json", "\"status\":\"passed\""), ("libtest/cargo.jsonl", "\"event\": \"ok\""),
    ("mochawesome/mochawesome.json", "\"state\": \"passed\""), ("nunit2/nunit.xml", "result=\"Success\""),
    ("nunit3/nunit.xml", "result=\"Passed\""), ("open-test-reporting/events.xml", "\"SUCCESSFUL\""),
    ("playwright-json/results.json", "\"status\": \"passed\""), ("robot/output.xml", "status=\"PASS\""),
    ("robot-json/rebot-7.5.json", "\"status\":\"PASS\""),
    ("rspec/rspec.json", "\"status\":\"passed\""), ("testng/testng-results.xml", "status=\"PASS\""),
    ("trx/vstest.trx", "outcome=\"Passed\""), ("xunit-net/v2.xml", "result=\"Pass\""),
  ]

  @Test(arguments: words.indices) func aWordNobodyKnowsIsNotGreen(_ index: Int) throws {
    let path = Files.fixtures() + "/" + Self.words[index].fixture
    let text = Files.text(path)
    let unknown = Self.words[index].passed.reversed().drop { !$0.isLetter }
    let word = String(unknown.prefix { $0.isLetter }.reversed())
    let sideways = Self.words[index].passed.replacing("\"\(word)\"", with: "\"sideways\"")
    #expect(text.contains(Self.words[index].passed))
    let id = try #require(Self.words[index].fixture.split(separator: "/").first)
    let format = try #require(ReportFormats.all.first { $0.id == id })
    let known = ReadReport.read(Files.bytes(path), as: format)
    let read = ReadReport.read(Array(text.replacing(Self.words[index].passed, with: sideways).utf8), as: format)
    let passes = read.counts[.passed] + read.counts[.passedOnRetry]
    #expect(read.counts.failing > known.counts.failing || !read.result.damages.isEmpty, "\(path)")
    #expect(passes < known.counts[.passed] + known.counts[.passedOnRetry], "\(path)")
  }

  @Test(arguments: fixtures) func readsCarriageReturnsAlike(_ fixture: Failing) {
    let text = String(decoding: fixture.bytes, as: UTF8.self)
    let known = ReadReport.read(fixture.bytes, as: fixture.format).counts
    let unix = text.replacing("\r\n", with: "\n")
    let changed = ReadReport.read(Array(unix.replacing("\n", with: "\r\n").utf8), as: fixture.format)
    #expect(changed.counts == known)
  }

  @Test(arguments: fixtures) func aCutIsSeenOrTheFailureIs(_ fixture: Failing) {
    for cut in Cuts.of(fixture.bytes.count) {
      let read = ReadReport.read(Array(fixture.bytes.prefix(cut)), as: fixture.format)
      #expect(!isGreen(read), "cut at \(cut)")
    }
  }

  /// Another report of the same tests, all of them passed: the other half of a matrix, or a run before.
  @Test(arguments: fixtures) func aGreenReportBesideItMendsNothing(_ fixture: Failing) {
    var text = String(decoding: fixture.bytes, as: UTF8.self)
    for failing in FailingCase.all(in: text) { text = text.replacing(failing.text, with: failing.passed) }
    let green = Array(text.utf8)
    let known = ReadReport.read(fixture.bytes, as: fixture.format).counts.failing
    for (first, second) in [(fixture.bytes, green), (green, fixture.bytes)] {
      let both = ReadReport.reports([(first, "a.report"), (second, "b.report")], as: fixture.format)
      #expect(both.counts.failing >= known)
    }
  }
}

/// A test case of JUnit XML, or a line of pytest's log, that failed, as text that can be written otherwise.
private struct FailingCase {
  let text: Substring
  /// What tells it from the others: the start tag.
  let start: Substring
  let passed: String
  let skipped: String

  /// What may stand in its place.
  var namesakes: [(String, String)] {
    [
      ("a pass before", passed + text), ("a pass after", text + passed), ("a skip after", text + skipped),
      ("passes around", passed + text + passed),
    ]
  }

  static func all(in text: String) -> [FailingCase] {
    var found: [FailingCase] = []
    var rest = text[...]
    while let start = rest.firstRange(of: "<testcase") {
      let next = rest[start.upperBound...].firstRange(of: "<testcase")?.lowerBound ?? rest.endIndex
      let whole = rest[start.lowerBound..<next]
      rest = rest[next...]
      guard let tagEnd = whole.firstRange(of: ">"), let end = whole.firstRange(of: "</testcase>"),
        tagEnd.upperBound < end.lowerBound, !whole[..<tagEnd.lowerBound].hasSuffix("/")
      else { continue }
      let body = whole[tagEnd.upperBound..<end.lowerBound]
      guard body.contains("<failure") || body.contains("<error") else { continue }
      found.append(FailingCase(whole[..<end.upperBound], tag: whole[..<tagEnd.lowerBound]))
    }
    return found
  }

  private init(_ text: Substring, tag: Substring) {
    // What the tag itself says of the outcome is said of the one that failed.
    let bare = [" failure=\"", " status=\"", " result=\""].reduce(String(tag)) { tag, attribute in
      guard let start = tag.firstRange(of: attribute), let end = tag[start.upperBound...].firstIndex(of: "\"") else {
        return tag
      }
      return String(tag[..<start.lowerBound] + tag[tag.index(after: end)...])
    }
    self.text = text
    start = tag
    passed = bare + "/>"
    skipped = bare + "><skipped/></testcase>"
  }
}
