internal import TriageModel

/// Adds the tests of one report to a table: what the readers of all formats but JUnit's and pytest's share.
///
/// It keeps text as bytes, finds the reason and the place of a failure, and compares what the report declares of itself
/// with what it holds.
struct CaseWriter {
  /// Numbers that a report declares of itself, or holds.
  private struct Numbers {
    var tests = 0
    var failing = 0
    /// What failed outside of tests.
    var suites = 0
  }

  /// What is said of a report with nothing in it.
  static let empty = "the report is empty"
  private static let mostDamages = 100

  var builder: TestTableBuilder
  var result = ReportResult()
  /// The line being read, where lines mean something.
  var line = 0
  private(set) var isStopped = false
  /// The file being read.
  var path: String
  private let input: ReportInput
  private var told = 0
  private var held = Numbers()
  /// How the test of the last record has ended so far.
  private var last: (outcome: Outcome, kind: ItemKind)?
  /// Whether the report says of itself as a whole that it failed.
  var declaresFailure = false
  private var lastFile: File?
  private var declaredTests: Int?
  private var declaredFailing: Int?

  init(builder: consuming TestTableBuilder, input: ReportInput) {
    self.builder = builder
    self.input = input
    path = input.path
  }

  // MARK: - The report

  /// Notes a loss.
  mutating func lose(_ cause: String, _ line: Int) {
    guard result.damages.count < Self.mostDamages else { return }
    result.damages.append(Damage(path: path, line: line == 0 ? nil : line, cause: cause))
  }

  /// Adds what mending a file had to say.
  mutating func take(_ mended: ReportResult, isStopped: Bool) {
    result.damages += mended.damages.prefix(max(Self.mostDamages - result.damages.count, 0))
    result.warnings += mended.warnings
    if isStopped { self.isStopped = true }
  }

  /// Tells about once a megabyte how far reading has come.
  mutating func tellProgress(_ bytes: Int) {
    guard bytes - told >= 1 << 20, !isStopped else { return }
    told = bytes
    if input.progress(bytes, builder.table) { return }
    isStopped = true
    lose("reading was stopped", line)
  }

  /// Takes the earliest of the times that the report states as its start.
  mutating func start(_ time: Timestamp?) {
    guard let time, time.isTrusted, builder.report.startedAt.map({ time < $0 }) ?? true else { return }
    builder.report.startedAt = time
  }

  /// Takes a time in ISO 8601.
  mutating func start(iso text: ArraySlice<UInt8>) {
    if !text.isEmpty { start(Timestamp(iso8601: String(decoding: text.prefix(40), as: UTF8.self))) }
  }

  /// Takes a time in milliseconds since 1970.
  mutating func start(milliseconds: Double?) {
    if let milliseconds { start(Timestamp(seconds: milliseconds / 1000)) }
  }

  /// The files that lie beside the report.
  var beside: FilesBeside { input.beside }

  /// Whether the repository has a file.
  func repositoryHas(_ path: String) -> Bool { input.repositoryHas(path) }

  /// A file that a test lies in, below the repository where that has it.
  struct File {
    fileprivate let written: ArraySlice<UInt8>
    let bytes: ArraySlice<UInt8>
    let text: TextRef
  }

