/// What was received, rebuilt from a snapshot and syrupy's message.
///
/// The message covers the whole snapshot, so every way to lay its rows over the snapshot's lines is looked for. Only when all
/// ways give the same bytes are these proven: whatever else had been received, the message would have other rows.
struct SyrupyReplay {
  /// What came of it.
  enum Outcome: Equatable {
    /// The one text that gives this message.
    case proven([UInt8])
    /// One of several texts that give this message.
    case ambiguous([UInt8])
    /// The message is not about this snapshot.
    case disagrees
  }

  private typealias Line = EndedLines.Line

  private static let stepLimit = 200_000
  private static let newLineMark: Substring = "␤"

  private let lines: [Line]
  private let usualEnd: [UInt8]
  private let parts: [SyrupyMessage.Part]
  private var results: Set<[UInt8]> = []
  private var dead: Set<Int> = []
  private var steps = 0

  /// Replays the message on a snapshot's text.
  static func outcome(of message: SyrupyMessage, on snapshot: [UInt8]) -> Outcome {
    var replay = SyrupyReplay(message, snapshot)
    guard !message.parts.isEmpty else { return .disagrees }
    var output: [Line] = []
    _ = replay.lay(0, 0, &output)
    guard let first = replay.results.min(by: { $0.lexicographicallyPrecedes($1) }) else { return .disagrees }
    let isProven = replay.results.count == 1 && replay.steps < stepLimit && !hasOtherBreaks(snapshot)
    return isProven && !hasOtherBreaks(first) ? .proven(first) : .ambiguous(first)
  }

  /// The text of a snapshot that did not exist: all rows are received ones.
  static func received(_ message: SyrupyMessage) -> [UInt8]? {
    guard case .change(let minus, let plus)? = message.parts.first, message.parts.count == 1, minus.isEmpty
    else { return nil }
    return Array(plus.joined(separator: "\n").utf8)
  }

  private init(_ message: SyrupyMessage, _ snapshot: [UInt8]) {
    let ended = EndedLines(snapshot)
    lines = ended.lines
    usualEnd = ended.usualEnd
    parts = message.parts
  }

  /// Whether there are characters at which Python's `splitlines` breaks and an editor does not.
  private static func hasOtherBreaks(_ bytes: [UInt8]) -> Bool {
    bytes.indices.contains { place in
      switch bytes[place] {
      case 0x0B, 0x0C, 0x1C, 0x1D, 0x1E: true
      case 0xC2: place + 1 < bytes.count && bytes[place + 1] == 0x85
      case 0xE2:
        place + 2 < bytes.count && bytes[place + 1] == 0x80 && (bytes[place + 2] == 0xA8 || bytes[place + 2] == 0xA9)
      default: false
      }
    }
  }

  /// Lays the parts from `part` on over the lines from `line` on; whether that can be done.
  private mutating func lay(_ part: Int, _ line: Int, _ output: inout [Line]) -> Bool {
    steps += 1
    if steps >= Self.stepLimit || results.count > 8 { return true }
    guard part < parts.count else {
      guard line == lines.count else { return false }
      results.insert(bytes(output))
      return true
    }
    let key = part * (lines.count + 1) + line
    if dead.contains(key) { return false }
    let kept = output.count
    var works = false
    switch parts[part] {
    case .context(let rows, false): works = layContext(rows, part, line, &output)
    case .context(let rows, true): works = layFold(rows, part, line, &output)
    case .change(let minus, let plus): works = layChange(minus, plus, part, line, &output)
    }
    output.removeSubrange(kept...)
    if !works { dead.insert(key) }
    return works
  }

  private mutating func layContext(
    _ rows: [Substring], _ part: Int, _ line: Int, _ output: inout [Line]
  ) -> Bool {
    guard line + rows.count <= lines.count else { return false }
    for (offset, row) in rows.enumerated() where !fits(row, line + offset) { return false }
    output += lines[line..<line + rows.count]
    return lay(part + 1, line + rows.count, &output)
  }

  /// The first row, lines that are not shown, the last row.
  private mutating func layFold(_ rows: [Substring], _ part: Int, _ line: Int, _ output: inout [Line]) -> Bool {
    guard line + 2 < lines.count, fits(rows[0], line) else { return false }
    var works = false
    for last in (line + 2)..<lines.count where fits(rows[1], last) {
      let kept = output.count
      output += lines[line...last]
      works = lay(part + 1, last + 1, &output) || works
      output.removeSubrange(kept...)
    }
    return works
  }

  private mutating func layChange(
    _ minus: [Substring], _ plus: [Substring], _ part: Int, _ line: Int, _ output: inout [Line]
  ) -> Bool {
    guard line + minus.count <= lines.count else { return false }
    for (offset, row) in minus.enumerated() where !fits(Self.withoutMark(row, plus), line + offset) { return false }
    for row in plus {
      output.append(Line(text: Array(Self.withoutMark(row, minus).utf8), end: usualEnd))
    }
    // Where only line ends differ syrupy marks them.
    if let last = plus.last, Self.hasMark(last, minus) != Self.hasMark(minus.last ?? "", plus) {
      output[output.count - 1].end = Self.hasMark(last, minus) ? usualEnd : []
    }
    return lay(part + 1, line + minus.count, &output)
  }

  private func fits(_ row: Substring, _ line: Int) -> Bool { lines[line].text.elementsEqual(row.utf8) }

  private static func hasMark(_ row: Substring, _ others: [Substring]) -> Bool {
    row.hasSuffix(newLineMark) && others.contains { $0 == row.dropLast() || $0 == row }
  }

  private static func withoutMark(_ row: Substring, _ others: [Substring]) -> Substring {
    hasMark(row, others) ? row.dropLast() : row
  }

  /// The rows do not tell whether the last line ends: it ends as the snapshot's does, unless a mark told.
  private func bytes(_ output: [Line]) -> [UInt8] {
    var output = output
    for index in output.indices.dropLast() where output[index].end.isEmpty { output[index].end = usualEnd }
    if let last = output.indices.last, let old = lines.last, !endIsTold { output[last].end = old.end }
    return output.flatMap { $0.text + $0.end }
  }

  private var endIsTold: Bool {
    guard case .change(let minus, let plus)? = parts.last else { return false }
    return plus.last.map { Self.hasMark($0, minus) } == true || minus.last.map { Self.hasMark($0, plus) } == true
  }
}
