import Testing
import TriageOutput

@Suite struct OutputSinkTests {
  @Test func handsOnBlocksInOrder() throws {
    let output = CollectedOutput()
    let sink = output.sink(blockSize: 10)
    for number in 0..<50 { sink.appendLine(String(number)) }
    try sink.finish()
    #expect(output.text == (0..<50).map { "\($0)\n" }.joined())
    #expect(output.blocks > 5)
  }

  @Test func stopsAfterTheReaderHasGone() {
    let output = CollectedOutput()
    let sink = output.sink(blockSize: 4, limit: 8)
    for _ in 0..<100 { sink.append("abcd") }
    #expect(sink.isClosed)
    #expect(throws: OutputError.closed) { try sink.finish() }
    #expect(output.text == "abcdabcd")
  }
}
