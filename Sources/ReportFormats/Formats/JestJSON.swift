internal import DataSyntax
package import TriageModel

/// What `jest --json` and vitest's JSON reporter write: an object of files with their tests.
///
/// A file that could not be loaded has no tests and a message: it is a failure of its own. A test that was retried tells
/// how often, and in newer versions why.
package enum JestJSON: ReportFormat {
  package static let id = "jest-json"
  package static let title = "jest or vitest JSON"
  package static let richness = 20
  package static let names = ReportNames(
    endings: ["json"], usualPaths: ["jest-results*.json", "jest-report*.json", "vitest-results*.json"],
    hidden: [".vitest"])
  package static let marks = ReportMarks(times: ["\"startTime\""], tests: ["\"fullName\""])
  package static let signs: [FormatSign] = [
    .object(["testResults"]), .object(["numTotalTests"]), .object(["numFailedTests"]), .object(["numPassedTests"]),
  ]

  package static func recognises(_ head: ReportHead) -> Bool {
    // What verifiers of pacts publish has results of that name too.
    signs.contains { head.sight.shows($0) } && !head.sight.shows(.object(["providerApplicationVersion"]))
  }

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    JestReader.read(input, into: &builder)
  }
}

private struct JestReader: JSONUnitReader {
  var writer: CaseWriter
  static let units = [
    "testResults", "numTotalTests", "numFailedTests", "numRuntimeErrorTestSuites", "startTime", "success",
    "wasInterrupted",
  ]

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(_ path: String, _ node: JSONNode) {
    switch path {
    case "testResults": readFile(node)
    case "numTotalTests": writer.declare(tests: node.int)
    case "numFailedTests": writer.declare(failing: node.int)
    case "startTime": writer.start(milliseconds: node.double)
    case "success": if node.kind == .false { writer.declaresFailure = true }
    case "wasInterrupted": if node.isTrue { writer.lose("the tests were interrupted", 0) }
    case "numRuntimeErrorTestSuites": if node.int ?? 0 > 0 { writer.declaresFailure = true }
    default: break
    }
  }

  private mutating func readFile(_ file: JSONNode) {
    let path = writer.file(file["name"].bytes)
    var hasFailure = false
    for test in file["assertionResults"] { if read(test, path) { hasFailure = true } }
    guard !hasFailure, file["status"].says("failed") else { return }
    var record = writer.suiteFailure(suite: Array("Test suite failed to run".utf8)[...], name: path.bytes)
    record.file = path.text
    writer.fail(&record, as: .errored, details: Self.reason(file["message"].bytes))
    writer.add(record)
  }

  /// What a file could not be loaded for, without the heading over it.
  private static func reason(_ message: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let line = message.prefix { $0 != 0x0A }
    guard line.withUnsafeBytes({ XMLBytes.range(of: "Test suite failed to run", in: $0) }) != nil else {
      return message
    }
    return message.dropFirst(line.count).drop { $0 == 0x0A || $0 == 0x0D }
  }

  /// Reads a test; whether it failed.
  private mutating func read(_ test: JSONNode, _ file: CaseWriter.File) -> Bool {
    var titles: [UInt8] = []
    for title in test["ancestorTitles"] { titles += (titles.isEmpty ? [] : [0x20]) + title.bytes }
    let name = test["title"].exists ? test["title"].bytes : test["fullName"].bytes
    var record = writer.record(suite: titles[...], name: name)
    record.file = file.text
    record.line = UInt32(clamping: test["location"]["line"].int ?? 0)
    if let milliseconds = test["duration"].double { record.setDuration(milliseconds / 1000) }
    writer.settle(&record, saying: test["status"].bytes)
    if test["status"].says("todo") { record.note = writer.builder.text("todo") }
    if record.outcome.isFailing {
      for message in test["failureMessages"] { writer.fail(&record, details: message.bytes) }
      for tag in test["tags"] { writer.tag(&record, "tag", tag.bytes) }
    }
    writer.add(earlier(test, record) + [record])
    return record.outcome.isFailing
  }

  /// The attempts before the last: as many as it says, each with its reason where there is one.
  private mutating func earlier(_ test: JSONNode, _ record: AttemptRecord) -> [AttemptRecord] {
    let reasons = Array(test["retryReasons"])
    let count = min(max(reasons.count, (test["invocations"].int ?? 1) - 1), 100)
    guard count > 0 else { return [] }
    return (0..<count).map { number in
      var attempt = record
      (attempt.outcome, attempt.failures, attempt.duration) = (.failed, [], .nan)
      if number < reasons.count { writer.fail(&attempt, details: reasons[number].bytes) }
      return attempt
    }
  }

  mutating func finish() {}
}
