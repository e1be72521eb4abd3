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
}
