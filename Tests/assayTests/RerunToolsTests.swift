import Foundation
import TestSupport
import Testing

/// Reruns with the frameworks themselves.
@Suite struct RerunToolsTests {
  private let program: Program

  init() throws {
    program = try Program()
    _ = try program.shell(["git", "init", "-q"])
  }

  private func rows(_ result: Shell.Result) throws -> [String: [String: Any]] {
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    let tests = try #require(object?["tests"] as? [[String: Any]], "\(result)")
    return Dictionary(tests.compactMap { test in (test["test"] as? String).map { ($0, test) } }) { first, _ in first }
  }

  private func counts(_ row: [String: Any]?) -> [Int] {
    ["passed", "failed", "failed_otherwise", "unusable"].map { row?[$0] as? Int ?? -1 }
  }

  /// By a rule, with the attempt in the environment: what is flaky by it is found so, and what always fails too.
  @Test(.enabled(if: RealTools.python != nil, "\(RealTools.absence)")) func pytestByARule() throws {
    let python = try #require(RealTools.python)
    try program.write(
      """
      import os, random
      from hypothesis import given, strategies as st

      def test_flaky():
          assert random.Random(os.environ.get("CI_NOISE", "0")).random() > 0.3, "unlucky"

      def test_broken():
          assert [1, 2] == [1, 3]

      @given(st.integers())
      def test_drawn(n):
          assert n != 3317, "the one"

      """, to: "tests/test_a.py")
    try program.write(
      "rerun: [{framework: pytest, command: [\"\(python)\", -m, pytest], env: {CI_NOISE: \"{attempt}\"}}]",
      to: ".assay/config.yaml")
    // The inputs that failed elsewhere: here they would hardly be drawn.
    try program.write(
      """
      <testsuite name="pytest"><testcase classname="tests.test_a" name="test_flaky"><failure message="AssertionError: unlucky">tests/test_a.py:5: AssertionError: unlucky</failure></testcase>
      <testcase classname="tests.test_a" name="test_broken"><failure message="E">tests/test_a.py:8: E</failure></testcase>
      <testcase classname="tests.test_a" name="test_drawn"><failure message="E">E   Falsifying example: test_drawn(
      E       n=3317,
      E   )</failure></testcase></testsuite>
      """, to: "junit.xml")
    let refused = try program.run("rerun", "--failed", "junit.xml")
    #expect(refused.status == 4 && refused.errors.contains("assay trust"), "\(refused)")
    #expect(try program.run("trust", "--yes").status == 0)
    let result = try program.run("rerun", "--failed", "junit.xml", "--times", "10", "--json")
    #expect(result.status == 1, "\(result)")
    let rows = try rows(result)
    let flaky = counts(rows["tests/test_a.py::test_flaky"])
    let expected = try program.shell([
      python, "-c", "import random; print(sum(random.Random(str(n)).random() > 0.3 for n in range(1, 11)))",
    ]).output.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(flaky.prefix(2) == [Int(expected) ?? -1, 10 - (Int(expected) ?? -1)], "\(result)")
    #expect(counts(rows["tests/test_a.py::test_broken"]).prefix(2) == [0, 10], "\(result)")
    #expect(counts(rows["tests/test_a.py::test_drawn"]).prefix(2) == [0, 10], "\(result)")
  }

  private static let hasGo = Shell.run(["go", "version"]).status == 0

  @Test(.enabled(if: hasGo, "go is not here")) func goTest() throws {
    try program.write("module example.org/m\n\ngo 1.18\n", to: "go.mod")
    try program.write(
      """
      package m
      import "testing"
      func TestFine(t *testing.T) {}
      func TestBad(t *testing.T) { t.Run("a b.c", func(t *testing.T) { t.Fatal("no") }); t.Run("other", func(t *testing.T) {}) }

      """, to: "m_test.go")
    let run = "cd \(program.folder) && HOME=\(program.folder) go test -json ./... > go.json"
    _ = try program.shell(["sh", "-c", run])
    let result = try program.run("rerun", "--failed", "go.json", "--times", "2", "--json")
    let rows = try rows(result)
    #expect(!rows.isEmpty && rows.values.allSatisfy { counts($0).prefix(2) == [0, 2] }, "\(result)")
    let fine = try program.run("rerun", "TestFine", "--from", "go.json", "--json")
    #expect(fine.status == 0, "\(fine)")
  }

  private static let hasCTest =
    Shell.run(["ctest", "--version"]).status == 0 && Shell.run(["cmake", "--version"]).status == 0

  @Test(.enabled(if: hasCTest, "ctest is not here")) func ctest() throws {
    try program.write(
      """
      cmake_minimum_required(VERSION 3.21)
      project(x NONE)
      enable_testing()
      add_test(NAME "good.one" COMMAND true)
      add_test(NAME "bad[1]+(x)" COMMAND sh -c "exit 1")
      add_test(NAME "missing" COMMAND /nonexistent)

      """, to: "CMakeLists.txt")
    let made = "cmake -B build > made.log 2>&1 && cd build && ctest --output-junit ../junit.xml > ../ran.log 2>&1"
    _ = try program.shell(["sh", "-c", made])
    let rows = try rows(try program.run("rerun", "--failed", "junit.xml", "--times", "2", "--json"))
    #expect(rows.count == 2 && rows.values.allSatisfy { counts($0).prefix(2) == [0, 2] }, "\(rows)")
    #expect(try program.run("rerun", "good.one", "--from", "junit.xml").status == 0)
  }

  @Test func namesAreNoOptionsAndNothingIsRunOutsideOfARepository() throws {
    let folder = try TemporaryFolder()
    let outside = try program.shell([Program.path(), "rerun", "a::b", "-C", folder.path])
    #expect(outside.status != 0)
    #expect(try program.run("rerun", "--times", "0", "a::b").status == 2)
    #expect(try program.run("rerun", "--prove", "--times", "2", "a::b").status == 2)
    #expect(try program.run("rerun", "nobody::knows").status != 0)
  }
}
