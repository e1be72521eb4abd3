/// What the end of a job's log tells when the job went wrong: the reports may know nothing of it.
struct JobLogEnd: Equatable {
  /// What the service says, as a clause: `the job exited with status 1`.
  private(set) var words: String?
  /// Whether that tells of tests that did not run: the job was cut off, whatever failed before.
  private(set) var isCut = false
  /// The exit status, where the words are of one.
  private(set) var status: Int?
  /// Whether make says that its target failed: its exit status is 2 whatever the command's was.
  private(set) var isMake = false
  /// What pytest says of tests that it did not run: `Interrupted: 2 errors during collection`.
  private(set) var interruption: String?

  /// The sentences by the byte that their lines begin with.
  private static let sentences = Dictionary(grouping: JobLogSentence.all) { $0.start.utf8.first ?? 0 }

  /// Reads the last bytes of a log.
  init(_ bytes: [UInt8]) {
    let lines = Self.withoutZeros(bytes).split(separator: 0x0A).map { JobLogLine($0).text }.filter { !$0.isEmpty }
    var rank = 4
    for (place, line) in lines.reversed().enumerated() where rank > 0 {
      guard let first = line.first, let candidates = Self.sentences[first] else { continue }
      for sentence in candidates where place < sentence.reach {
        if take(sentence, line, better: &rank) { break }
      }
    }
    interruption = PytestEnd(lines).interruption
    isMake = lines.suffix(40).contains { $0.starts(with: "make: *** [".utf8) || $0.starts(with: "make[".utf8) }
  }

  /// Windows tools write logs of two bytes a letter; the services' own sentences are ASCII.
  private static func withoutZeros(_ bytes: [UInt8]) -> [UInt8] {
    bytes.prefix(4096).contains(0) ? bytes.filter { $0 != 0 } : bytes
  }

  /// Takes a line that says a sentence, unless a surer one was met; true when the line says it.
  private mutating func take(_ sentence: JobLogSentence, _ line: ArraySlice<UInt8>, better rank: inout Int) -> Bool {
    guard line.starts(with: sentence.start.utf8),
      let rest = Self.behind(sentence.inside, in: line.dropFirst(sentence.start.utf8.count))
    else { return false }
    switch sentence.meaning {
    case .cut(let words):
      // A job that runs out of time is cancelled for it, and says so last.
      let own = words == JobLogSentence.cancelled ? 1 : 0
      if rank > own { (self.words, isCut, status, rank) = (words, true, nil, own) }
    case .status:
      guard let number = Self.number(rest, isWhole: sentence.reach <= JobLogSentence.lastLines), number != 0 else {
        return false
      }
      if rank > 2 { (self.words, status, rank) = ("the job exited with status \(number)", number, 2) }
    case .failed(let words):
      if rank > 3 { (self.words, rank) = (words, 3) }
    }
    return true
  }

  /// What follows a text; nil where it does not occur.
  private static func behind(_ text: String, in line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    if text.isEmpty { return line }
    let wanted = Array(text.utf8)
    guard line.count >= wanted.count else { return nil }
    var found: ArraySlice<UInt8>?
    for start in line.indices.dropLast(wanted.count - 1) where line[start] == wanted[0] {
      if line[start...].starts(with: wanted) { found = line[(start + wanted.count)...] }
    }
    return found
  }

  /// The number that a text begins with, in quotation marks or not; `isWhole` asks for nothing behind it.
  private static func number(_ text: ArraySlice<UInt8>, isWhole: Bool) -> Int? {
    let rest = text.drop { $0 == 0x20 || $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "\"") }
    let isNegative = rest.first == UInt8(ascii: "-")
    let digits = (isNegative ? rest.dropFirst() : rest).prefix(10).prefix { (0x30...0x39).contains($0) }
    if isWhole, rest[digits.endIndex...].contains(where: { $0 != UInt8(ascii: ".") }) { return nil }
    return Int(String(decoding: digits, as: UTF8.self)).map { isNegative ? -$0 : $0 }
  }
}
