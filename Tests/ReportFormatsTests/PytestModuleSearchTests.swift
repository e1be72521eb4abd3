import Testing

@testable import ReportFormats

@Suite struct PytestModuleSearchTests {
  @Test func findsModulesInFoldersWithADot() {
    let files = ["tests.v2", "tests.v2/my-dir", "tests.v2/my-dir/test_x.py"]
    let id = PytestNodeID.suite(dotted: "tests.v2.my-dir.test_x.TestA", file: "") { files.contains($0) }
    #expect(id == "tests.v2/my-dir/test_x.py::TestA")
  }

  @Test func asksARepositoryOnlySoOften() {
    var questions = 0
    _ = PytestNodeID.suite(dotted: Array(repeating: "a", count: 60).joined(separator: "."), file: "") { path in
      questions += 1
      return !path.hasSuffix(".py")
    }
    #expect(questions < 400)
  }

  @Test func knowsASuiteBehindAPrefix() {
    #expect(PytestNodeID.withoutPrefixes("pre.fix.tests.test_a").contains("tests.test_a"))
    #expect(PytestNodeID.withoutPrefixes(String(repeating: "a.", count: 100_000)).count == 1)
  }
}
