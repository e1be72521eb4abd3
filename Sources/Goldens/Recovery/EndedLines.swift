/// A file's lines with their ends kept, so that the same bytes come out again.
struct EndedLines {
  /// One line.
  struct Line: Equatable {
    /// Its text, without the end.
    var text: [UInt8]
    /// What ends it: `\n`, `\r\n`, `\r`; nothing at the end of a file that has no last end.
    var end: [UInt8]
  }

  /// The lines.
  var lines: [Line]

  /// Splits at the ends that `open()` in Python knows.
  init(_ bytes: [UInt8]) {
    lines = []
    var start = 0
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      guard byte == 0x0A || byte == 0x0D else {
        place += 1
        continue
      }
      let length = byte == 0x0D && place + 1 < bytes.count && bytes[place + 1] == 0x0A ? 2 : 1
      lines.append(Line(text: Array(bytes[start..<place]), end: Array(bytes[place..<place + length])))
      place += length
      start = place
    }
    if start < bytes.count { lines.append(Line(text: Array(bytes[start...]), end: [])) }
  }

  /// The end that lines have; `\n` when no line tells.
  var usualEnd: [UInt8] { lines.first?.end.isEmpty == false ? lines[0].end : [0x0A] }

  /// The bytes again.
  var bytes: [UInt8] { lines.flatMap { $0.text + $0.end } }
}
