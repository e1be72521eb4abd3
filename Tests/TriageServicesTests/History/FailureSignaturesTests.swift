import FailureAnalysis
import Testing
import TriageModel

@testable import TriageServices

@Suite struct FailureSignaturesTests {
  /// A run of which every third test passes; each message comes in one of seven masked texts.
  private func table(_ count: Int) -> TestTable {
    var builder = TestTableBuilder()
    builder.beginReport(ReportInfo(path: "junit.xml", folder: "", format: "junit"))
    let suite = builder.suite("tests/test_a.py")
    let words = ["store", "queue", "cache", "index", "shard", "token", "model"]
    for number in 0..<count {
      let isFailing = number % 3 != 0
      var record = AttemptRecord(
        suite: suite, name: builder.text("test_\(number)"), outcome: isFailing ? .failed : .passed)
      if isFailing {
        var failure = FailureRecord()
        failure.message = builder.text("the \(words[number % words.count]) did not answer within \(number).\(number) s")
        record.failures = [failure]
      }
      builder.add(record)
    }
    builder.endReport()
    return builder.table
  }

  @Test func theNumberOfThreadsChangesNothing() {
    let table = table(2000)
    let tests = (0..<table.count).map { TestIndex($0) }
    let alone = FailureSignatures(of: tests, in: table, threads: 1)
    for threads in [2, 3, 8] { #expect(FailureSignatures(of: tests, in: table, threads: threads) == alone) }
    #expect(FailureSignatures(of: table) == alone)
    #expect(alone.counted(tests).reduce(0) { $0 + $1.count } == 1333)
    #expect(alone.counted(tests).count == 7)
    var maker = SignatureMaker()
    for test in tests { #expect(alone.signature(of: test) == maker.signature(of: test, in: table)) }
  }
}
