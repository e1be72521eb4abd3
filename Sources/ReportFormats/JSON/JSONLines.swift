internal import DataSyntax

/// Reads a report that is a line of JSON an event; what other lines there are is text.
protocol JSONLineReader: ReportLineReader {
  /// What lines are read into, again and again.
  var tape: JSONTape { get }
  /// Reads an event.
  mutating func read(_ event: JSONNode)
  /// Reads a line that is no JSON object.
  mutating func read(text: ArraySlice<UInt8>)
}

extension JSONLineReader {
  mutating func read(_ line: ArraySlice<UInt8>, isWhole: Bool) {
    guard line.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else { return read(text: line) }
    var tokenizer = JSONTokenizer(Array(line))
    do throws(JSONError) {
      try tape.read(&tokenizer)
      read(tape.root)
    } catch {
      if isWhole { read(text: line) } else { writer.lose("the last line is cut", writer.line) }
    }
  }
}
