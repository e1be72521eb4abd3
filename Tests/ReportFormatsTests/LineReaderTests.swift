import TestSupport
import Testing
import TriageModel

@testable import ReportFormats

@Suite struct LineReaderTests {
  /// The lines of a text as `number:text`, `…` behind one that is cut, and the number of the first that is left out.
  private func read(_ text: String, limit: Int, block size: Int) throws -> (lines: [String], longLine: Int?) {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 1)
    defer { block.deallocate() }
    var reader = LineReader(MemorySource(Array(text.utf8)), block: block, limit: limit)
    var lines: [String] = []
    while let line = try reader.next() {
      lines.append("\(line.number):" + String(decoding: line.bytes, as: UTF8.self) + (line.isWhole ? "" : "…"))
    }
    return (lines, reader.longLine)
  }

  @Test(arguments: 1...40) func readsOnBehindALineThatIsTooLong(block: Int) throws {
    let long = String(repeating: "x", count: 21)
    let read = try read("one\n\(long)\nthree\n\(long)\(long)\n\nsix", limit: 20, block: block)
    #expect(read.lines == ["1:one", "3:three", "5:", "6:six…"])
    #expect(read.longLine == 2)
  }

  @Test(arguments: 1...40) func keepsALineOfTheLimitAndLosesOneThatEndsTheFile(block: Int) throws {
    let whole = String(repeating: "x", count: 20)
    #expect(try read(whole + "\n" + whole, limit: 20, block: block).lines == ["1:" + whole, "2:" + whole + "…"])
    let read = try read(whole + "\n" + whole + "x", limit: 20, block: block)
    #expect(read.lines == ["1:" + whole])
    #expect(read.longLine == 2)
  }
}
