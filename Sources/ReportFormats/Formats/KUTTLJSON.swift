internal import DataSyntax
package import TriageModel

/// The report of KUTTL, the Kubernetes test tool, in JSON.
package enum KUTTLJSON: ReportFormat {
  package static let id = "kuttl"
  package static let title = "KUTTL JSON"
  package static let richness = 9
  package static let names = ReportNames(
    endings: ["json"], meant: ["kuttl-report.json", "kuttl-test.json"], usualPaths: ["kuttl-report.json"])
  package static let marks = ReportMarks(times: ["\"timestamp\""], tests: ["\"name\""])
  package static let signs: [FormatSign] = [
    .object(["testsuite", "tests"]), .object(["testsuite", "failures"]),
    .object(["name", "tests", "failures", "time"]),
  ]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    KUTTLReader.read(input, into: &builder)
  }
}

private struct KUTTLReader: JSONUnitReader {
  var writer: CaseWriter
  static let units = ["testsuite", "tests", "failures", "failure"]
  private static let deepest = 100

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(_ path: String, _ node: JSONNode) {
    switch path {
    case "testsuite": readSuite(node, depth: 0)
    case "tests": writer.declare(tests: node.int)
    case "failures": writer.declare(failing: node.int)
    default: if node.exists { fail(node, named: "(outside of tests)") }
    }
  }

  private mutating func readSuite(_ suite: JSONNode, depth: Int) {
    guard depth < Self.deepest else { return writer.lose("suites lie more than \(Self.deepest) deep", 0) }
    writer.start(iso: suite["timestamp"].bytes)
    for test in suite["testcase"] { readTest(test, suite) }
    for inner in suite["testsuite"] { readSuite(inner, depth: depth + 1) }
    if suite["failure"].exists { fail(suite["failure"], named: suite["name"].string ?? "") }
  }

  private mutating func readTest(_ test: JSONNode, _ suite: JSONNode) {
    let name = test["classname"].bytes.isEmpty ? suite["name"].bytes : test["classname"].bytes
    var record = writer.record(suite: name, name: test["name"].bytes)
    record.setDuration(Double(String(decoding: test["time"].bytes, as: UTF8.self)))
    let failure = test["failure"]
    if failure.exists {
      writer.fail(
        &record, type: failure["type"].bytes, message: failure["message"].bytes, details: failure["text"].bytes)
    } else if test["skipped"].exists {
      record.outcome = .skipped
    } else if !test["time"].exists {
      writer.fail(&record, saying: "the report does not say how it ended")
    }
    writer.add(record)
  }

  private mutating func fail(_ failure: JSONNode, named name: String) {
    var record = writer.suiteFailure(suite: [], name: Array(name.utf8)[...])
    writer.fail(
      &record, as: .errored, type: failure["type"].bytes, message: failure["message"].bytes,
      details: failure["text"].bytes)
    writer.add(record)
  }

  mutating func finish() {}
}
