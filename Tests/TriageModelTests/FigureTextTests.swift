import Testing
import TriageModel

@Suite struct FigureTextTests {
  @Test(arguments: [
    (9.99999999962142e-06, "1e-5"),
    (0.0, "0"), (1.0, "1"), (0.1234567, "0.123"), (-0.5, "-0.5"), (3e-7, "3e-7"), (9.996e-7, "1e-6"),
    (2.2e-16, "2.2e-16"), (12345.678, "12346"), (999_999.7, "1e6"), (1234.5, "1235"), (0.0012, "0.0012"),
    (0.000_999_7, "0.001"), (0.000_12, "1.2e-4"), (2.5e12, "2.5e12"), (1e300, "1e300"), (-2e300, "-2e300"),
    (99.96, "100"), (.leastNonzeroMagnitude, "5e-324"), (.greatestFiniteMagnitude, "1.8e308"), (.infinity, "inf"),
    (-.infinity, "-inf"), (.nan, "NaN"),
  ])
  func saysThreeDigitsThatCount(value: Double, text: String) {
    #expect(FigureText.of(value) == text)
  }

  @Test func limitsAreNeverRoundedDown() {
    #expect(FigureText.notBelow(0.6748) == "0.675")
    #expect(FigureText.notBelow(0.64) == "0.64")
    for power in -300...300 {
      for digits in [1.0, 1.2344, 4.5649, 9.9999] {
        let value = digits * Double(sign: .plus, exponent: power, significand: 1)
        #expect(Double(FigureText.notBelow(value)).map { $0 >= value && $0 <= value * 1.02 } == true)
      }
    }
  }

  @Test func saysMoreDigitsWhereTheyAreAskedFor() {
    #expect(FigureText.of(1.000_000_5, digits: 6) == "1")
    #expect(FigureText.of(9.313225746e-10, digits: 6) == "9.31323e-10")
    #expect(FigureText.of(1234.5678, digits: 6) == "1234.57")
  }
}
