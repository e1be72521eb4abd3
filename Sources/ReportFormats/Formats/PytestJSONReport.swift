internal import DataSyntax
package import TriageModel

/// The one JSON object of pytest-json-report 1.5 (`--json-report`).
///
/// It is read token by token; of its tests only one at a time is a tree. A rerun test has the phases of its last attempt
/// alone and `rerun` as its outcome even when that attempt passed, so the outcome is taken from the phases, and a pass
/// gets one failed attempt before it of which the report knows nothing more. Of a test that failed in the end the
/// report does not say how many attempts there were.
package enum PytestJSONReport: ReportFormat {
  package static let id = "pytest-json-report"
  package static let title = "pytest-json-report"
  package static let richness = 2
  package static let names = ReportNames(
    endings: ["json"], meant: ["report.json", ".report.json"], usualPaths: [".report.json", "report.json"],
    hidden: [".report.json"])
  package static let marks = ReportMarks(times: ["\"created\""], tests: ["\"nodeid\""])
  package static let signs: [FormatSign] = [
    .object(["created", "exitcode"]), .object(["created", "duration", "root"]),
  ]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    var reader = JSONReportReader(builder: builder, input: input)
    builder = TestTableBuilder()
    let result = reader.read()
    builder = reader.builder
    return result
  }
}

/// Reads the object's keys in the order they come.
private struct JSONReportReader {
  var builder: TestTableBuilder
  private let input: ReportInput
  private var result = ReportResult()
  private var collection = PytestCollection()
  /// Tests whose last word is a subtest's.
  private var subtestCount = 0
  private var isStopped = false

  init(builder: consuming TestTableBuilder, input: ReportInput) {
    self.builder = builder
    self.input = input
  }

  mutating func read() -> ReportResult {
    do throws(ByteSourceError) {
      let blocks = JSONBlocks(try input.open())
      var tokenizer = JSONTokenizer(more: blocks.append)
      do throws(JSONError) {
        try readObject(&tokenizer, blocks)
        _ = try tokenizer.next()
      } catch {
        let isEmpty = error.offset == 0 && blocks.byteCount == 0
        lose(blocks.error?.description ?? (isEmpty ? "the report is empty" : error.cause.words), line: error.line)
      }
    } catch {
      lose(error.description, line: 0)
    }
    if subtestCount > 0, result.exitCode != 0 {
      let tests = subtestCount == 1 ? "a test" : "\(subtestCount) tests"
      result.warnings.append("pytest-json-report does not say whether a subtest of \(tests) failed, or a rerun")
    }
    return result
  }

  private mutating func lose(_ cause: String, line: Int) {
    result.damages.append(Damage(path: input.path, line: line == 0 ? nil : line, cause: cause))
  }

  private mutating func readObject(_ tokenizer: inout JSONTokenizer, _ blocks: JSONBlocks) throws(JSONError) {
    guard try tokenizer.next() == .beginObject else {
      throw JSONError(cause: .expected("an object"), line: tokenizer.line, offset: tokenizer.offset)
    }
    while !isStopped, try tokenizer.next() == .key {
      switch tokenizer.text {
      case "tests":
        try readArray(&tokenizer) { reader, test in
          reader.addTest(test)
          reader.tellProgress(blocks)
        }
      case "collectors": try readArray(&tokenizer) { $0.addCollector($1) }
      case "exitcode": result.exitCode = try JSONValue(from: &tokenizer).int
      case "created": created(try JSONValue(from: &tokenizer).double)
      case "duration": duration(try JSONValue(from: &tokenizer).double)
      default: try tokenizer.skipValue()
      }
    }
  }

  private mutating func readArray(
    _ tokenizer: inout JSONTokenizer, _ body: (inout JSONReportReader, JSONValue) -> Void
  ) throws(JSONError) {
    guard try tokenizer.next() == .beginArray else { return }
    let depth = tokenizer.depth
    while !isStopped {
      let value = try JSONValue(from: &tokenizer)
      if tokenizer.depth < depth { return }
      body(&self, value)
    }
  }

  private mutating func tellProgress(_ blocks: JSONBlocks) {
    guard blocks.byteCount - blocks.told >= 1 << 20 else { return }
    blocks.told = blocks.byteCount
    if !input.progress(blocks.told, builder.table) {
      isStopped = true
      lose("reading was stopped", line: 0)
    }
  }

  /// `created` is when the report was written; the tests began `duration` earlier.
  private mutating func created(_ seconds: Double?) {
    if let seconds { builder.report.startedAt = Timestamp(seconds: seconds) }
  }

