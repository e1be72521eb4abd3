import ReportFormats
import TestSupport
import Testing
import TriageModel

/// What users of cosmic-ray and Stryker would miss.
@Suite struct MutantsTests {
  private func read(_ text: String, as format: any ReportFormat.Type) -> ReadReport {
    ReadReport.read(Array(text.utf8), as: format)
  }

  // MARK: - cosmic-ray

  private func dump(_ line: Int, _ outcome: String, worker: String = "normal") -> String {
    #"""
    [{"job_id": "x\#(line)", "mutations": [{"module_path": "src/a.py", "operator_name": "core/NumberReplacer", "occurrence": \#(line), "start_pos": [\#(line), 3], "definition_name": "f"}]}, {"worker_outcome": "\#(worker)", "output": "FAILED t.py::a - assert 1\n", "test_outcome": "\#(outcome)", "diff": "--- mutation diff ---\n--- a/src/a.py\n+++ b/src/a.py\n@@ -\#(line),1 +\#(line),1 @@\n-  return 1\n+  return 2"}]

    """#
  }

  @Test func keepsItsNameWhenLinesMove() throws {
    let before = read(dump(3, "survived"), as: CosmicRay.self)
    let after = read(dump(30, "survived"), as: CosmicRay.self)
    #expect(before.lines == after.lines)
    #expect(before.lines == ["mutant:src/a.py::f: return 1 → return 2 [NumberReplacer] failed"])
    #expect(after.table.definition(of: TestIndex(0)) == SourceLocation(file: "src/a.py", line: 30))
    let failure = try #require(before.table.attempts(of: TestIndex(0)).first?.failures.first)
    #expect(failure.details.hasPrefix("--- a/src/a.py\n+++ b/src/a.py\n@@ -3,1"))
  }

  @Test(arguments: [
    ("killed", "normal", "passed"), ("survived", "normal", "failed"), ("incompetent", "normal", "passed"),
    ("incompetent", "exception", "errored"), ("incompetent", "abnormal", "errored"), ("survived", "skipped", "skipped"),
    ("incompetent", "no-test", "skipped"), ("", "normal", "errored"), ("else", "normal", "errored"),
  ])
  func knowsEveryOutcome(_ outcome: String, _ worker: String, _ ended: String) {
    #expect(read(dump(1, outcome, worker: worker), as: CosmicRay.self).lines.first?.hasSuffix(" " + ended) == true)
  }

  @Test func saysWhatIsNoMutant() {
    let pending = dump(1, "killed").split(separator: "]}, {").first.map { $0 + "]}, null]\n" } ?? ""
    let read = read(pending + "[]\n{}\n[{\"mutations\": []}, {}]\n" + dump(2, "killed").dropLast(9), as: CosmicRay.self)
    #expect(read.table.outcome(of: TestIndex(0)) == .skipped)
    #expect(read.result.warnings == ["1 mutant not run"])
    #expect(read.result.damages.map(\.line) == [2, 3, 5])
  }

  // MARK: - Stryker

  private func stryker(_ source: String, _ mutants: String) -> ReadReport {
    read(
      #"""
      {"schemaVersion": "2", "thresholds": {}, "files": {"src/a.js": {"source": "\#(source)", "mutants": [\#(mutants)]}},
       "testFiles": {"a.test.js": {"tests": [{"id": "7", "name": "adds"}]}}}
      """#, as: Stryker.self)
  }

  private func mutant(_ line: Int, _ columns: (Int, Int), _ status: String, _ more: String = "") -> String {
    #"{"id": "1", "mutatorName": "M", "replacement": "b", "status": "\#(status)", "location": {"start": {"line": \#(line), "column": \#(columns.0)}, "end": {"line": \#(line), "column": \#(columns.1)}}\#(more)}"#
  }

  @Test func writesTheChangeAsADiff() throws {
    let read = stryker(#"x\n  f(😀, a);\ny"#, mutant(2, (9, 10), "Survived", #", "coveredBy": ["7", "8"]"#))
    #expect(read.lines == ["mutant:src/a.js::f(😀, a); → f(😀, b); [M] failed"])
    let attempt = try #require(read.table.attempts(of: TestIndex(0)).first)
    #expect(
      attempt.failures.first?.details
        == "--- a/src/a.js\n+++ b/src/a.js\n@@ -1,3 +1,3 @@\n x\n-  f(😀, a);\n+  f(😀, b);\n y")
    #expect(attempt.failures.first?.message == "none of the 2 tests that ran it notices")
    #expect(attempt.properties.contains { $0.name == "tests" && $0.value == "a.test.js › adds, 8" })
    #expect(stryker(#"\n\nx\n  f(😀, a);\ny"#, mutant(4, (9, 10), "Survived")).lines == read.lines)
  }

  @Test(arguments: [
    ("Killed", "passed"), ("Timeout", "passed"), ("Survived", "failed"), ("NoCoverage", "failed"),
    ("Ignored", "skipped"),
    ("CompileError", "skipped"), ("RuntimeError", "skipped"), ("Pending", "skipped"), ("", "errored"),
    ("New", "errored"),
  ])
  func knowsEveryStatus(_ status: String, _ ended: String) {
    #expect(stryker("a", mutant(1, (1, 2), status)).lines.first?.hasSuffix(" " + ended) == true)
  }

  @Test func takesPlacesThatAreNotThere() {
    for (line, columns) in [(99, (1, 2)), (-1, (1, 2)), (1, (0, 2)), (1, (9, 2)), (1, (2, 1)), (Int.max, (1, 1))] {
      #expect(stryker("abc", mutant(line, columns, "Survived")).lines == ["mutant:src/a.js::b [M] failed"])
    }
    let read = read(
      #"{"schemaVersion": "1", "thresholds": {}, "files": {"a": null, "b": {"mutants": {}}}}"#, as: Stryker.self)
    #expect(read.result.damages.count == 2)
  }
}
