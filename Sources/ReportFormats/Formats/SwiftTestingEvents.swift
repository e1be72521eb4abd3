internal import DataSyntax
package import TriageModel

/// The event stream of Swift Testing (`--event-stream-output-path`), versions 0 and 6.3.
///
/// No event says that a test passed or failed: a test with an issue that is none of those it knows of failed.
package enum SwiftTestingEvents: ReportFormat {
  package static let id = "swift-testing"
  package static let title = "Swift Testing events"
  package static let richness = 30
  package static let names = ReportNames(endings: ["json", "jsonl", "ndjson"], usualPaths: ["swift-testing*.jsonl"])
  package static let marks = ReportMarks(times: ["\"since1970\""], tests: ["\"testID\""])
  package static let signs: [FormatSign] = [.lines(["kind", "payload", "version"])]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    SwiftTestingReader.read(input, into: &builder)
  }
}

private struct SwiftTestingReader: JSONLineReader {
  /// A test as the stream introduces it.
  private struct Test {
    let suite: SuiteID
    let name: TextRef
    let file: TextRef
    let line: UInt32
    let isSuite: Bool
    var open: Open?
    var hasEnded = false
  }

  /// What happened to a test so far.
  private struct Open {
    var record: AttemptRecord
    var start: Double?
    var hasKnownIssue = false
    var attachments: [ArraySlice<UInt8>] = []
    let number: Int
  }

  var writer: CaseWriter
  let tape = JSONTape()
  private var tests: [[UInt8]: Test] = [:]
  private var begun = 0
  private var hasEnded = false

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(text: ArraySlice<UInt8>) {
    writer.result.warnings.append("line \(writer.line) is no event")
  }

  mutating func read(_ event: JSONNode) {
    let payload = event["payload"]
    if event["kind"].says("test") { return define(payload) }
    guard event["kind"].says("event") else { return }
    let kind = payload["kind"]
    let seconds = payload["instant"]["absolute"].double
    if kind.says("runStarted") { writer.start(milliseconds: payload["instant"]["since1970"].double.map { $0 * 1000 }) }
    if kind.says("runEnded") { hasEnded = true }
    let id = Array(payload["testID"].bytes)
    if kind.says("issueRecorded"), id.isEmpty { return failRun(payload) }
    guard !id.isEmpty else { return }
    var test = tests.removeValue(forKey: id) ?? Self.unknown(id, &writer)
    if kind.says("testStarted") {
      begin(&test, at: seconds)
    } else if kind.says("issueRecorded") {
      record(payload, &test)
    } else if kind.says("valueAttached") {
      test.open?.attachments.append(Array(payload["attachment"]["path"].bytes)[...])
    } else if kind.says("testSkipped") {
      begin(&test, at: nil)
      test.open?.record.outcome = .skipped
      test.open?.record.note = writer.plain(Self.text(payload["messages"]))
      end(&test, at: nil)
    } else if kind.says("testCancelled") {
      if test.open == nil { begin(&test, at: nil) }
      test.open?.record.outcome = .skipped
      test.open?.record.note = writer.plain(Self.text(payload["messages"]))
    } else if kind.says("testEnded") {
      end(&test, at: seconds)
    }
    tests[id] = test
  }

  // MARK: - Tests

  /// Keeps what a test is called: its id has its file and line behind it, which move with every edit.
  private mutating func define(_ test: JSONNode) {
    let id = test["id"].bytes
    let name = test["name"].bytes
    let location = test["sourceLocation"]
    let path = location["filePath"].exists ? location["filePath"].bytes : location["_filePath"].bytes
    tests[Array(id)] = Test(
      suite: Self.suite(of: id, name, &writer), name: writer.text(name), file: writer.file(path).text,
      line: UInt32(clamping: location["line"].int ?? 0), isSuite: test["kind"].says("suite"))
  }

