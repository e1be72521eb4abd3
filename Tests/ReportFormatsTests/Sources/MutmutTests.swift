import ReportFormats
import TestSupport
import Testing
import TriageModel

/// What a user of mutmut would miss.
@Suite struct MutmutTests {
  private static let code = """
    def x_rate__mutmut_orig(
        total,
    ):
        if total > 100:
            return 1
        return 2

    def x_rate__mutmut_1(
        total,
    ):
        if total >= 100:
            return 1
        return 2

    def x_rate__mutmut_2(
        total,
    ):
        if total > 100:
            return 1
        return 3
    x = 1
    """
  private static let stats = #"{"tests_by_mangled_function_name": {"shop.x_rate": ["tests/a.py::b", "tests/a.py::c"]}}"#

  private func read(_ codes: String, code: String = Self.code, counts: String = "{}") -> ReadReport {
    let files = [
      "mutants/src/shop.py.meta": "{\"exit_code_by_key\": {\(codes)}}", "mutants/src/shop.py": code,
      "mutants/mutmut-stats.json": Self.stats, "mutants/mutmut-cicd-stats.json": counts,
    ]
    let path = counts == "{}" ? "mutants/src/shop.py.meta" : "mutants/mutmut-cicd-stats.json"
    return ReadReport.file(path, of: files.mapValues { Array($0.utf8) }) ?? ReadReport(table: TestTable(), results: [])
  }

  @Test func namesAMutantByWhatItChanges() throws {
    let read = read(#""shop.x_rate__mutmut_1": 0, "shop.x_rate__mutmut_2": 1"#)
    #expect(
      read.lines == [
        "mutant:src/shop.py::rate: if total > 100: → if total >= 100: failed",
        "mutant:src/shop.py::rate: return 2 → return 3 passed",
      ])
    let attempt = try #require(read.table.attempts(of: TestIndex(0)).first)
    #expect(attempt.failures.first?.message == "none of the 2 tests that ran it notices")
    #expect(
      attempt.failures.first?.details == """
        --- a/src/shop.py
        +++ b/src/shop.py
        @@ -1,6 +1,6 @@ rate
         def rate(
             total,
         ):
        -    if total > 100:
        +    if total >= 100:
                 return 1
             return 2
        """)
    #expect(attempt.properties.contains { $0.name == "tests" && $0.value == "tests/a.py::b, tests/a.py::c" })
  }

  @Test func keepsItsNameWhenMutantsBeforeItAreGone() {
    let renumbered = Self.code.replacing("__mutmut_2", with: "__mutmut_1").replacing(
      "x_rate__mutmut_1(\n    total,\n):\n    if total >=", with: "y(\n    total,\n):\n    if total >=")
    let before = read(#""shop.x_rate__mutmut_2": 0"#)
    let after = read(#""shop.x_rate__mutmut_1": 0"#, code: renumbered)
    #expect(before.lines == after.lines)
    #expect(before.lines == ["mutant:src/shop.py::rate: return 2 → return 3 failed"])
  }

  @Test(arguments: [
    ("0", "failed"), ("33", "failed"), ("5", "failed"), ("1", "passed"), ("3", "passed"), ("36", "passed"),
    ("-11", "passed"), ("37", "passed"), ("34", "skipped"), ("null", "skipped"), ("2", "skipped"), ("35", "errored"),
    ("77", "errored"),
  ])
  func knowsEveryExitCode(_ code: String, _ outcome: String) {
    let read = read("\"shop.x_rate__mutmut_1\": \(code)")
    #expect(read.lines.first?.hasSuffix(" " + outcome) == true)
    #expect(read.result.damages.isEmpty == (code != "2"))
    #expect(read.result.warnings.isEmpty == (code != "null"))
  }

  @Test func saysWhenCountsAndFilesDisagree() {
    let codes = #""shop.x_rate__mutmut_1": 0, "shop.x_rate__mutmut_2": 1"#
    func counts(_ survived: Int) -> String {
      "{\"killed\": 1, \"survived\": \(survived), \"total\": 2, \"no_tests\": 0, \"suspicious\": 0}"
    }
    #expect(read(codes, counts: counts(1)).result.damages.isEmpty)
    let causes = read(codes, counts: counts(2)).result.damages.map(\.cause)
    #expect(causes == ["it counts 2 mutants as “survived”, and the files below have 1"])
  }

  @Test func saysWhatIsNoExitCode() {
    let read = read(#""shop.x_rate__mutmut_1": "0", "shop.x_rate__mutmut_2": 1e999"#)
    #expect(read.table.count == 0)
    #expect(read.result.damages.count == 2)
  }

  @Test func readsNoFileOutsideOfItsArtifact() {
    let files = ["a.py.meta": Array(#"{"exit_code_by_key": {"a.x_f__mutmut_1": 0}}"#.utf8)]
    #expect(ReadReport.file("a.py.meta", of: files)?.lines == ["mutant:a.py::f: mutant 1 failed"])
  }
}
