import Testing
import TriageModel

@Suite struct CountTextTests {
  @Test func groupsThousands() {
    let texts = [0, 999, 1000, 1_234_567, -1000, .min].map { CountText.of($0) }
    #expect(texts == ["0", "999", "1,000", "1,234,567", "-1,000", "-9,223,372,036,854,775,808"])
  }

  @Test func namesOneAndMany() {
    #expect([0, 1, 1200].map { CountText.of($0, "row") } == ["0 rows", "1 row", "1,200 rows"])
  }

  @Test func staysInFewColumns() {
    #expect([812, 9999, 41_999, 1_250_000].map(CountText.compact) == ["812", "9999", "41k", "1.2M"])
  }
}
