import Goldens
import Testing
import TriageModel

@Suite struct CSVTests {
  private func compare(
    _ left: String, _ right: String, name: String = "t.csv", _ change: (inout ComparisonOptions) -> Void = { _ in }
  ) -> Comparison {
    var options = ComparisonOptions()
    change(&options)
    return GoldenKinds.compare(Array(left.utf8), Array(right.utf8), name: name, options: options)
  }

  private func table(_ comparison: Comparison) throws -> TableComparison {
    guard case .tables(let tables) = comparison.body else { throw NoTable() }
    return try #require(tables.first)
  }

  private struct NoTable: Error {}

  private func score(_ row: Int) -> String { "0.\(1000 + row * 37 % 9000)" }

  @Test func aDeletedRowOfAKeyedTableIsOneRow() throws {
    let rows = (0..<40).map { "k\($0),\(score($0))" }
    var other = rows
    other.remove(at: 11)
    other[20] = "k21,0.5"
    let comparison = compare(
      "id,score\n" + rows.joined(separator: "\n"), "id,score\n" + other.joined(separator: "\n"))
    #expect(comparison.summary.removed == 1)
    #expect(comparison.summary.changed == 1)
    #expect(comparison.summary.first == "id k11")
    #expect(comparison.summary.worst == "id k21, score")
    #expect(try table(comparison).columns.map(\.isKey) == [true, false])
  }

  @Test(arguments: [("", "a,b\n"), ("a,b\n", ""), ("", "a,b\n1,2\n")])
  func anEmptyFileIsNotAHeader(left: String, right: String) {
    let comparison = compare(left, right)
    #expect(comparison.differs && comparison.drift.kind == .shape)
  }

  @Test func twoSpellingsOfACharacterAreTwoColumns() {
    let comparison = compare("caf\u{E9},b\n1,2\n", "cafe\u{301},b\n1,2\n")
    #expect(comparison.differs && comparison.drift.kind == .shape)
  }

  @Test func aDeletedRowUnderRunningNumbersIsOneRow() {
    let values = (0..<40).map(score)
    var other = values
    other.remove(at: 11)
    func text(_ values: [String]) -> String {
      ",score\n" + values.enumerated().map { "\($0.offset),\($0.element)\n" }.joined()
    }
    let comparison = compare(text(values), text(other))
    #expect(comparison.summary.removed == 1)
    #expect(comparison.summary.changed == 0)
    #expect(comparison.summary.first == "row 13")
    #expect(comparison.summary.structure.contains { $0.contains("running numbers") })
  }

  @Test func aDeletedRowAmongNoiseWithoutAKeyIsOneRow() {
    let values = (0..<40).map { Double($0 * 37 % 100) / 7 }
    let left = "a,b\n" + values.map { "\($0),\($0 + 1)\n" }.joined()
    var kept = values.map { $0 * (1 + 1e-13) }
    kept.remove(at: 11)
    let right = "a,b\n" + kept.map { "\($0),\($0 + 1)\n" }.joined()
    let comparison = compare(left, right) { $0.tolerance.relative = 1e-9 }
    #expect(comparison.summary.removed == 1)
    #expect(comparison.summary.added == 0)
    #expect(comparison.summary.changed == 0)
  }

  @Test func rowsOfAKeyThatStandElsewhereHaveMoved() {
    let comparison = compare("id,v\na,1.5\nb,2.5\nc,3.5\nd,4.5\n", "id,v\nb,2.5\nc,3.5\nd,4.5\na,1.5\n")
    #expect(comparison.summary.moved == 1)
    #expect(comparison.summary.changed + comparison.summary.removed + comparison.summary.added == 0)
    #expect(comparison.drift.kind == .permutation)
    #expect(comparison.differs)
  }

  @Test func rowsFurtherDownAreAShift() {
    let values = (0..<60).map(score)
    func text(_ values: [String]) -> String {
      "step,loss\n" + values.enumerated().map { "\($0.offset),\($0.element)\n" }.joined()
    }
    let comparison = compare(text(values), text(["0.5", "0.25"] + values.dropLast(2)))
    #expect(comparison.drift.kind == .shift, "\(comparison.drift)")
  }

  @Test func namedKeysGoBeforeFoundOnes() throws {
    let (left, right) = ("a,b,v\n1,x,0.5\n2,y,0.6\n", "a,b,v\n1,y,0.6\n2,x,0.5\n")
    let comparison = compare(left, right) { $0.keys = ["b"] }
    #expect(try table(comparison).columns.map(\.isKey) == [false, true, false])
    #expect(comparison.summary.moved == 1)
    #expect(compare(left, right) { $0.keys = ["nope"] }.remarks.contains { $0.contains("nope") })
  }

  @Test func rowsThatRepeatANamedKeyGoByTheirOrder() {
    let comparison = compare("k,v\na,1\na,2\nb,3\n", "k,v\na,1\na,5\nb,3\n") { $0.keys = ["k"] }
    #expect(comparison.summary.changed == 1)
    #expect(comparison.summary.added == 0)
    #expect(comparison.remarks.contains { $0.contains("repeat the key") })
  }

