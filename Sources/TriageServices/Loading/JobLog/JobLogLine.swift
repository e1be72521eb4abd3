/// One line of a job's log without what services and terminals put before it: times, colours, marks of the stream.
///
/// Sentences count where they begin a line, so that words which a program under test prints by the way do not.
struct JobLogLine {
  /// What the line says, without blanks around it.
  let text: ArraySlice<UInt8>

  init(_ line: ArraySlice<UInt8>) {
    // A carriage return inside of a line begins it anew on a terminal (Travis, GitLab's sections); one at its end is CR LF.
    let whole = Self.trimmed(Self.withoutEscapes(line))
    let start = whole.lastIndex(of: 0x0D).map { $0 + 1 } ?? whole.startIndex
    var rest = Self.trimmed(whole[start...])
    while let length = Self.leadLength(rest) { rest = Self.trimmed(rest.dropFirst(length)) }
    text = rest
  }

  /// Drops `ESC [ … letter`, which colours and clears.
  private static func withoutEscapes(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard line.contains(0x1B) else { return line }
    var result: [UInt8] = []
    var index = line.startIndex
    while index < line.endIndex {
      guard line[index] == 0x1B else {
        result.append(line[index])
        index += 1
        continue
      }
      index += 1
      guard index < line.endIndex, line[index] == UInt8(ascii: "[") || line[index] == UInt8(ascii: "_") else {
        continue
      }
      // Buildkite's times are application commands: `ESC _ bk;t=1700000000000 BEL`.
      let isCommand = line[index] == UInt8(ascii: "_")
      index += 1
      while index < line.endIndex, isCommand ? line[index] != 0x07 : !(0x40...0x7E).contains(line[index]) { index += 1 }
      index += 1
    }
    return result[...]
  }

  private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let rest = line.drop { $0 <= 0x20 }
    let end = rest.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? rest.startIndex
    return rest[..<end]
  }

  /// The length of a time, a mark of the stream or a sign at the beginning; nil when the line itself begins.
  private static func leadLength(_ line: ArraySlice<UInt8>) -> Int? {
    guard let first = line.first else { return nil }
    if first >= 0x80 { return signLength(line) }
    if first == UInt8(ascii: "[") { return bracketLength(line) }
    return streamMarkLength(line) ?? timeLength(line)
  }

  /// Emoji and byte order marks before the words: `🚨 Error: The command exited …`.
  private static func signLength(_ line: ArraySlice<UInt8>) -> Int? { line.prefix { $0 >= 0x80 }.count }

  /// `[2026-03-02T10:00:00Z]`, `[10:00:01]E:`, `[Step 1/1]`, `[Container]`: a bracket that names a time or a place.
  private static func bracketLength(_ line: ArraySlice<UInt8>) -> Int? {
    guard let close = line.prefix(80).firstIndex(of: UInt8(ascii: "]")) else { return nil }
    let inside = line[(line.startIndex + 1)..<close]
    let isTime = inside.first.map(isDigit) == true && inside.contains(UInt8(ascii: ":"))
    guard isTime || places.contains(where: { inside.starts(with: $0.utf8) }) else { return nil }
    var end = close + 1
    // TeamCity's letter for the kind of message: `[10:00:01]E:`.
    if isTime, end + 1 < line.endIndex, line[end + 1] == UInt8(ascii: ":"), (0x41...0x5A).contains(line[end]) {
      end += 2
    }
    return end - line.startIndex
  }

  private static let places = ["Step ", "Container", "taskcluster", "go", "Pipeline"]

  /// GoCD's `!!|` and Bamboo's `error<tab>`, before their times.
  private static func streamMarkLength(_ line: ArraySlice<UInt8>) -> Int? {
    if line.count > 3, line[line.startIndex + 2] == UInt8(ascii: "|") { return 3 }
    for word in ["simple\t", "error\t", "build\t", "command\t"] where line.starts(with: word.utf8) {
      return word.utf8.count
    }
    return nil
  }

  /// `2026-03-02T10:00:00.0000000Z`, `2026/03/02 10:00:00`, `10:00:00.123`, `02-Mar-2026 10:00:00`, `00O` of a stream.
  private static func timeLength(_ line: ArraySlice<UInt8>) -> Int? {
    guard let first = line.first, isDigit(first) else { return nil }
    let word = line.prefix { $0 > 0x20 }
    let rest = line[word.endIndex...].drop { $0 == 0x20 }
    if hasClock(word) { return word.count }
    // GitLab's `00O`: the number of the section, and which stream.
    if word.count == 3 || word.count == 4, word.dropFirst(2).allSatisfy({ "OE+".utf8.contains($0) }) {
      return word.count
    }
    let isDate = word.count >= 8 && word.filter { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "/") }.count == 2
    let next = rest.prefix { $0 > 0x20 }
    guard isDate, next.first.map(isDigit) == true, hasClock(next) else { return nil }
    return next.endIndex - line.startIndex
  }

  /// Whether a word holds `10:00:01`.
  private static func hasClock(_ word: ArraySlice<UInt8>) -> Bool {
    guard let colon = word.firstIndex(of: UInt8(ascii: ":")), colon >= word.startIndex + 1 else { return false }
    return colon + 3 < word.endIndex && isDigit(word[colon + 1]) && isDigit(word[colon + 2])
      && word[colon + 3] == UInt8(ascii: ":") && isDigit(word[colon - 1])
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
