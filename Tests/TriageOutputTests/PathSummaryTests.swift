import Testing

@testable import TriageOutput

@Suite struct PathSummaryTests {
  @Test func manyFilesOfOneKindAreOneLine() {
    let paths = (1...9).map { "allure/\($0).json" } + ["allure/a.txt", "README", "x/1.json"]
    let lines = PathSummary.lines(of: paths)
    #expect(lines.map(\.text) == ["allure/*.json", "allure/a.txt", "README", "x/1.json"])
    #expect(lines.map(\.count) == [9, 1, 1, 1])
  }
}