  /// A path as a report writes it: those of a machine lose what lies before the repository.
  mutating func file(_ path: ArraySlice<UInt8>) -> File {
    if let lastFile, lastFile.written == path { return lastFile }
    var kept = path.starts(with: "./".utf8) ? path.dropFirst(2) : path
    if path.starts(with: "file:///".utf8) { kept = path.dropFirst(7) }
    if kept.first == UInt8(ascii: "/") || kept.dropFirst().first == UInt8(ascii: ":") {
      var parts = kept.split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }.dropFirst().suffix(20)
      while !parts.isEmpty {
        let tail = parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
        if input.repositoryHas(tail) {
          kept = Array(tail.utf8)[...]
          break
        }
        parts = parts.dropFirst()
      }
    }
    let file = File(written: Array(path)[...], bytes: Array(kept)[...], text: text(kept))
    lastFile = file
    return file
  }

  /// Adds numbers that the report declares of itself: how many tests it holds, and how many of them fail.
  mutating func declare(tests: Int? = nil, failing: Int? = nil) {
    if let tests { declaredTests = (declaredTests ?? 0) &+ tests }
    if let failing { declaredFailing = (declaredFailing ?? 0) &+ failing }
  }

  /// Compares what is declared with what was read.
  mutating func finish() {
    settleLast()
    if !result.damages.isEmpty { return }
    if declaresFailure, held.failing + held.suites == 0 {
      lose("it says that it failed and holds no failing test", 0)
    } else if let failing = declaredFailing, failing > held.failing + held.suites {
      lose("it declares \(failing) failing tests and holds \(held.failing)", 0)
    } else if let tests = declaredTests, tests > held.tests + held.suites {
      lose("it declares \(tests) tests and holds \(held.tests)", 0)
    } else if let tests = declaredTests, tests < held.tests {
      result.warnings.append("declares \(tests) tests but has \(held.tests)")
    }
  }

  // MARK: - Tests

  /// Adds an attempt at a test.
  mutating func add(_ record: AttemptRecord) {
    builder.add(record)
    switch record.duplicate {
    case .sameTest:
      let outcome = last?.outcome.followed(by: record.outcome)
      last?.outcome = outcome ?? record.outcome
    case .samePart:
      if let outcome = last?.outcome, record.outcome.severity < outcome.severity { last?.outcome = record.outcome }
    case .attempt, .attemptAfterSilent, .otherTest:
      settleLast()
      last = (record.outcome, record.kind)
      if record.kind == .test { result.caseCount += 1 }
    }
  }

  /// Adds attempts at one test, oldest first.
  mutating func add(_ attempts: [AttemptRecord]) {
    for (place, attempt) in attempts.enumerated() {
      var attempt = attempt
      if place > 0 { attempt.duplicate = .sameTest }
      add(attempt)
    }
  }

  private mutating func settleLast() {
    guard let last else { return }
    if last.kind == .test { held.tests += 1 }
    if last.outcome.isFailing {
      if last.kind == .test { held.failing += 1 } else { held.suites += 1 }
    }
    self.last = nil
  }

  /// A record of a test, which is no retry of one of its name unless the reader says so.
  mutating func record(
    suite: ArraySlice<UInt8>, name: ArraySlice<UInt8>, outcome: Outcome = .passed
  ) -> AttemptRecord {
    let suite = suite.withUnsafeBytes { builder.suite($0) }
    var record = AttemptRecord(
      suite: suite, name: name.isEmpty ? builder.text("(no name)") : text(name), outcome: outcome)
    record.duplicate = .otherTest
    return record
  }

  /// A record of what failed outside of any one test.
  mutating func suiteFailure(suite: ArraySlice<UInt8>, name: ArraySlice<UInt8>) -> AttemptRecord {
    var record = record(suite: suite, name: name, outcome: .errored)
    record.kind = .suite
    return record
  }

  /// Adds a failure to an attempt that failed so, unless it had ended worse; a time limit that was met is one.
  mutating func fail(
    _ record: inout AttemptRecord, as outcome: Outcome = .failed, type: ArraySlice<UInt8> = [],
    message: ArraySlice<UInt8> = [], details: ArraySlice<UInt8> = [], file: ArraySlice<UInt8> = [], line: Int = 0
  ) {
    // What is known to have failed needs no second failure that says nothing.
    if !record.failures.isEmpty, message.isEmpty, details.isEmpty, type.isEmpty { return }
    let message = Self.trimmed(message)
    var fault = JUnitFault(turn: .final, outcome: outcome)
    fault.record.type = plain(type)
    fault.record.message = plain(message)
    fault.record.details = plain(details)
    fault.record.file = text(file)
    fault.record.line = UInt32(clamping: line)
    builder.refine(&fault)
    let isTimeout = type.withUnsafeBytes { type in
      message.withUnsafeBytes { JUnitTimeouts.isTimeout(type: type, message: $0) }
    }
    if isTimeout || details.withUnsafeBytes(JUnitTimeouts.isTimeout(details:)) { fault.outcome = .timedOut }
    // A report may call a test failed that met its time limit.
    let isLimit = fault.outcome == .timedOut && record.outcome == .failed && record.failures.isEmpty
    if isLimit || !record.outcome.isFailing || fault.outcome.severity < record.outcome.severity {
      record.outcome = fault.outcome
    }
    record.failures.append(fault.record)
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let start = bytes.firstIndex { !XMLBytes.isSpace($0) } ?? bytes.endIndex
    let end = bytes.lastIndex { !XMLBytes.isSpace($0) } ?? start
    return start < bytes.endIndex ? bytes[start...end] : []
  }

  /// Adds a failure of which the reader knows no more than a sentence.
  mutating func fail(_ record: inout AttemptRecord, as outcome: Outcome = .errored, saying words: String) {
    fail(&record, as: outcome, message: Array(words.utf8)[...])
  }

  /// Takes a report's word for how an attempt ended; a word that is not known, or none, is an error that says so.
  mutating func settle(_ record: inout AttemptRecord, saying word: ArraySlice<UInt8>) {
    if let outcome = StatusWord.outcome(of: word) {
      record.outcome = outcome
    } else if word.isEmpty {
      fail(&record, saying: "the report does not say how it ended")
    } else {
      let word = String(decoding: word.prefix(100), as: UTF8.self)
      fail(&record, saying: "the report calls it \u{201C}\(word)\u{201D}, which is not known")
    }
  }

  /// Adds a property, unless it says nothing.
  mutating func tag(_ record: inout AttemptRecord, _ name: String, _ value: ArraySlice<UInt8>) {
    if !value.isEmpty { record.properties.append((builder.text(name), plain(value))) }
  }

  /// Adds a property, unless it says nothing.
  mutating func tag(_ record: inout AttemptRecord, _ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) {
    if !value.isEmpty { record.properties.append((text(name), plain(value))) }
  }

  // MARK: - Text

  /// Keeps a name.
  mutating func text(_ bytes: ArraySlice<UInt8>) -> TextRef {
    noteLength(bytes)
    return bytes.withUnsafeBytes { builder.text($0) }
  }

  /// Keeps a text without its colours.
  mutating func plain(_ bytes: ArraySlice<UInt8>) -> TextRef {
    noteLength(bytes)
    return bytes.withUnsafeBytes { builder.plainText($0) }
  }

  /// Keeps what a test printed.
  mutating func output(_ bytes: ArraySlice<UInt8>) -> TextRef {
    noteLength(bytes)
    return bytes.withUnsafeBytes { builder.outputText($0) }
  }

  /// Keeps what a test printed in pieces, and the files it left, as other tools mark them in its output.
  mutating func output(_ pieces: [ArraySlice<UInt8>], attachments: [ArraySlice<UInt8>] = []) -> TextRef {
    var bytes: [UInt8] = []
    for piece in pieces where bytes.count <= TextStore.longestText { bytes += piece }
    for path in attachments where !path.isEmpty {
      if let last = bytes.last, last != 0x0A { bytes.append(0x0A) }
      bytes += "[[ATTACHMENT|".utf8 + path + "]]\n".utf8
    }
    return bytes.isEmpty ? .empty : output(bytes[...])
  }

  private mutating func noteLength(_ bytes: ArraySlice<UInt8>) {
    if bytes.count > TextStore.longestText { result.warnOfLongText() }
  }
}

