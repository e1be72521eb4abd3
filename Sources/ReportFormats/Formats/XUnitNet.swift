package import TriageModel

/// xUnit.net's own results, version 2: assemblies, their errors outside of tests, collections of tests.
package enum XUnitNet: ReportFormat {
  package static let id = "xunit-net"
  package static let title = "xUnit.net"
  package static let richness = 31
  package static let names = ReportNames(endings: ["xml", "xunit"])
  package static let marks = ReportMarks(times: ["run-date="], tags: [("<test ", [" name=", "name="])])
  package static let signs: [FormatSign] = [
    .root("assemblies"), .root("assembly", saying: ["<collection"]), .root("assembly", saying: ["test-framework"]),
  ]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    XUnitNetReader.read(input, into: &builder)
  }
}

private struct XUnitNetReader: XMLUnitReader {
  var writer: CaseWriter
  private var assembly: ArraySlice<UInt8> = []

  static let vocabulary = XMLVocabulary([
    "assemblies", "assembly", "collection", "test", "errors", "error", "failure", "message", "stack-trace", "reason",
    "output", "traits", "trait", "warnings", "warning", "name", "type", "method", "time", "result", "exception-type",
    "total", "failed", "value", "run-date", "run-time", "source-file", "source-line", "attachments", "attachment",
  ])
  static let units = ["test", "error"]
  static let texts = ["message", "stack-trace", "reason", "output", "warning"]

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func open(_ element: XMLNode) {
    guard element.isCalled("assembly") else { return }
    assembly = Array(element["name"])[...]
    let errors = element.number("errors") ?? 0
    writer.declare(tests: element.number("total"), failing: element.number("failed").map { $0 + errors })
    if !element["run-date"].isEmpty {
      writer.start(iso: element["run-date"] + "T".utf8 + element["run-time"])
    }
  }

  mutating func close(_ name: String) {}

  mutating func read(_ unit: XMLNode) {
    if unit.isCalled("error") { return readError(unit) }
    let suite = unit["type"]
    var record = writer.record(suite: suite, name: DottedName.name(unit["name"], in: suite))
    record.setDuration(Double(String(decoding: unit["time"], as: UTF8.self)))
    writer.settle(&record, saying: unit["result"])
    let failure = unit.child("failure")
    if record.outcome.isFailing || failure.exists {
      writer.fail(
        &record, as: record.outcome.isFailing ? record.outcome : .failed, type: failure["exception-type"],
        message: failure.child("message").text, details: failure.child("stack-trace").text)
      for trait in unit.child("traits") { writer.tag(&record, trait["name"], trait["value"]) }
    } else {
      record.note = writer.plain(unit.child("reason").text)
    }
    record.file = writer.text(unit["source-file"])
    record.line = UInt32(clamping: unit.number("source-line") ?? 0)
    record.standardOutput = writer.output(unit.child("output").text)
    writer.add(record)
  }

  private mutating func readError(_ error: XMLNode) {
    let name = error["name"].isEmpty ? assembly : error["name"]
    var record = writer.suiteFailure(suite: [], name: name)
    let failure = error.child("failure")
    writer.fail(
      &record, as: .errored, type: failure["exception-type"], message: failure.child("message").text,
      details: failure.child("stack-trace").text)
    writer.add(record)
  }

  mutating func finish() {}
}
