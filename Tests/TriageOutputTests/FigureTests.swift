import Testing

@testable import TriageOutput

@Suite struct FigureTests {
  @Test(arguments: [
    (0.0, "0"), (1.0, "1"), (0.1234567, "0.123"), (-0.5, "-0.5"), (1e-7, "1e-07"), (9.996e-7, "1e-06"),
    (12345.678, "12346"), (2.5e12, "2.5e12"), (.leastNonzeroMagnitude, "5e-324"), (-2e300, "-2e+300"),
    (.infinity, "inf"), (-.infinity, "-inf"), (.nan, "NaN"),
  ])
  func saysThreeDigitsThatCount(value: Double, text: String) {
    #expect(Figure.of(value) == text)
  }

  @Test func groupsThousands() {
    #expect([0, 999, 1000, 1_234_567, -1000].map(Figure.grouped) == ["0", "999", "1,000", "1,234,567", "-1,000"])
  }
}
