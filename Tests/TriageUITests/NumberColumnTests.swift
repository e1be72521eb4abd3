import Testing

@testable import TriageUI

@Suite struct NumberColumnTests {
  @Test func alignsOnTheDecimalPoint() {
    var column = NumberColumn(isNumeric: true)
    let cells = ["1.5", "-120.25", "7", "3e-7", "nan", ""]
    for cell in cells { column.add(cell) }
    #expect(column.width == 7)
    #expect(
      cells.map { column.padded($0, width: 7) } == ["   1.5 ", "-120.25", "   7   ", "   3e-7", "    nan", "       "])
  }

  @Test(
    arguments: [
      (0, "0"), (1, "1"), (0.64, "0.64"), (3e-7, "3e-7"), (9.99999999962142e-06, "1e-5"), (2.2e-16, "2.2e-16"),
      (12345, "12345"),
      (0.0012, "0.0012"),
      (.infinity, "inf"), (-.infinity, "-inf"), (.nan, "NaN"), (1e300, "1e300"), (-31.5, "-31.5"),
      (.leastNonzeroMagnitude, "4.94e-324"),
    ] as [(Double, String)])
  func writesANumberInAFewDigits(value: Double, text: String) {
    #expect(SummaryText.number(value) == text)
  }
}
