internal import RunArtifacts
internal import TriageModel

/// What the logs of a run say at their ends.
struct JobLogs {
  /// A log and what its end says.
  struct Log {
    let path: String
    let end: JobLogEnd
  }

  /// The first log whose end tells of a failure, one that was cut off before one that failed.
  private(set) var ending: Log?
  /// The first log in which pytest says that it stopped before all tests ran.
  private(set) var interruption: Log?
  /// Whether make ran the job.
  private(set) var isMake = false
  /// How long the job took, by the times of its logs' lines, else by what the test tool says at its end.
  var took: RunTime? {
    if let first, let last, first < last {
      return RunTime(seconds: Double(last.milliseconds - first.milliseconds) / 1000, by: .job)
    }
    return tests.flatMap { RunTime(seconds: $0, by: .tests) }
  }
  private var first: Timestamp?
  private var last: Timestamp?
  private var tests: Double?
  /// Logs that could not be looked at to their end, a sentence each.
  private(set) var warnings: [String] = []

  /// Bytes that are looked at from a log's end.
  private static let tail = 1 << 16
  /// Bytes that are looked at from its beginning.
  private static let head = 1 << 12
  /// Logs that are looked at in one run.
  private static let most = 200

  init(_ files: [RunFile]) {
    let logs = files.filter { $0.kind == .log }
    for file in logs.prefix(Self.most) { take(file) }
    if logs.count > Self.most {
      warnings.append("\(logs.count - Self.most) more logs were not looked at for how the job ended")
    }
  }

  private mutating func take(_ file: RunFile) {
    do throws(ByteSourceError) {
      let excerpt = try FileExcerpt.tail(of: file.location, count: Self.tail)
      if let damage = excerpt.damage { warnings.append("\(file.path) cannot be read to its end: \(damage)") }
      let end = JobLogEnd(excerpt.bytes)
      isMake = isMake || end.isMake
      if end.words != nil, ending == nil || end.isCut && ending?.end.isCut == false {
        ending = Log(path: file.path, end: end)
      }
      takeTimes(of: file, excerpt.bytes, end)
      if end.interruption != nil, interruption == nil { interruption = Log(path: file.path, end: end) }
    } catch {
      warnings.append("\(file.path) cannot be read: \(error)")
    }
  }
}

extension JobLogs {
  /// Takes when the first and the last line of a log were written; logs of several jobs go from the first to the last.
  private mutating func takeTimes(of file: RunFile, _ tail: [UInt8], _ end: JobLogEnd) {
    if let seconds = end.testSeconds { tests = max(tests ?? 0, seconds) }
    guard let last = LogClock.last(in: tail),
      let head = try? FileExcerpt.head(of: file.location, count: Self.head), let first = LogClock.first(in: head.bytes)
    else { return }
    self.first = min(self.first ?? first, first)
    self.last = max(self.last ?? last, last)
  }
}

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
  /// The seconds that pytest's last summary tells.
  private(set) var testSeconds: Double?

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
    let pytest = PytestEnd(lines)
    interruption = pytest.interruption
    testSeconds = pytest.seconds
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

/// What pytest says when it stops before all tests ran: a line between exclamation marks, right before its summary.
///
/// A test of a pytest plugin prints such lines too, captured inside of the session that runs it: those do not count.
struct PytestEnd {
  /// The words between the marks; nil when no session of the log stopped early.
  private(set) var interruption: String?
  /// The seconds of the last session that is no test of a plug-in's; nil when none ended.
  private(set) var seconds: Double?

  init(_ lines: [ArraySlice<UInt8>]) {
    var open = 0
    var stopped: String?
    for line in lines {
      if Self.isStart(line) {
        open += 1
        stopped = nil
      } else if let words = Self.words(of: line) {
        stopped = words
      } else if let seconds = Self.secondsOfSummary(line) {
        if open < 2 { self.seconds = seconds }
        if open < 2, let stopped { interruption = stopped }
        stopped = nil
        open = max(0, open - 1)
      }
    }
    // A log that breaks off behind the line has no summary.
    if open < 2, let stopped { interruption = stopped }
  }

  private static func isStart(_ line: ArraySlice<UInt8>) -> Bool {
    line.starts(with: "===".utf8) && text(line, between: UInt8(ascii: "=")) == "test session starts"
  }

  /// `!!!!!!!! Interrupted: 1 error during collection !!!!!!!!`
  private static func words(of line: ArraySlice<UInt8>) -> String? {
    guard line.count < 400, line.starts(with: "!!!".utf8), line.last == UInt8(ascii: "!") else { return nil }
    let words = text(line, between: UInt8(ascii: "!"))
    return words.isEmpty ? nil : words
  }

  /// The seconds of `=== 1 failed, 3 passed in 0.12s ===`, and of the same without the frame; nil for any other line.
  private static func secondsOfSummary(_ line: ArraySlice<UInt8>) -> Double? {
    guard line.count < 400 else { return nil }
    let words = text(line, between: UInt8(ascii: "=")).split(separator: " ")
    guard let place = words.lastIndex(of: "in"), place > 0, place + 1 < words.count else { return nil }
    let time = words[place + 1]
    guard time.hasSuffix("s"), time.first?.isNumber == true, words[0].first?.isNumber == true || words[0] == "no" else {
      return nil
    }
    return Double(time.dropLast())
  }

  private static func text(_ line: ArraySlice<UInt8>, between mark: UInt8) -> String {
    let rest = line.drop { $0 == mark || $0 == 0x20 }
    let end = rest.lastIndex { $0 != mark && $0 != 0x20 }.map { $0 + 1 } ?? rest.startIndex
    return String(decoding: rest[..<end], as: UTF8.self)
  }
}
