import SafeText
import Testing

@Suite struct NearNamesTests {
  @Test(arguments: [
    ("", "", 0), ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "ab", 1), ("", "ab", 2), ("kitten", "sitting", 3),
  ])
  func countsEdits(left: String, right: String, edits: Int) {
    #expect(NearNames.distance(left, right) == edits)
    #expect(NearNames.distance(right, left) == edits)
  }

  @Test func putsTheNearestFirst() {
    let names = ["test_scores", "test_score", "test_lookup", "unrelated words altogether"]
    #expect(NearNames.nearest(to: "test_scroes", among: names, count: 2) == ["test_scores", "test_score"])
    #expect(NearNames.nearest(to: "zzz", among: names).isEmpty)
  }
}
