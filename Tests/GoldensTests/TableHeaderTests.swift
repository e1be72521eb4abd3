import Goldens
import Testing
import TriageModel

/// Names of columns that are numbers, and rows of numbers that are none.
@Suite struct TableHeaderTests {
  private func compare(_ left: String, _ right: String) -> Comparison {
    GoldenKinds.compare(Array(left.utf8), Array(right.utf8), name: "t.csv")
  }

  /// A table with a row of names over columns that each say something else, with or without a column of words in front.
  private func table(_ names: [String], corner: String?, quoted: Bool = false) -> String {
    let head = names.map { quoted ? "\"\($0)\"" : $0 }
    var lines = [((corner.map { [$0] } ?? []) + head).joined(separator: ",")]
    for row in 0..<6 {
      let cells = names.map { name in "\(Double((name.utf8.reduce(7) { $0 * 31 + Int($1) } &+ row * 17) % 97) / 8)" }
      lines.append(((corner == nil ? [] : ["item\(row)"]) + cells).joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let names: [[String]] = [
    ["2023", "2024", "2025"], ["0", "1", "2", "3"], ["1", "2", "3"], ["0.1", "0.5", "0.9"], ["10", "20", "50"],
  ]

  @Test(arguments: names, ["code", ""])
  func aColumnThatIsNewHasAName(_ names: [String], _ corner: String) {
    for quoted in [false, true] {
      let comparison = compare(
        table(Array(names.dropFirst()), corner: corner, quoted: quoted), table(names, corner: corner, quoted: quoted))
      #expect(comparison.summary.changed == 0, "\(names) \(comparison.drift.proof)")
      #expect(comparison.summary.structure == ["column \(names[0]) is new"])
    }
  }

  @Test(arguments: names, ["code", ""])
  func columnsInAnotherOrderAreThat(_ names: [String], _ corner: String) {
    let comparison = compare(table(names, corner: corner), table(names.reversed(), corner: corner))
    #expect(
      comparison.drift.kind == .permutation && comparison.summary.changed == 0, "\(names) \(comparison.drift.proof)")
  }

  @Test func numbersAloneNameFractionsBelow() {
    let comparison = compare(table(["0", "1", "2"], corner: nil), table(["2", "0", "1"], corner: nil))
    #expect(comparison.drift.kind == .permutation && comparison.summary.changed == 0)
  }

  @Test(arguments: [
    ("1,2,3\n4,5,6\n7,8,9\n", "1,2,4\n4,5,6\n7,8,9\n"), ("0.5,1.5\n2.5,3.5\n", "0.5,1.75\n2.5,3.5\n"),
    ("2019,1.5\n2020,1.75\n2021,2.5\n", "2019,1.25\n2020,1.75\n2021,2.5\n"), ("5,3\n", "5,4\n"),
    ("1,0.5\n2,0.25\n3,0.5\n4,1.5\n", "1,0.75\n2,0.25\n3,0.5\n4,1.5\n"), ("DE,1,2\nFR,3,4\n", "DE,1,9\nFR,3,4\n"),
    ("nan,1,2\n1,2,3\n", "nan,1,5\n1,2,3\n"),
  ])
  func rowsOfNumbersHaveNoNames(left: String, right: String) {
    let comparison = compare(left, right)
    #expect(comparison.summary.changed == 1 && comparison.summary.structure.isEmpty, "\(comparison.drift.proof)")
  }

  @Test func aMovedColumnAndNoiseAreBothNamed() {
    let left = table(["a", "b", "c"], corner: "id")
    var rows = table(["c", "b", "a"], corner: "id").split(separator: "\n").map(String.init)
    let cells = rows[2].split(separator: ",").map(String.init)
    let noisy = (Double(cells[1]) ?? 0).nextUp
    rows[2] = ([cells[0], "\(noisy)"] + cells[2...]).joined(separator: ",")
    let comparison = compare(left, rows.joined(separator: "\n") + "\n")
    #expect(comparison.drift.kinds == [.permutation, .noise])
    #expect(comparison.drift.proof.contains("stand elsewhere; 1 of"))
  }
}