  /// `LibTests.S` of `LibTests.S/adds()/T.swift:5:4`.
  private static func suite(of id: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>, _ writer: inout CaseWriter) -> SuiteID
  {
    var path = id
    if let slash = path.lastIndex(of: UInt8(ascii: "/")), path[slash...].contains(UInt8(ascii: ":")) {
      path = path[..<slash]
    }
    // A function outside of types stands behind its module and a point.
    let isBehind = path.count > name.count + 1 && path.suffix(name.count).elementsEqual(name)
    let around = isBehind ? path.dropLast(name.count + 1) : []
    let suite = around.map { $0 == UInt8(ascii: "/") ? UInt8(ascii: ".") : $0 }
    return suite.withUnsafeBytes { writer.builder.suite($0) }
  }

  private static func unknown(_ id: [UInt8], _ writer: inout CaseWriter) -> Test {
    let parts = id.split(separator: UInt8(ascii: "/"))
    let name = parts.last { !$0.contains(UInt8(ascii: ":")) } ?? id[...]
    return Test(
      suite: suite(of: id[...], name, &writer), name: writer.text(name), file: .empty, line: 0, isSuite: false)
  }

  private mutating func begin(_ test: inout Test, at seconds: Double?) {
    begun += 1
    var record = AttemptRecord(suite: test.suite, name: test.name, outcome: .passed)
    record.duplicate = .otherTest
    (record.file, record.line) = (test.file, test.line)
    if test.isSuite { record.kind = .suite }
    test.open = Open(record: record, start: seconds, number: begun)
  }

  private mutating func record(_ payload: JSONNode, _ test: inout Test) {
    if test.open == nil { begin(&test, at: nil) }
    let issue = payload["issue"]
    if issue["isKnown"].isTrue {
      test.open?.hasKnownIssue = true
      if test.open?.record.note.isEmpty == true {
        test.open?.record.note = writer.plain(Self.text(payload["messages"]))
      }
      return
    }
    if issue["isFailure"].kind == .false || issue["severity"].says("warning") { return }
    guard var open = test.open else { return }
    fail(&open.record, payload)
    test.open = open
  }

  private mutating func fail(_ record: inout AttemptRecord, _ payload: JSONNode) {
    let messages = payload["messages"].map { $0["text"].bytes }
    let location = payload["issue"]["sourceLocation"]
    let path = location["filePath"].exists ? location["filePath"].bytes : location["_filePath"].bytes
    let file = path.isEmpty ? [] : writer.file(path).bytes
    writer.fail(
      &record, message: messages.first ?? [], details: Array(messages.joined(separator: "\n".utf8))[...], file: file,
      line: location["line"].int ?? 0)
  }

  private mutating func failRun(_ payload: JSONNode) {
    if payload["issue"]["isKnown"].isTrue || payload["issue"]["isFailure"].kind == .false { return }
    var record = writer.suiteFailure(suite: [], name: Array("(outside of tests)".utf8)[...])
    fail(&record, payload)
    writer.add(record)
  }

  private mutating func end(_ test: inout Test, at seconds: Double?) {
    guard var open = test.open else { return }
    test.open = nil
    test.hasEnded = true
    if let start = open.start, let seconds { open.record.setDuration(seconds - start) }
    if open.record.outcome == .passed, open.hasKnownIssue { open.record.outcome = .expectedFailure }
    open.record.standardOutput = writer.output([], attachments: open.attachments)
    // A suite is no test: it counts where something failed in it outside of its tests.
    if !test.isSuite || open.record.outcome.isFailing { writer.add(open.record) }
  }

  private static func text(_ messages: JSONNode) -> ArraySlice<UInt8> {
    Array(messages.map { $0["text"].bytes }.joined(separator: "\n".utf8))[...]
  }

  mutating func finish() {
    let open = tests.values.filter { $0.open != nil }.sorted { ($0.open?.number ?? 0) < ($1.open?.number ?? 0) }
    for test in open {
      var test = test
      if !test.isSuite, var open = test.open {
        writer.fail(&open.record, saying: "the report ends inside this test")
        test.open = open
      }
      end(&test, at: nil)
    }
    if !hasEnded { writer.lose("the run never ended", writer.line) }
  }
}