extension AttemptRecord {
  /// Takes seconds, unless they are none.
  mutating func setDuration(_ seconds: Double?) {
    if let seconds, seconds.isFinite, seconds >= 0, seconds < 1e9 { duration = Float(seconds) }
  }
}

/// The words by which tools say how a test ended, in any letters' case.
enum StatusWord {
  private static let words: [(Outcome, [StaticString])] = [
    (.passed, ["passed", "pass", "ok", "success", "succeeded", "successful", "passedbutrunaborted"]),
    (.failed, ["failed", "fail", "failure", "not ok", "unsuccessful"]),
    (
      .errored,
      [
        "error", "errored", "broken", "aborted", "abort", "crashed", "crash", "interrupted", "cancelled", "canceled",
        "killed", "exception", "disconnected", "inprogress", "incomplete", "undefined", "ambiguous", "terminated",
      ]
    ),
    (.timedOut, ["timeout", "timedout", "timed-out", "timed_out", "timed out"]),
    (
      .skipped,
      [
        "skipped", "skip", "ignored", "pending", "todo", "disabled", "notexecuted", "notrun", "not_run", "not run",
        "notrunnable", "inconclusive", "suppressed", "warning",
      ]
    ),
  ]

  /// The outcome of a word; nil for one that is not known.
  static func outcome(of word: ArraySlice<UInt8>) -> Outcome? {
    word.withUnsafeBytes { word in
      words.first { $0.1.contains { JUnitBytes.equalInAnyCase(word, $0) } }?.0
    }
  }
}
