import SafeText
import Testing

@Suite struct ByteSearchTests {
  private func find(_ needle: String, in text: String, caseSensitive: Bool = false) -> Range<Int>? {
    Array(text.utf8).withUnsafeBytes { ByteSearch(needle, caseSensitive: caseSensitive).firstMatch(in: $0) }
  }

  @Test func ignoresLetterCaseUnlessAsked() {
    #expect(find("Test", in: "my_TEST_a") == 3..<7)
    #expect(find("Test", in: "my_TEST_a", caseSensitive: true) == nil)
    #expect(find("ÉCOLE", in: "une école") == 4..<10)
    #expect(find("straße", in: "die Straße") != nil)
    #expect(find("", in: "") == 0..<0)
    #expect(find("a", in: "") == nil)
    #expect(find("@", in: "`") == nil)
    #expect(find("[", in: "{") == nil)
  }

  /// Against the plain way, at every place around the block size.
  @Test func findsAtEveryPlace() {
    for needle in ["a", "ab", "b_needle_b", String(repeating: "ab", count: 20)] {
      for place in 0..<100 {
        for tail in [0, 1, 5, 40] {
          let text = String(repeating: "b", count: place) + needle.uppercased() + String(repeating: "_", count: tail)
          let bytes = Array(text.utf8)
          let lowered = Array(text.lowercased().utf8)
          let expected = (0...(bytes.count - needle.utf8.count)).first { lowered[$0...].starts(with: needle.utf8) }
          #expect(bytes.withUnsafeBytes { ByteSearch(needle).firstMatch(in: $0)?.lowerBound } == expected)
        }
      }
    }
  }

  @Test func goesOnFromAnOffset() {
    let bytes = Array("ab ab ab".utf8)
    let search = ByteSearch("ab")
    #expect(bytes.withUnsafeBytes { search.firstMatch(in: $0, from: 1) } == 3..<5)
    #expect(bytes.withUnsafeBytes { search.firstMatch(in: $0, from: 7) } == nil)
  }

  @Test func fuzzyPrefersStartsOfWordsAndRuns() throws {
    let query = FuzzyMatch("tsc")
    #expect(query.score("cst") == nil)
    let starts = try #require(query.score("test_scores_csv"))
    let scattered = try #require(query.score("attribute_passes_abc"))
    #expect(starts > scattered)
    #expect(try #require(FuzzyMatch("score").score("test_score")) > #require(FuzzyMatch("score").score("s_c_o_r_e")))
    #expect(FuzzyMatch("").score("x") == 0)
  }
}