  private mutating func duration(_ seconds: Double?) {
    guard let seconds, seconds >= 0, seconds < 1e9, let end = builder.report.startedAt else { return }
    builder.report.startedAt = Timestamp(milliseconds: end.milliseconds - Int64(seconds * 1000))
  }

  private mutating func addCollector(_ value: JSONValue) {
    guard let outcome = value["outcome"]?.string, outcome == "failed" || outcome == "skipped",
      let nodeID = value["nodeid"]?.string, let longRepr = value["longrepr"],
      let fault = PytestLongRepr.fault(longRepr)
    else { return }
    collection.add(nodeID, outcome, fault, to: &builder)
  }

  private mutating func addTest(_ value: JSONValue) {
    guard let nodeID = value["nodeid"]?.string else { return }
    result.caseCount += 1
    var attempt = PytestAttempt(nodeID: nodeID)
    let outcome = value["outcome"]?.string ?? ""
    attempt.setLine(fromZero: value["lineno"]?.int)
    for phase in Self.phases(of: value) {
      if let said = value[phase] { add(phase: phase, said, outcome, to: &attempt) }
    }
    attempt.settle(saying: outcome)
    if outcome.hasPrefix("subtest") { subtestCount += 1 }
    for property in value["user_properties"]?.array ?? [] {
      for member in property.members ?? [] {
        attempt.properties.append((member.key, ReportLogEntry.text(member.value)))
      }
    }
    attempt.keywords = (value["keywords"]?.array ?? []).compactMap(\.string)
    if attempt.hasLongText { result.warnOfLongText() }
    let record = attempt.record(in: &builder)
    if outcome == "rerun", record.outcome == .passed {
      var earlier = AttemptRecord(suite: record.suite, name: record.name, outcome: .failed)
      earlier.line = record.line
      builder.add(earlier)
    }
    builder.add(record)
  }

  /// The phases in their order, those that pytest does not know last: of a worker that crashed xdist tells as `???`.
  private static func phases(of test: JSONValue) -> [String] {
    let known = ["setup", "call", "teardown"]
    let others = (test.members ?? []).filter { $0.value["outcome"]?.string != nil && !known.contains($0.key) }
    return known + others.map(\.key)
  }

  private func add(phase: String, _ value: JSONValue, _ outcome: String, to attempt: inout PytestAttempt) {
    attempt.add(seconds: value["duration"]?.double)
    let isExpected = (outcome == "xfailed" || outcome == "xpassed") && phase == "call"
    let isExpectedInSetUp = outcome == "xfailed" && phase == "setup"
    attempt.add(
      phase: phase, outcome: value["outcome"]?.string ?? "", fault: fault(value),
      expectedReason: isExpected || isExpectedInSetUp ? "" : nil)
    attempt.add(section: "Captured stdout", value["stdout"]?.string ?? "")
    attempt.add(section: "Captured stderr", value["stderr"]?.string ?? "")
    let log = (value["log"]?.array ?? []).map { record in
      "\(record["levelname"]?.string ?? "") \(record["name"]?.string ?? ""): \(record["msg"]?.string ?? "")\n"
    }
    attempt.add(section: "Captured log \(phase)", log.joined())
  }

  private func fault(_ value: JSONValue) -> PytestAttempt.Fault? {
    let details = value["longrepr"]?.string ?? ""
    guard let crash = value["crash"] else {
      return details.isEmpty ? nil : PytestLongRepr.fault(.string(details))
    }
    var fault = PytestAttempt.Fault()
    fault.message = crash["message"]?.string ?? ""
    fault.details = details
    let last = value["traceback"]?.array?.last
    if let type = last?["message"]?.string, PytestLongRepr.isTypeName(type) { fault.type = type }
    fault.locate()
    if fault.file.isEmpty {
      fault.file = (last ?? crash)["path"]?.string ?? ""
      fault.line = (last ?? crash)["lineno"]?.int ?? 0
    }
    return fault
  }
}

extension PytestAttempt {
  /// Takes the test's own outcome where its phases said nothing, or less: a failure is never lost.
  fileprivate mutating func settle(saying said: String) {
    switch said {
    case "failed", "error":
      if outcome?.isFailing == true { return }
      var fault = Fault()
      fault.message = "the report calls the test \(said), and tells of no phase that was"
      add(phase: "call", outcome: said, fault: fault, expectedReason: nil)
    case "skipped" where outcome == nil: settle(.skipped)
    case "xfailed" where outcome == nil: settle(.expectedFailure)
    case "xpassed" where outcome == nil: settle(.unexpectedPass)
    default: break
    }
  }
}
