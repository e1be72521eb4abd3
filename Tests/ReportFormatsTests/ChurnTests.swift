import ReportFormats
import TestSupport
import Testing
import TriageModel

/// The 40 runs of the churn project, whose console logs and TRUTH.md say what is true.
@Suite(.enabled(if: Corpus.exists, "\(Corpus.absence)"))
struct ChurnTests {
  private static let runs = (1...40).map { number in
    let digits = String(number)
    return String(repeating: "0", count: 3 - digits.count) + digits
  }

  /// `1 failed, 28 passed, 3 rerun in 2.58s` of a console log's last line, as counts by word.
  private func truth(_ run: String) -> [String: Int] {
    let log = Files.text(Corpus.root + "/churn/runs/\(run)/console.log")
    let last = log.split(separator: "\n").last ?? ""
    var counts: [String: Int] = [:]
    for part in last.split(separator: ",") {
      let words = part.split(separator: " ").filter { $0 != "=" }
      for (number, word) in zip(words, words.dropFirst()) {
        if let number = Int(number) { counts[String(word)] = number }
      }
    }
    return counts
  }

  /// The rows of TRUTH.md: a mark a run, then the test.
  private static let rows = Files.text(Corpus.root + "/churn/TRUTH.md").split(separator: "\n").filter { line in
    line.count > 42 && line.prefix(40).allSatisfy { ".rF".contains($0) }
  }

  private func paths(_ run: String, _ names: [String]) -> [String] {
    names.map { Corpus.root + "/churn/runs/\(run)/\($0)" }
  }

  private func check(_ read: ReadReport?, _ run: String) {
    let truth = truth(run)
    guard let read else {
      Issue.record("no format knows the reports of run \(run)")
      return
    }
    #expect(read.counts.total == 29)
    #expect(read.counts[.failed] == truth["failed", default: 0])
    #expect(read.counts[.passed] + read.counts[.passedOnRetry] == truth["passed", default: 0])
    #expect(read.counts.failing == read.counts[.failed])
    let column = (Int(run) ?? 1) - 1
    #expect(read.counts[.passedOnRetry] == Self.rows.count { Array($0)[column] == "r" })
    #expect(read.results.allSatisfy { $0.damages.isEmpty && $0.warnings.isEmpty })
  }

  @Test(arguments: runs) func readsThreeFormatsOfOneRunAsOneSetOfTests(_ run: String) {
    let read = ReadReport.files(paths(run, ["junit.xml", "report.json", "reportlog.jsonl"]))
    check(read, run)
    #expect(read?.results.count == 3)
    #expect(read?.table.hasLegs == false)
  }

  @Test(arguments: runs, ["junit.xml", "report.json", "reportlog.jsonl"])
  func readsEachFormatAlone(_ run: String, _ name: String) {
    check(ReadReport.files(paths(run, [name])), run)
  }

  @Test(arguments: runs) func countsEveryRerunAsAnAttempt(_ run: String) {
    for names in [["junit.xml"], ["reportlog.jsonl"], ["junit.xml", "report.json", "reportlog.jsonl"]] {
      let read = ReadReport.files(paths(run, names))
      #expect(read?.table.attemptCount == 29 + truth(run)["rerun", default: 0])
    }
  }

  @Test func findsTheRetriedTestsOfTheTruth() {
    #expect(Self.rows.count == 11)
    for (place, run) in Self.runs.enumerated() {
      let read = ReadReport.files(paths(run, ["junit.xml", "report.json", "reportlog.jsonl"]))
      for row in Self.rows {
        let dotted = String(row.dropFirst(41))
        let parts = dotted.split(separator: "::")
        let id = parts[0].split(separator: ".").joined(separator: "/") + ".py::" + parts[1]
        let mark = Array(row)[place]
        let expected: Outcome = mark == "r" ? .passedOnRetry : mark == "F" ? .failed : .passed
        let test = read?.test(id)
        #expect(test.flatMap { read?.table.outcome(of: $0) } == expected, "\(id) in run \(run)")
      }
    }
  }

  @Test func keepsTheNodeIDsWithoutRicherReports() {
    let alone = ReadReport.files(paths("014", ["junit.xml"]))
    let log = ReadReport.files(paths("014", ["reportlog.jsonl"]))
    #expect(alone.map { Set($0.lines) } == log.map { Set($0.lines) })
  }

  @Test func takesEachFieldFromTheRichestReport() throws {
    let read = try #require(ReadReport.files(paths("036", ["junit.xml", "report.json", "reportlog.jsonl"])))
    let test = try #require(read.test("tests/unit/test_scoring.py::test_scores_golden"))
    let failure = try #require(read.table.attempts(of: test).last?.failures.first)
    #expect(failure.type == "AssertionError")
    #expect(failure.location?.line != nil)
    #expect(failure.details.contains("E   "))
    #expect(read.table.definition(of: test)?.file == "tests/unit/test_scoring.py")
    #expect(read.table.definition(of: test)?.line == 14)
    #expect(read.table.attempts(of: test).last?.failures.count == 1)
  }
}
