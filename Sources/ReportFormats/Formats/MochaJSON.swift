internal import DataSyntax
package import TriageModel

/// Mocha's JSON reporter: all tests in a row, those that failed once more, with hooks among them.
package enum MochaJSON: ReportFormat {
  package static let id = "mocha-json"
  package static let title = "mocha JSON"
  package static let richness = 21
  package static let names = ReportNames(endings: ["json"], usualPaths: ["mocha-results*.json"])
  package static let marks = ReportMarks(times: ["\"start\""], tests: ["\"fullTitle\""])
  package static let signs: [FormatSign] = [.object(["stats", "tests"], saying: ["\"passes\""])]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    MochaReader.read(input, into: &builder)
  }
}

private struct MochaReader: JSONUnitReader {
  var writer: CaseWriter
  private var failed: Set<[UInt8]> = []
  static let units = ["stats", "tests", "failures"]

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(_ path: String, _ node: JSONNode) {
    switch path {
    case "stats": readStats(node)
    case "tests": readTest(node)
    default: readFailure(node)
    }
  }

  private mutating func readStats(_ stats: JSONNode) {
    writer.declare(tests: stats["tests"].int, failing: stats["failures"].int)
    writer.start(iso: stats["start"].bytes)
  }

  private mutating func readTest(_ test: JSONNode) {
    var record = MochaTest.record(test, &writer)
    if MochaTest.hasError(test["err"]) {
      failed.insert(Array(test["fullTitle"].bytes))
      MochaTest.fail(&record, test["err"], &writer)
    } else if !test["duration"].exists {
      // A pending test, or one that the report ends in, has taken no time.
      record.outcome = .skipped
    }
    writer.add(MochaTest.earlier(test, record) + [record])
  }

  /// A hook that failed is among the failures only.
  private mutating func readFailure(_ test: JSONNode) {
    if failed.contains(Array(test["fullTitle"].bytes)) { return }
    var record = MochaTest.record(test, &writer)
    record.kind = .suite
    MochaTest.fail(&record, test["err"], &writer)
    record.outcome = .errored
    writer.add(record)
  }

  mutating func finish() {}
}

/// What the reports of mocha's family have in common.
enum MochaTest {
  /// A test: its suite is what its full title has before its own.
  static func record(_ test: JSONNode, _ writer: inout CaseWriter) -> AttemptRecord {
    let (full, title) = (test["fullTitle"].bytes, test["title"].bytes)
    let isBehind = full.count > title.count && full.suffix(title.count).elementsEqual(title)
    let suite = isBehind ? full.dropLast(title.count + 1) : full.elementsEqual(title) ? [] : full
    var record = writer.record(suite: suite, name: title)
    record.setDuration(test["duration"].double.map { $0 / 1000 })
    record.file = writer.file(test["file"].bytes).text
    return record
  }

  /// Whether an `err` says anything: tests without one have an empty object.
  static func hasError(_ error: JSONNode) -> Bool {
    error.kind == .object ? error.contains { _ in true } : error.exists
  }

  /// Takes an error.
  static func fail(_ record: inout AttemptRecord, _ error: JSONNode, _ writer: inout CaseWriter) {
    let stack = error["stack"].exists ? error["stack"].bytes : error["estack"].bytes
    let diff = error["diff"].bytes
    let details = diff.isEmpty ? stack : stack + [0x0A, 0x0A] + diff
    writer.fail(&record, type: error["name"].bytes, message: error["message"].bytes, details: details)
  }

  /// The attempts before the last, which the report only counts.
  static func earlier(_ test: JSONNode, _ record: AttemptRecord) -> [AttemptRecord] {
    let count = min(max(test["currentRetry"].int ?? 0, 0), 100)
    var attempt = record
    (attempt.outcome, attempt.failures, attempt.duration, attempt.note) = (.failed, [], .nan, .empty)
    return Array(repeating: attempt, count: count)
  }
}
