import DataSyntax
import Goldens
import Testing

/// A patch of what was found, put onto the golden, gives what the run produced: nothing was missed.
@Suite struct PatchTests {
  @Test func aTextPatchGivesTheOtherTextByteForByte() {
    var pairs = TablePairs(seed: 5)
    for _ in 0..<1_000 {
      let (left, right) = pairs.texts()
      let patch = TextPatch(from: Array(left.utf8), to: Array(right.utf8))
      #expect(
        patch.applied(to: Array(left.utf8)) == Array(right.utf8), "\(left.debugDescription) \(right.debugDescription)")
    }
  }

  @Test func aTextPatchHoldsWhenTheStepsRunOut() {
    var pairs = TablePairs(seed: 6)
    for _ in 0..<1_000 {
      let (left, right) = pairs.texts()
      let patch = TextPatch(from: Array(left.utf8), to: Array(right.utf8), steps: pairs.below(30))
      #expect(patch.applied(to: Array(left.utf8)) == Array(right.utf8))
    }
  }

  @Test func aTablePatchGivesTheOtherTableCellForCell() throws {
    var pairs = TablePairs(seed: 8)
    var compared = 0
    for _ in 0..<1_000 {
      let (left, right) = pairs.tables()
      let comparison = GoldenKinds.compare(Array(left.utf8), Array(right.utf8), name: "t.csv")
      guard case .tables(let tables) = comparison.body, let table = tables.first else { continue }
      compared += 1
      let old = try CSVDocument(Array(left.utf8), dialect: CSVDialect())
      let new = try CSVDocument(Array(right.utf8), dialect: CSVDialect())
      let patch = try #require(TablePatch(table))
      #expect(
        patch.applied(to: old) == (0..<new.count).map { TablePatch.cells(new, $0) },
        "\(left.debugDescription) \(right.debugDescription)")
    }
    #expect(compared > 700)
  }

  @Test func everyRowOfBothSidesStandsInTheAlignmentOnce() {
    var pairs = TablePairs(seed: 9)
    for _ in 0..<800 {
      let (left, right) = pairs.tables()
      let comparison = GoldenKinds.compare(Array(left.utf8), Array(right.utf8), name: "t.csv")
      guard case .tables(let tables) = comparison.body, let table = tables.first else { continue }
      let rows = (0..<table.alignment.count).compactMap(table.alignment.row)
      let expected = rows.compactMap(\.expected)
      let actual = rows.compactMap(\.actual)
      #expect(expected == Array(0..<expected.count))
      #expect(actual == Array(0..<actual.count))
    }
  }
}