  @Test func columnsAreMatchedByName() throws {
    let comparison = compare("id,a,b\n1,0.5,0.25\n2,0.5,0.75\n", "id,c,a\n1,7,0.5\n2,7,0.5\n")
    #expect(comparison.summary.changed == 0)
    #expect(comparison.summary.structure == ["column b vanished", "column c is new"])
    #expect(comparison.drift.kind == .shape)
    #expect(comparison.differs)
    #expect(try table(comparison).columns.map(\.name) == ["id", "c", "a", "b"])
  }

  @Test func columnsInAnotherOrderAreThat() {
    let comparison = compare("id,a,b\n1,0.5,0.25\n", "id,b,a\n1,0.25,0.5\n")
    #expect(comparison.drift.kind == .permutation)
    #expect(comparison.differs)
  }

  @Test func columnsOfOneNameGoByTheirOrder() {
    let comparison = compare("x,x\n1.5,2.5\n", "x,x\n1.5,2.75\n")
    #expect(comparison.summary.changed == 1)
    #expect(comparison.summary.structure.isEmpty)
  }

  @Test func numbersAreJudgedAndWordsAreExact() {
    let left = "id,f,n,w\na,0.1,7,x\nb,0.2,8,y\n"
    let right = "id,f,n,w\na,0.10000000000000002,7,x\nb,0.2,9,z\n"
    let comparison = compare(left, right) { $0.tolerance.ulps = 4 }
    #expect(comparison.summary.tolerated == 1)
    #expect(comparison.summary.changed == 2)
    #expect(comparison.intolerable == 1)
    #expect(comparison.summary.maxULP?.value == 1)
    #expect(comparison.remaining(under: Tolerance(absolute: 2)) == 1)
  }

  @Test func aNumberThatBecameNaNOrEmptyIsBornNaN() {
    let comparison = compare("id,f,g\na,0.1,0.5\nb,nan,1\n", "id,f,g\na,NaN,\nb,nan,1\n")
    #expect(comparison.summary.nanBorn == 2)
    #expect(comparison.drift.kind == .nanBorn)
    #expect(comparison.remaining(under: Tolerance(relative: 1e9, absolute: 1e9)) == 2)
  }

  @Test func theSameValuesWrittenOtherwiseDoNotDiffer() {
    let comparison = compare("id;f\na;1.50\nb;\"x\"\n", "id;f\r\na;1.5\r\nb;x\r\n")
    #expect(!comparison.differs)
    #expect(comparison.drift.kind == .format)
    #expect(comparison.summary.structure.count == 2)
  }

  @Test func codesAreNoNumbers() {
    for (left, right) in [("00123", "123"), ("1e999", "2e999"), ("12345678901234567890", "12345678901234567891")] {
      let comparison = compare("id,zip\na,\(left)\n", "id,zip\na,\(right)\n") { $0.tolerance.relative = 1 }
      #expect(comparison.summary.changed == 1, "\(left)")
    }
  }

  @Test func raggedRowsAreComparedAsFarAsTheyGo() throws {
    let comparison = compare("a,b\nk,2\nl,3,4\nm\n", "a,b\nk,2\nl,3,5\nm,6\n")
    #expect(comparison.summary.changed == 2)
    let columns = try table(comparison).columns
    #expect(columns.map(\.name) == ["a", "b", "column 3"])
    let row = try #require(try table(comparison).alignment.row(at: 1))
    #expect(try table(comparison).cells(of: row).map(\.kind) == [.equal, .equal, .changed])
  }

  @Test func whatIsNoCSVIsComparedAsText() {
    let comparison = compare("a,b\n1,\"2\n", "a,b\n1,2\n")
    #expect(comparison.kind == "text")
    #expect(comparison.remarks.contains { $0.contains("line 2: a quotation mark is never closed") })
  }

  @Test func anEmptySideHasNoRows() {
    for (left, right) in [("", "a,b\n1,2\n"), ("a,b\n1,2\n", "")] {
      let comparison = compare(left, right)
      #expect(comparison.differs)
      #expect(comparison.summary.added + comparison.summary.removed == 1)
    }
  }

  @Test func tenThousandColumnsAreCompared() {
    let header = (0..<10_000).map { "c\($0)" }.joined(separator: ",")
    let cells = (0..<10_000).map { "0.\($0 + 1)" }
    var other = cells
    other[9_999] = "0.5"
    let comparison = compare(
      header + "\n" + cells.joined(separator: ","), header + "\n" + other.joined(separator: ","))
    #expect(comparison.summary.changed == 1)
    #expect(comparison.summary.first == "row 2, c9999")
  }

  @Test func everyPrefixOfATableIsCompared() {
    let bytes = Array("\u{FEFF}id,\"n,m\",f\r\n1,\"a\"\"b\",nan\r\n2,,1e999\r\n3,\"x\ny\",-0.0\n".utf8)
    for length in 0..<bytes.count {
      let prefix = Array(bytes.prefix(length))
      for (left, right) in [(prefix, bytes), (bytes, prefix)] {
        let comparison = GoldenKinds.compare(left, right, name: "t.csv")
        #expect(!comparison.isIdentical)
        guard case .tables(let tables) = comparison.body else { continue }
        for table in tables {
          for row in (0..<table.alignment.count).compactMap(table.alignment.row) {
            #expect(table.cells(of: row).count == table.columns.count)
            #expect(!table.label(of: row).isEmpty)
          }
        }
      }
    }
  }
}
