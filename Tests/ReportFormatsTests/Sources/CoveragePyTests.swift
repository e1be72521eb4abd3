import ReportFormats
import TestSupport
import Testing
import TriageModel

/// What a user of coverage.py would miss.
@Suite struct CoveragePyTests {
  private func read(_ files: String, totals: String = "{}", known: Set<String> = []) -> ReadReport {
    ReadReport.read(
      Array("{\"meta\": {\"format\": 3}, \"files\": {\(files)}, \"totals\": \(totals)}".utf8), as: CoveragePy.self,
      files: known)
  }

  private func file(_ path: String, _ executed: [Int], _ missing: [Int], _ more: String = "") -> String {
    "\"\(path)\": {\"executed_lines\": \(executed), \"missing_lines\": \(missing)\(more)}"
  }

  @Test func tellsWhichLinesOfAFileRan() throws {
    let read = read(file("src/a.py", [1, 2, 3, 9], [5, 6, 11]))
    let test = try #require(read.test("coverage::src/a.py"))
    let measure = try #require(read.table.measure(of: test))
    #expect(measure == ReviewItem.Measure(4.0 / 7 * 100, unit: "%", better: .higher))
    let attempt = try #require(read.table.attempts(of: test).first)
    let facts = Dictionary(uniqueKeysWithValues: attempt.properties.map { ($0.name, $0.value) })
    #expect(facts == ["covered": "4", "lines": "7", "missing": "5-6, 11", "covered lines": "1-3, 9"])
    #expect(read.table.definition(of: test) == SourceLocation(file: "src/a.py", line: 5))
    #expect(attempt.outcome == .passed)
  }

  @Test func sumsAllFiles() throws {
    let read = read(file("a.py", [1], [2]) + "," + file("b.py", [1, 2, 3], []))
    let total = try #require(read.test("coverage::(all files)"))
    #expect(read.table.measure(of: total)?.value == 80)
    // A file with nothing to run has no percentage that could fall.
    let empty = self.read(file("a.py", [], []))
    #expect(empty.table.measure(of: TestIndex(0)) == nil)
  }

  @Test func callsAFileTheSameOnEveryMachine() {
    let known: Set = ["src/a.py"]
    for path in [
      "src/a.py", "./src/a.py", "/home/ci/work/shop/src/a.py", "C:\\\\work\\\\shop\\\\src\\\\a.py", "src\\\\a.py",
    ] {
      #expect(read(file(path, [1], []), known: known).lines.first == "coverage::src/a.py passed", "\(path)")
    }
  }

  @Test func saysWhenNumbersDisagree() {
    let total = read(file("a.py", [1], [2]), totals: #"{"num_statements": 20, "covered_lines": 1}"#)
    #expect(total.result.damages.map(\.cause) == ["it says that 1 of 20 lines ran and lists 1 of 2"])
    let summary = read(file("a.py", [1], [2], #", "summary": {"num_statements": 2, "covered_lines": 2}"#))
    #expect(summary.result.damages.map(\.cause) == ["a.py says that 2 of 2 lines ran and lists 1 of 2"])
  }

  @Test func takesWhateverStandsThere() {
    for text in [
      #""a": null"#, #""a": 7"#, #""a": {"executed_lines": null, "missing_lines": [1e999, "x", null]}"#,
      #""a": {"executed_lines": [1], "missing_lines": [], "missing_branches": [[], null, [1e99]]}"#,
    ] {
      let read = read(text)
      #expect(read.result.damages.contains { $0.cause == "the lines of a cannot be read" }, "\(text)")
    }
    #expect(read(file("a", [-5, 99_999_999_999_999], [0])).table.count == 2)
  }

  @Test func cutsALongListOfLines() throws {
    let read = read(file("a", [], (0..<1000).map { $0 * 2 }))
    let attempt = try #require(read.table.attempts(of: TestIndex(0)).first)
    let missing = try #require(attempt.properties.first { $0.name == "missing" }?.value)
    #expect(missing.hasSuffix("598 … and 700 more"))
  }
}
