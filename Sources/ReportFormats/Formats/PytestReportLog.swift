internal import DataSyntax
package import TriageModel

/// pytest's report-log (`--report-log`, plugin pytest-reportlog 1.0): a line of JSON an event, in the order of events.
///
/// It has what the other pytest reports lose: exact node ids, every rerun with its own failure, expected failures that
/// passed. Set-up, call and tear-down of an attempt are joined by node id and worker, since workers interleave. Lines of
/// unknown types are left alone. A log without `SessionFinish` is of a job that crashed: a damage.
package enum PytestReportLog: ReportFormat {
  package static let id = "pytest-reportlog"
  package static let title = "pytest report-log"
  package static let richness = 3
  package static let names = ReportNames(
    endings: ["json", "jsonl", "ndjson"], meant: ["reportlog.json*"], usualPaths: ["reportlog.jsonl"])
  package static let marks = ReportMarks(times: ["\"start\""], tests: ["\"nodeid\""])

  package static func recognises(_ head: ReportHead) -> Bool {
    head.bytes.withUnsafeBytes { bytes in
      guard let first = bytes.first(where: { !XMLBytes.isSpace($0) }) else {
        return head.name.contains("reportlog") && head.name.contains(".json")
      }
      return first == 0x7B && XMLBytes.range(of: "\"$report_type\"", in: bytes) != nil
    }
  }

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    var reader = ReportLogReader(builder: builder, path: input.path)
    builder = TestTableBuilder()
    reader.read(input)
    let result = reader.finish()
    builder = reader.builder
    return result
  }
}

/// Puts the lines of a report-log together.
private struct ReportLogReader {
  var builder: TestTableBuilder
  private let path: String
  private var result = ReportResult()
  /// Attempts whose tear-down has not come, by worker and node id, with a number that grows in the order they began.
  private var open: [String: (attempt: PytestAttempt, number: Int)] = [:]
  private var begun = 0
  /// The key in `open` of the newest attempt at a test, by node id.
  private var newestKey: [String: String] = [:]
  private var collection = PytestCollection()
  private var lineCount = 0
  private var isFinished = false
  private var isBlank = true

  init(builder: consuming TestTableBuilder, path: String) {
    self.builder = builder
    self.path = path
  }

  mutating func read(_ input: ReportInput) {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { block.deallocate() }
    do throws(ByteSourceError) {
      var lines = LineReader(try input.open(), block: block)
      var told = 0
      while let line = try lines.next() {
        lineCount = line.number
        read(line)
        if lines.byteCount - told >= 1 << 20 {
          told = lines.byteCount
          if !input.progress(told, builder.table) {
            lose("reading was stopped", line: line.number)
            isFinished = true
            return
          }
        }
      }
      if let line = lines.longLine { lose("a line is longer than \(LineReader.longestLine) bytes", line: line) }
    } catch {
      lose(error.description, line: lineCount)
    }
  }

  private mutating func read(_ line: LineReader.Line) {
    if line.bytes.withUnsafeBytes(XMLBytes.isBlank) { return }
    isBlank = false
    do throws(JSONError) {
      add(try ReportLogEntry(line))
    } catch {
      lose(
        line.isWhole ? "not a line of a report-log: \(error.cause.words)" : "the last line is cut", line: line.number)
    }
  }

  private mutating func add(_ entry: ReportLogEntry) {
    switch entry.kind {
    case .testReport, .subtestReport, .subTestReport: addTest(entry)
    case .collectReport: addCollection(entry)
    case .sessionFinish:
      isFinished = true
      result.exitCode = entry.exitStatus
    case .sessionStart, .other: break
    }
  }

  private mutating func addTest(_ entry: ReportLogEntry) {
    if builder.report.startedAt == nil, let start = entry.start {
      builder.report.startedAt = Timestamp(seconds: start)
    }
    let isPhase = ["setup", "call", "teardown"].contains(entry.phase)
    var key = entry.worker + "\n" + entry.nodeID
    // A worker that crashed is told of by the controller, once, for a phase nobody knows.
    if !isPhase, let known = newestKey[entry.nodeID] { key = known }
    newestKey[entry.nodeID] = key
    begun += 1
    var (attempt, number) = open[key] ?? (PytestAttempt(nodeID: entry.nodeID), begun)
    if entry.kind == .testReport { entry.add(to: &attempt) } else { entry.addPart(to: &attempt) }
    open[key] = (attempt, number)
    if entry.phase == "teardown" || !isPhase { close(key) }
  }

  private mutating func close(_ key: String) {
    guard let attempt = open.removeValue(forKey: key)?.attempt else { return }
    if newestKey[attempt.nodeID] == key { newestKey[attempt.nodeID] = nil }
    result.caseCount += 1
    if attempt.hasLongText { result.warnOfLongText() }
    builder.add(attempt.record(in: &builder))
  }

  /// A module that could not be collected, or was skipped as a whole.
  private mutating func addCollection(_ entry: ReportLogEntry) {
    guard entry.outcome == "failed" || entry.outcome == "skipped", let fault = PytestLongRepr.fault(entry.longRepr)
    else { return }
    collection.add(entry.nodeID, entry.outcome, fault, to: &builder)
  }

  private mutating func lose(_ cause: String, line: Int?) {
    if result.damages.count < 100 { result.damages.append(Damage(path: path, line: line, cause: cause)) }
  }

  /// Ends the log: attempts whose tear-down never came are kept, errored when nothing is known of their call.
  mutating func finish() -> ReportResult {
    for (key, (attempt, _)) in open.sorted(by: { $0.value.number < $1.value.number }) {
      if attempt.outcome == nil {
        var fault = PytestAttempt.Fault()
        fault.message = "the report ends inside this test"
        open[key]?.attempt.add(phase: "setup", outcome: "failed", fault: fault, expectedReason: nil)
      }
      close(key)
    }
    if isBlank, result.damages.isEmpty {
      lose("the report is empty", line: nil)
    } else if !isFinished {
      lose("the session never finished", line: lineCount)
    }
    return result
  }
}
