import DataSyntax
import Testing

@Suite struct JSONWriterTests {
  private func written(_ value: JSONValue) -> String {
    var writer = JSONWriter()
    writer.value(value)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test func writesWhatItReads() throws {
    let text = #"{"b":[1,2.50,"x",null,true],"a":{},"c":[],"a":false}"#
    #expect(written(try JSONValue(parsing: Array(text.utf8))) == text)
  }

  @Test func handsOnBlocksAndBreaksLines() throws {
    var writer = JSONWriter()
    writer.beginArray()
    var blocks: [[UInt8]] = []
    for number in 0..<3 {
      writer.breakLine()
      writer.number(number)
      blocks.append(writer.takeBytes())
    }
    writer.endArray()
    blocks.append(writer.takeBytes())
    #expect(blocks.map { String(decoding: $0, as: UTF8.self) } == ["[\n0", ",\n1", ",\n2", "]"])
    #expect(writer.bytes.isEmpty)
  }

  @Test func escapesWhatATerminalOrAReaderWouldActOn() throws {
    let hostile = "\u{1B}[2J\u{7F}\u{9B}\u{2028}\u{202E}\u{200B}\u{FEFF}\u{E0041}\"\\\n😀é"
    let text = written(.string(hostile))
    #expect(
      text == #""\u001b[2J\u007f\u009b\u2028\u202e\u200b\ufeff\udb40\udc41\"\\\n😀é""#)
    #expect(try JSONValue(parsing: Array(text.utf8)) == .string(hostile))
  }

  @Test func writesNoNumberThatJSONLacks() {
    var writer = JSONWriter()
    writer.beginArray()
    writer.number(Double.nan)
    writer.number(Double.infinity)
    writer.number(0.1)
    writer.number(-3)
    writer.value(.number("NaN"))
    writer.endArray()
    #expect(String(decoding: writer.bytes, as: UTF8.self) == "[null,null,0.1,-3,null]")
  }
}

@Suite struct JSONValueTests {
  @Test func readsTheFieldsOfASmallDocument() throws {
    let value = try JSONValue(
      parsing: Array(#"{"id": "4114", "attempt": 1, "ok": true, "tags": ["a"], "t": 1.5}"#.utf8))
    #expect(value["id"]?.string == "4114")
    #expect(value["attempt"]?.int == 1)
    #expect(value["ok"]?.bool == true)
    #expect(value["tags"]?.array == [.string("a")])
    #expect(value["t"]?.double == 1.5)
    #expect(value["nothing"] == nil)
  }

  @Test func keepsDuplicateKeysAndAnswersWithTheLast() throws {
    let value = try JSONValue(parsing: Array(#"{"a": 1, "a": 2}"#.utf8))
    #expect(value.members?.count == 2)
    #expect(value["a"]?.int == 2)
  }

  @Test func stopsAtTheNodeLimit() {
    var limits = JSONLimits()
    limits.nodes = 3
    #expect(throws: JSONError.self) { try JSONValue(parsing: Array("[1,2,3]".utf8), limits: limits) }
  }
}
