internal import TriageModel

/// Reads a report line by line, so that a million lines take no more memory than one.
protocol ReportLineReader {
  /// What adds the tests.
  var writer: CaseWriter { get set }
  init(_ writer: consuming CaseWriter)
  /// Reads a line without its end; the last one of a report that was cut is not whole.
  mutating func read(_ line: ArraySlice<UInt8>, isWhole: Bool)
  /// Ends the report: what is still open never ended.
  mutating func finish()
}

extension ReportLineReader {
  /// Reads a report into a builder.
  static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    var reader = Self(CaseWriter(builder: builder, input: input))
    builder = TestTableBuilder()
    if reader.readLines(of: input) {
      reader.finish()
      reader.writer.finish()
    }
    builder = reader.writer.builder
    return reader.writer.result
  }

  /// Reads the lines; false when there is nothing in them.
  private mutating func readLines(of input: ReportInput) -> Bool {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { block.deallocate() }
    var isBlank = true
    do throws(ByteSourceError) {
      var lines = LineReader(try input.open(), block: block)
      while !writer.isStopped, let line = try lines.next() {
        writer.line = line.number
        if !line.bytes.withUnsafeBytes(XMLBytes.isBlank) {
          isBlank = false
          var bytes = line.bytes[...]
          if line.number == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
          if bytes.last == 0x0D { bytes = bytes.dropLast() }
          read(bytes, isWhole: line.isWhole)
        }
        writer.tellProgress(lines.byteCount)
      }
      if let line = lines.longLine { writer.lose("a line is longer than \(LineReader.longestLine) bytes", line) }
    } catch {
      writer.lose(error.description, writer.line)
    }
    if isBlank, writer.result.damages.isEmpty { writer.lose(CaseWriter.empty, 0) }
    return !isBlank
  }
}
