import Goldens
import Testing
import TriageModel

/// Planted changes of tables and texts are called by their names.
@Suite struct TableDriftTests {
  private func drift(_ left: String, _ right: String, name: String = "t.csv") -> Drift {
    GoldenKinds.compare(Array(left.utf8), Array(right.utf8), name: name).drift
  }

  private func score(_ row: Int) -> Double { Double((row * 37 + 11) % 101) / 101 }

  private func table(_ header: String, _ row: (Int) -> String) -> String {
    header + "\n" + (0..<60).map { row($0) + "\n" }.joined()
  }

  @Test func valuesPulledToABoundAreClipped() {
    let left = table("id,p") { "k\($0),\(score($0))" }
    let right = table("id,p") { "k\($0),\(min(0.75, max(0.25, score($0))))" }
    #expect(drift(left, right).kind == .clipping)
  }

  @Test func valuesPulledToWhatIsNoBoundAreARealChange() {
    let left = table("id,p") { "k\($0),\(score($0))" }
    let right = table("id,p") { "k\($0),\($0 % 3 == 0 ? 0.25 : score($0))" }
    #expect(drift(left, right).kind == .real)
  }

  @Test func aColumnOfAReportHasItsOwnBounds() {
    let left = "scores of 60 rows\n" + (0..<60).map { "row \($0): \(score($0)) ok\n" }.joined()
    let right =
      "scores of 60 rows\n" + (0..<60).map { "row \($0): \(min(0.75, max(0.25, score($0)))) ok\n" }.joined()
    #expect(drift(left, right, name: "t.txt").kind == .clipping)
  }

  @Test func roundingIsNoiseAndBesideAnotherOrderOfColumnsStillOrder() {
    let left = table("id,p,q") { "k\($0),\(score($0)),\($0)" }
    let noise = table("id,p,q") { "k\($0),\(score($0).nextUp),\($0)" }
    #expect(drift(left, noise).kind == .noise)
    let both = table("id,q,p") { "k\($0),\($0),\(score($0).nextUp)" }
    let verdict = drift(left, both)
    #expect(verdict.kind == .permutation)
    #expect(verdict.proof.contains("ULP"))
  }

  @Test func wordsRenamedOneForOneAreARemap() {
    let plans = ["basic", "plus", "pro"]
    let names = ["B", "P", "X"]
    let left = table("id,plan") { "\($0 * 7),\(plans[$0 % 3])" }
    #expect(drift(left, table("id,plan") { "\($0 * 7),\(names[$0 % 3])" }).kind == .remap)
    let partly = table("id,plan") { "\($0 * 7),\($0 < 30 ? plans[$0 % 3] : names[$0 % 3])" }
    #expect(drift(left, partly).kind == .real)
  }

  @Test func rowsInAnotherOrderUnderRunningNumbersAreAPermutation() {
    let left = table(",p") { "\($0),\(score($0) + Double($0))" }
    let right = table(",p") { "\($0),\(score(59 - $0) + Double(59 - $0))" }
    #expect(drift(left, right).kind == .permutation)
  }

  @Test func everyDifferenceOfNumbersIsFoundAtItsPlace() throws {
    let left = table("id,p,q") { "k\($0),\(score($0)),\($0)" }
    var lines = table("id,q,p") { "k\($0),\($0 % 7 == 0 ? $0 + 1 : $0),\(score($0) * ($0 % 5 == 0 ? 2 : 1))" }
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    lines.remove(at: 20)
    lines.insert("new,1,0.5", at: 33)
    lines.swapAt(40, 50)
    let comparison = GoldenKinds.compare(Array(left.utf8), Array(lines.joined(separator: "\n").utf8), name: "t.csv")
    guard case .tables(let tables) = comparison.body, let table = tables.first, let numbers = comparison.numbers else {
      Issue.record("it is no table")
      return
    }
    #expect(numbers.count > 15)
    for index in numbers.expected.indices {
      let row = try #require(table.alignment.row(at: Int(numbers.indices[index])))
      let cell = table.cells(of: row)[Int(numbers.columns[index])]
      #expect(cell.kind == .changed)
      #expect(cell.expected.flatMap(Double.init) == numbers.expected[index])
      #expect(cell.actual.flatMap(Double.init) == numbers.actual[index])
    }
    #expect(numbers.count == table.columns.reduce(0) { $0 + $1.changed })
  }
}
