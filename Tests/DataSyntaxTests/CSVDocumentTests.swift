import DataSyntax
import Testing

@Suite struct CSVDocumentTests {
  private func rows(_ text: String, delimiter: UInt8 = 0x2C) throws -> [[String]] {
    let document = try CSVDocument(Array(text.utf8), dialect: CSVDialect(delimiter: delimiter))
    return (0..<document.count).map { row in
      document.cells(row).map { String(decoding: document.text($0), as: UTF8.self) }
    }
  }

  @Test func rowsEndWithEitherLineEndAndTheLastNeedsNone() throws {
    #expect(try rows("a,b\r\n1,2\n3,") == [["a", "b"], ["1", "2"], ["3", ""]])
    #expect(try rows("") == [])
    #expect(try rows("\n") == [[""]])
    #expect(try rows("\u{FEFF}a\n") == [["a"]])
  }

  @Test func quotesHoldDelimitersLineEndsAndQuotes() throws {
    #expect(try rows("x,\"a,\n\"\"b\"\"\",y\n1,\"\",2\n") == [["x", "a,\n\"b\"", "y"], ["1", "", "2"]])
    #expect(try rows("a \"b\" c,\"d\"e\n") == [["a \"b\" c", "\"d\"e"]])
  }

  @Test func aQuoteNeverClosedIsNamedWithItsLine() {
    #expect(throws: CSVError.unclosedQuote(line: 2)) { try rows("a,b\n1,\"2\n3,4\n") }
  }

  @Test func theDelimiterIsTheOneThatEveryRowHasEquallyOften() {
    #expect(CSVDialect(detecting: Array("a;b;c\n1,5;2;3\n".utf8)[...]).delimiter == 0x3B)
    #expect(CSVDialect(detecting: Array("a\tb\n1,2\t3\n".utf8)[...]).delimiter == 0x09)
    #expect(CSVDialect(detecting: Array("a,b\n\"1;2;3\",4\n".utf8)[...]).delimiter == 0x2C)
    #expect(CSVDialect(detecting: []).delimiter == 0x2C)
  }

  @Test func everyPrefixIsReadOrRefused() {
    let bytes = Array("\u{FEFF}a,\"b\"\"\"\r\n\"c\nd\",\"e\"f\n,,\n".utf8)
    for length in 0...bytes.count {
      guard let document = try? CSVDocument(Array(bytes.prefix(length)), dialect: CSVDialect()) else { continue }
      for row in 0..<document.count { #expect(!document.cells(row).isEmpty) }
    }
  }

  @Test func rowsTogetherAreTheWholeDocument() throws {
    var random = SplitMix(state: 3)
    let pieces = ["a", "1", ",", ",", "\n", "\r\n", "\"x\"", "\"y\n\"", "long text of many bytes to pass a block"]
    for _ in 0..<2_000 {
      let text = (0..<Int.random(in: 0...40, using: &random)).compactMap { _ in pieces.randomElement(using: &random) }
      let bytes = Array(text.joined().utf8)
      guard let document = try? CSVDocument(bytes, dialect: CSVDialect()) else { continue }
      let starts = document.withRows { Array($1).map(Int.init) }
      #expect(zip(starts, starts.dropFirst()).flatMap { bytes[$0..<$1] } == bytes)
    }
  }
}
