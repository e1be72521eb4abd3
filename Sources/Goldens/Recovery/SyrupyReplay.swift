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

/// What syrupy says when a snapshot does not match: rows of a difference that covers the whole snapshot, folded.
struct SyrupyMessage {
  /// A run of rows.
  enum Part: Equatable {
    /// Lines that both sides have; `isFolded` when lines between the two were left out.
    case context([Substring], isFolded: Bool)
    /// Lines of the snapshot, and what was received in their place.
    case change(minus: [Substring], plus: [Substring])
  }

  /// The name in brackets: `snapshot`, or the one the test gave.
  let name: String
  /// The snapshot that does not exist, as the message names it.
  let missing: String?
  /// The rows.
  let parts: [Part]
  /// Why the rows are not all there; nil when they are.
  let damage: String?

  /// The marks of what syrupy left out, and of a control character as pytest's XML writes it.
  private static let hidden: Substring = "......"

  /// The last message of its kind in a failure's text.
  init?(_ text: FailureText) {
    var found: (line: Int, name: String)?
    for (number, line) in text.lines.enumerated() {
      if let name = Self.name(in: line) { found = (number, name) }
    }
    guard let found else { return nil }
    name = found.name
    let margin = FailureText.margin(of: text.lines[found.line])
    var rows: [Substring] = []
    for line in text.lines[(found.line + 1)...] {
      guard FailureText.belongs(line, margin) else { break }
      let row = FailureText.without(line, margin)
      guard row.isEmpty || row.hasPrefix("  ") else { break }
      rows.append(row.dropFirst(2))
    }
    missing = rows.first.flatMap(Self.missing)
    if missing != nil { rows.removeFirst() }
    damage = Self.damage(rows)
    parts = Self.parts(rows)
  }

  /// `assert [+ received] == [- NAME]`, in either order.
  private static func name(in line: Substring) -> String? {
    let received = "[+ received]"
    guard line.utf8.count < 4096, line.contains(received), line.contains("assert ") else { return nil }
    if let range = Self.after("assert [+ received] == [- ", in: line), range.last == "]" {
      return String(range.dropLast())
    }
    guard let rest = Self.after("assert [- ", in: line), rest.hasSuffix("] == [+ received]") else { return nil }
    return String(rest.dropLast("] == [+ received]".count))
  }

  private static func after(_ mark: String, in line: Substring) -> Substring? {
    var rest = line
    while !rest.isEmpty {
      if rest.hasPrefix(mark) { return rest.dropFirst(mark.count) }
      rest = rest.dropFirst()
    }
    return nil
  }

  private static func missing(_ row: Substring) -> String? {
    let start = "Snapshot '"
    let end = "' does not exist!"
    guard row.hasPrefix(start), row.hasSuffix(end), row.count >= start.count + end.count else { return nil }
    return String(row.dropFirst(start.count).dropLast(end.count))
  }

  private static func damage(_ rows: [Substring]) -> String? {
    for row in rows {
      let content = row.drop { $0 == " " }
      if content.hasPrefix("...Full output truncated") {
        return "pytest cut the message to a few lines; it shows all with -vv or where CI is set."
      }
      if row.dropFirst(2) == hidden || content == hidden {
        return "syrupy compared and showed only 100 lines after the first difference."
      }
      if row.utf8.count >= 1000 { return "syrupy cuts lines at 1,000 characters." }
      if row.hasPrefix("+"), hasControlMark(row) {
        return "The report writes control characters as #x.., which cannot be told from text."
      }
    }
    return nil
  }

  private static func hasControlMark(_ row: Substring) -> Bool {
    let bytes = Array(row.utf8)
    guard bytes.count >= 4 else { return false }
    func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte || 0x41...0x46 ~= byte }
    return (0...(bytes.count - 4)).contains {
      bytes[$0] == 0x23 && bytes[$0 + 1] == 0x78 && isDigit(bytes[$0 + 2]) && isDigit(bytes[$0 + 3])
    }
  }

  private static func parts(_ rows: [Substring]) -> [Part] {
    var parts: [Part] = []
    var place = 0
    while place < rows.count {
      let start = place
      while place < rows.count, !isChange(rows[place]) { place += 1 }
      if place > start { parts.append(context(Array(rows[start..<place]))) }
      var (minus, plus): ([Substring], [Substring]) = ([], [])
      while place < rows.count, isChange(rows[place]) {
        if rows[place].first == "-" {
          minus.append(rows[place].dropFirst(2))
        } else {
          plus.append(rows[place].dropFirst(2))
        }
        place += 1
      }
      if !minus.isEmpty || !plus.isEmpty { parts.append(.change(minus: minus, plus: plus)) }
    }
    return parts
  }

  private static func isChange(_ row: Substring) -> Bool {
    row.hasPrefix("- ") || row.hasPrefix("+ ") || row == "-" || row == "+"
  }

  /// A block of more than two lines shows its first, a mark and its last: three rows always have the mark in the middle.
  private static func context(_ rows: [Substring]) -> Part {
    if rows.count == 3, rows[1].drop(while: { $0 == " " }) == "..." {
      return .context([rows[0].dropFirst(2), rows[2].dropFirst(2)], isFolded: true)
    }
    return .context(rows.map { $0.dropFirst(2) }, isFolded: false)
  }
}
