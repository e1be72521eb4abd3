internal import DataSyntax
package import TriageModel

/// The events of Rust's libtest (`--format json`), and of nextest in its likeness, of one test binary after the other.
///
/// Only nextest says of which binary a test is (`shop::cart$tests::adds#2`: at the second attempt).
package enum LibtestJSON: ReportFormat {
  package static let id = "libtest"
  package static let title = "Rust libtest JSON"
  package static let richness = 16
  package static let names = ReportNames(
    endings: ["json", "jsonl", "ndjson", "out", "log", "txt"], isPrinted: true, usualPaths: ["libtest*.json"])
  package static let marks = ReportMarks(times: [], tests: ["\"name\""])
  package static let signs: [FormatSign] = [.lines(["type", "event"], saying: ["\"suite\""])]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    LibtestReader.read(input, into: &builder)
  }
}

private struct LibtestReader: JSONLineReader {
  var writer: CaseWriter
  let tape = JSONTape()
  /// Tests that began, with a number that grows, and the output of processes that is no event.
  private var open: [[UInt8]: Int] = [:]
  private var begun = 0
  private var openSuites = 0
  private var hasSuite = false

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(text: ArraySlice<UInt8>) {}

  mutating func read(_ event: JSONNode) {
    if event["type"].says("suite") {
      readSuite(event)
    } else if event["type"].says("test") || event["type"].says("bench") {
      readTest(event)
    }
  }

  private mutating func readSuite(_ event: JSONNode) {
    hasSuite = true
    if event["event"].says("started") {
      openSuites += 1
      writer.declare(tests: event["test_count"].int)
      return
    }
    openSuites -= 1
    closeOpen(saying: "the suite ended while it ran")
    let failed = event["failed"].int ?? 0
    writer.declare(failing: failed)
    if !event["event"].says("ok"), failed == 0 { writer.lose("a suite failed without a failing test", writer.line) }
  }

  private mutating func readTest(_ event: JSONNode) {
    let name = event["name"].bytes
    let word = event["event"]
    if word.says("started") {
      begun += 1
      open[Array(name)] = begun
      return
    }
    // A test that takes long is told of while it runs.
    if word.says("timeout") { return }
    open[Array(name)] = nil
    let (suite, test, attempt) = Self.parts(of: name)
    if attempt > 1 { open[Array(name[..<test.endIndex])] = nil }
    var record = writer.record(suite: suite, name: test)
    if event["type"].says("test") { settle(&record, event) }
    record.setDuration(event["exec_time"].double ?? Self.seconds(event["exec_time"]))
    writer.add(earlier(record, count: attempt - 1) + [record])
  }

  private mutating func settle(_ record: inout AttemptRecord, _ event: JSONNode) {
    if event["event"].says("allowed_failure") {
      record.outcome = .expectedFailure
      record.note = writer.plain(event["message"].bytes)
      return
    }
    writer.settle(&record, saying: event["event"].bytes)
    let output = event["stdout"].bytes
    if record.outcome.isFailing {
      let isTimeout = event["reason"].says("time limit exceeded")
      writer.fail(
        &record, as: isTimeout ? .timedOut : .failed, message: event["message"].bytes, details: output)
      if isTimeout { record.outcome = .timedOut }
    } else {
      record.standardOutput = writer.output(output)
      record.note = writer.plain(event["message"].bytes)
    }
  }

  private func earlier(_ record: AttemptRecord, count: Int) -> [AttemptRecord] {
    var attempt = record
    (attempt.outcome, attempt.failures, attempt.duration) = (.failed, [], .nan)
    return Array(repeating: attempt, count: min(max(count, 0), 100))
  }

  /// Binary, test and attempt of a name.
  private static func parts(
    of name: ArraySlice<UInt8>
  ) -> (suite: ArraySlice<UInt8>, test: ArraySlice<UInt8>, attempt: Int) {
    guard let dollar = name.firstIndex(of: UInt8(ascii: "$")) else { return ([], name, 1) }
    let test = name[(dollar + 1)...]
    guard let hash = test.lastIndex(of: UInt8(ascii: "#")),
      let attempt = Int(String(decoding: test[(hash + 1)...], as: UTF8.self))
    else { return (name[..<dollar], test, 1) }
    return (name[..<dollar], test[..<hash], attempt)
  }

  /// `"0.001s"` of older versions.
  private static func seconds(_ text: JSONNode) -> Double? {
    text.string.flatMap { $0.hasSuffix("s") ? Double($0.dropLast()) : nil }
  }

  /// Tests that began and have no end: the program crashed.
  private mutating func closeOpen(saying words: String) {
    for (name, _) in open.sorted(by: { $0.value < $1.value }) {
      let (suite, test, _) = Self.parts(of: name[...])
      var record = writer.record(suite: suite, name: test)
      writer.fail(&record, saying: words)
      writer.add(record)
    }
    open = [:]
  }

  mutating func finish() {
    closeOpen(saying: "the report ends inside this test")
    if openSuites > 0 || !hasSuite { writer.lose("a suite never ended", writer.line) }
  }
}
