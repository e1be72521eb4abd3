import ReportFormats
import TestSupport
import Testing
import TriageModel

/// Every report of the corpus that is no JUnit XML against another program's count of its tests and of the failing ones.
///
/// `Fixtures/corpus-counts.tsv` has path, format, tests and failing tests. A few lines of Python counted them: elements
/// and members that end a result, without the parents of data rows; of Go the last end of each test, and where there is
/// none what its output or its package says; of coverage the files, and one for all of them; of TAP the points at the end
/// of no subtest.
@Suite(.enabled(if: Corpus.exists, "\(Corpus.absence)"))
struct CorpusCountTests {
  private static let rows = Files.text(Files.fixtures() + "/corpus-counts.tsv").split(separator: "\n")
    .map { $0.split(separator: "\t").map(String.init) }

  @Test func agreesWithAnIndependentCount() {
    var counts: [String: Int] = [:]
    for row in Self.rows where row.count == 4 {
      let path = Corpus.root + "/reports/" + row[0]
      guard let read = ReadReport.file(path) else {
        Issue.record("\(path) is not recognised")
        continue
      }
      #expect(read.table.reports[0].format == row[1], "\(path)")
      // A plan of no tests is shown as one that was skipped.
      let tests = read.tests.filter { read.table.kind(of: $0) != .suite && read.table.name(of: $0) != "(all tests)" }
      let failing = tests.count { read.table.outcome(of: $0).isFailing }
      #expect("\(tests.count) \(failing)" == "\(row[2]) \(row[3])", "\(path)")
      counts[row[1], default: 0] += 1
    }
    #expect(
      counts == [
        "allure": 78, "allure1": 23, "cobertura": 4, "ctrf": 7, "go-test": 17, "kuttl": 3, "pytest-benchmark": 30,
        "tap": 12, "trx": 24, "xunit-net": 3,
      ])
  }
}
