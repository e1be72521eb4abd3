import TerminalKit
import TestSupport
import Testing
import TriageModel
import TriageServices
import TriageStyle

@testable import TriageDocuments

/// What the detail pane says of items that are no tests.
@Suite struct ItemDocumentTests {
  private func run(_ items: [ReviewItem], test message: String? = nil) -> Run {
    var builder = TestTableBuilder()
    builder.beginReport(ReportInfo(path: "report.json", folder: "", format: "great-expectations"))
    if let message {
      var record = AttemptRecord(
        suite: builder.suite("tests/test_data.py"), name: builder.text("test_data"), outcome: .failed)
      var failure = FailureRecord()
      failure.message = builder.text(message)
      record.failures = [failure]
      builder.add(record)
    }
    for item in items { builder.add(item) }
    builder.endReport()
    return Run(info: RunInfo(identity: RunIdentity(source: "", id: "1")), table: builder.table)
  }

  private func lines(_ run: Run, _ test: Int) -> [Line] {
    let sources = DocumentSources(ownFiles: OwnFiles { $0 == "src/model.py" })
    return DocumentBuilder.text(about: .message(TestIndex(test)), of: run, at: 0, from: sources).lines
  }

  private func expectation() -> ReviewItem {
    var item = ReviewItem(
      ItemKind("expectation"), about: "orders", "expect_column_values_to_be_unique(id)", .failed, "2 of 5 unexpected")
    item.type = "expect_column_values_to_be_unique"
    item.measure = ReviewItem.Measure(40, unit: "%", better: .lower)
    item.pair = ReviewItem.Pair(expected: "plan: string\nage: int", observed: "plan: category\nage: int")
    item.facts = [("severity", "critical")]
    item.location = SourceLocation(file: "src/model.py", line: 3)
    return item
  }

  @Test func whatATestSaysTooIsTakenFromWhatIsKnownOfTheRun() {
    let run = run([expectation()], test: "expect_column_values_to_be_unique of id failed")
    func said(_ wrapped: WrappedItems?, _ test: Int) -> [String] {
      var sources = DocumentSources(ownFiles: OwnFiles { _ in false })
      sources.wrapped = wrapped
      let lines = DocumentBuilder.text(about: .message(TestIndex(test)), of: run, at: 0, from: sources).lines
      return lines.map(\.text).filter { $0.contains("told by") || $0.contains("is also") }
    }
    let known = FailureSignatures(of: run.table).wrapped
    for test in 0..<2 {
      #expect(said(known, test).count == 1)
      #expect(said(known, test) == said(nil, test))
      // It is not looked for anew where it is known.
      #expect(said(WrappedItems.none, test) == [])
    }
  }

  @Test func beginsWithWhatIsWrongAndPutsThePairSideBySide() {
    let texts = lines(run([expectation()]), 0).map(\.text)
    #expect(texts[0] == "2 of 5 unexpected")
    #expect(texts[1] == "expectation · expect_column_values_to_be_unique")
    #expect(texts.contains("  at src/model.py:3"))
    #expect(texts.contains { $0.contains("measured") && $0.contains("40 %  lower is better") })
    #expect(texts.contains("expected       observed"))
    #expect(texts.contains("plan: string │ plan: category") && texts.contains("age: int     │ age: int"))
    #expect(texts.contains("  severity  critical"))
  }

  @Test func onlyWhatDiffersStandsOut() throws {
    let all = lines(run([expectation()]), 0)
    let changed = try #require(all.first { $0.text.hasPrefix("plan: string") })
    let same = try #require(all.first { $0.text.hasPrefix("age: int") })
    #expect(changed.spans.contains { $0.style == Style(.minus) } && changed.spans.contains { $0.style == Style(.plus) })
    #expect(!same.spans.contains { $0.style == Style(.minus) || $0.style == Style(.plus) })
  }

  @Test func aTestThatWrapsAnItemAndTheItemNameEachOther() {
    let run = run([expectation()], test: "expect_column_values_to_be_unique failed for id: 2 of 5")
    #expect(lines(run, 0).contains { $0.text.hasSuffix("expectation:orders::expect_column_values_to_be_unique(id)") })
    #expect(lines(run, 1).contains { $0.text.contains("tests/test_data.py::test_data too") })
    // One failure told twice is one cause.
    let signatures = FailureSignatures(of: run.table)
    #expect(signatures.key(of: TestIndex(0)) == signatures.key(of: TestIndex(1)))
    let other = self.run([expectation()], test: "expect_column_values_to_be_unique failed for name")
    #expect(!lines(other, 1).contains { $0.text.contains("test_data too") })
  }

  @Test func linesThatChangedAndDidNotRunComeFirstWithTheirSource() throws {
    var item = ReviewItem(ItemKind("coverage", judging: .againstBase), about: "", "src/model.py", .failed, "it fell")
    item.location = SourceLocation(file: "src/model.py", line: 2)
    item.facts = [("lines", "4"), (LineRanges.missingFact, "2, 4"), (LineRanges.coveredFact, "1, 3")]
    let after = run([item])
    item.facts[1].value = ""
    item.facts[2].value = "1-3"
    var before = run([item])
    before.info.identity.id = "0"
    let base = try #require(LineCoverage.base(of: TestIndex(0), in: after, among: [after, before]))
    let diff = Array("@@ -3,0 +4 @@\n+new()\n".utf8)
    let coverage = try #require(LineCoverage(of: TestIndex(0), in: after, after: base, LineChanges(diff: diff)))
    var sources = DocumentSources(ownFiles: OwnFiles { _ in true })
    sources.coverage = { _ in
      FileCoverage(coverage, after: before, source: Array("one()\ntwo(\u{1B}[31m)\nthree()\nnew()\n".utf8))
    }
    let all = DocumentBuilder.text(about: .message(TestIndex(0)), of: after, at: 0, from: sources).lines.map(\.text)
    let changed = try #require(all.firstIndex { $0.hasPrefix("  changed") && $0.contains("4  changed since") })
    #expect(all[changed + 1].hasPrefix("  lost") && all[changed + 1].contains("2  ran in run 0"))
    #expect(all.contains("2 - two()") && all.contains("4 ! new()") && all.contains("3 + three()"), "\(all)")
    // What the lines say is not said once more as a fact.
    #expect(all.contains { $0.hasPrefix("  lines") } && !all.contains { $0.hasPrefix("  missing ") })
  }

  @Test func aPatchHasItsColours() throws {
    var mutant = ReviewItem(
      ItemKind("mutant", judging: .whenNew), about: "a.py", "x + 1 → x - 1", .failed, "no test notices it")
    mutant.details = "@@ -1 +1 @@\n-x + 1\n+x - 1"
    let all = lines(run([mutant]), 0)
    #expect(all.first { $0.text == "-x + 1" }?.spans.first?.style == Style(.minus))
    #expect(all.first { $0.text == "+x - 1" }?.spans.first?.style == Style(.plus))
  }

  @Test func roundsAreAStripBetweenTheirEnds() throws {
    let strip = try #require(DistributionStrip("0.001 0.001 0.001 0.002 0.01"))
    #expect(strip.text.hasPrefix("1 ms ") && strip.text.hasSuffix(" 10 ms"))
    #expect(DistributionStrip("0.1 0.2") == nil)
    #expect(DistributionStrip("0.5 0.5 0.5")?.text == "all 500 ms")
  }
}
