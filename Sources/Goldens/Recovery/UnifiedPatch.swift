/// A unified difference, as difflib, git and Go write it, and what comes of a file when it is applied.
struct UnifiedPatch {
  /// Why a patch gives no bytes.
  enum Failure: Error, Equatable {
    /// A line reads otherwise than the patch says.
    case disagrees(line: Int)
    /// A hunk does not have as many lines as it says.
    case cut
  }

  private struct Hunk {
    /// The first line it is about, from 0.
    var start: Int
    var oldCount: Int
    var newCount: Int
    /// Each with its sign, ` `, `-` or `+`.
    var lines: [(sign: UInt8, text: [UInt8])] = []
    var added = 0
    var removed = 0

    /// Whether it has all the lines that its head announced.
    var isFull: Bool { lines.count - added >= oldCount && lines.count - removed >= newCount }

    mutating func take(_ line: Substring, _ isReversed: Bool) {
      var sign = line.utf8.first ?? 0x20
      guard sign == 0x20 || sign == 0x2B || sign == 0x2D else { return }
      if isReversed, sign != 0x20 { sign = sign == 0x2B ? 0x2D : 0x2B }
      if sign == 0x2B { added += 1 } else if sign == 0x2D { removed += 1 }
      lines.append((sign, Array(line.utf8.dropFirst())))
    }
  }

  private var hunks: [Hunk] = []

  /// Whether there is nothing in it.
  var isEmpty: Bool { hunks.isEmpty }

  /// Reads the hunks of a text; what stands before the first and behind the last is left out.
  ///
  /// - Parameter isReversed: Whether `-` marks what the run produced (pytest-regtest).
  init(_ text: some Sequence<Substring>, isReversed: Bool = false) {
    for line in text {
      if line.hasPrefix("@@"), let hunk = Self.head(line, isReversed) {
        hunks.append(hunk)
      } else if let last = hunks.indices.last, !hunks[last].isFull {
        hunks[last].take(line, isReversed)
      } else if !hunks.isEmpty, !line.hasPrefix("\\") {
        break
      }
    }
  }

  /// The file after the patch; every line that the patch names must be there, word for word.
  ///
  /// The patch does not tell line ends: new lines get those that the file has, and the last line keeps what it had.
  ///
  /// - Parameter ignoresTrailingBlanks: Whether blanks at the end of a line count as nothing.
  func applied(to file: [UInt8], ignoresTrailingBlanks: Bool = false) throws(Failure) -> [UInt8] {
    let old = EndedLines(file)
    var new: [EndedLines.Line] = []
    var place = 0
    for hunk in hunks {
      guard hunk.isFull else { throw .cut }
      guard hunk.start >= place, hunk.start <= old.lines.count else { throw .disagrees(line: hunk.start + 1) }
      new += old.lines[place..<hunk.start]
      place = hunk.start
      for (sign, text) in hunk.lines {
        if sign == 0x2B {
          new.append(EndedLines.Line(text: text, end: old.usualEnd))
        } else {
          guard place < old.lines.count, Self.isEqual(old.lines[place].text, text, ignoresTrailingBlanks)
          else { throw .disagrees(line: place + 1) }
          if sign == 0x20 { new.append(old.lines[place]) }
          place += 1
        }
      }
    }
    new += old.lines[place...]
    return Self.bytes(new, of: old)
  }

  private static func isEqual(_ left: [UInt8], _ right: [UInt8], _ ignoresTrailingBlanks: Bool) -> Bool {
    if left == right || !ignoresTrailingBlanks { return left == right }
    func end(_ line: [UInt8]) -> ArraySlice<UInt8> {
      line[..<(line.lastIndex { $0 != 0x20 && $0 != 0x09 }.map { $0 + 1 } ?? 0)]
    }
    return end(left) == end(right)
  }

  private static func bytes(_ new: [EndedLines.Line], of old: EndedLines) -> [UInt8] {
    var new = new
    for index in new.indices.dropLast() where new[index].end.isEmpty { new[index].end = old.usualEnd }
    if let last = new.indices.last { new[last].end = old.lines.last.map(\.end) ?? old.usualEnd }
    return new.flatMap { $0.text + $0.end }
  }

  /// `@@ -1,7 +1,4 @@`; a count that is not written is 1, and a start of an empty range counts the line before it.
  private static func head(_ line: Substring, _ isReversed: Bool) -> Hunk? {
    let words = line.split(separator: " ")
    guard words.count >= 3, words[1].hasPrefix("-"), words[2].hasPrefix("+"),
      var old = range(words[1].dropFirst()), var new = range(words[2].dropFirst())
    else { return nil }
    if isReversed { (old, new) = (new, old) }
    let start = old.count == 0 ? old.start : old.start - 1
    return start < 0 ? nil : Hunk(start: start, oldCount: old.count, newCount: new.count)
  }

  private static func range(_ text: Substring) -> (start: Int, count: Int)? {
    let numbers = text.split(separator: ",", maxSplits: 1)
    guard let first = numbers.first, let start = Int(first), (0...1 << 40).contains(start) else { return nil }
    guard numbers.count == 2 else { return (start, 1) }
    guard let count = Int(numbers[1]), (0...1 << 40).contains(count) else { return nil }
    return (start, count)
  }
}

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
