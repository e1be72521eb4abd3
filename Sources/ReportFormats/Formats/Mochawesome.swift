internal import DataSyntax
package import TriageModel

/// Mochawesome's JSON, which Cypress projects use: suites in one another, with hooks and what a test was given as context.
package enum Mochawesome: ReportFormat {
  package static let id = "mochawesome"
  package static let title = "mochawesome"
  package static let richness = 23
  package static let names = ReportNames(
    endings: ["json"], usualPaths: ["mochawesome-report", "cypress/results", "cypress/reports"])
  package static let marks = ReportMarks(times: ["\"start\""], tests: ["\"fullTitle\""])
  package static let signs: [FormatSign] = [.object(["stats", "results"], saying: ["\"passes\""])]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    MochawesomeReader.read(input, into: &builder)
  }
}

private struct MochawesomeReader: JSONUnitReader {
  var writer: CaseWriter
  static let units = ["stats", "results"]
  private static let deepest = 200

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(_ path: String, _ node: JSONNode) {
    if path == "results" { return readSuite(node, file: node, depth: 0) }
    writer.declare(tests: node["tests"].int, failing: node["failures"].int)
    writer.start(iso: node["start"].bytes)
  }

  private mutating func readSuite(_ suite: JSONNode, file: JSONNode, depth: Int) {
    guard depth < Self.deepest else { return writer.lose("suites lie more than \(Self.deepest) deep", 0) }
    let file = suite["file"].bytes.isEmpty ? file : suite
    for hook in suite["beforeHooks"] { readHook(hook, file) }
    for test in suite["tests"] { readTest(test, file) }
    for inner in suite["suites"] { readSuite(inner, file: file, depth: depth + 1) }
    for hook in suite["afterHooks"] { readHook(hook, file) }
  }

  private mutating func readHook(_ hook: JSONNode, _ suite: JSONNode) {
    guard hook["fail"].isTrue || hook["state"].says("failed") else { return }
    var record = MochaTest.record(hook, &writer)
    record.kind = .suite
    record.file = writer.file(suite["file"].bytes).text
    MochaTest.fail(&record, hook["err"], &writer)
    record.outcome = .errored
    writer.add(record)
  }

  private mutating func readTest(_ test: JSONNode, _ suite: JSONNode) {
    var record = MochaTest.record(test, &writer)
    record.file = writer.file(suite["file"].bytes).text
    if test["fail"].isTrue || test["state"].says("failed") || MochaTest.hasError(test["err"]) {
      MochaTest.fail(&record, test["err"], &writer)
      if test["timedOut"].isTrue { record.outcome = .timedOut }
    } else if test["pending"].isTrue || test["skipped"].isTrue {
      record.outcome = .skipped
    } else {
      writer.settle(&record, saying: test["state"].bytes)
    }
    writer.tag(&record, "context", test["context"].bytes)
    writer.add(record)
  }

  mutating func finish() {}
}
