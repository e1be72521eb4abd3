package import TriageModel

/// TestNG's own results, `testng-results.xml`: methods by class, with configuration methods among them.
package enum TestNGXML: ReportFormat {
  package static let id = "testng"
  package static let title = "TestNG"
  package static let richness = 10
  package static let names = ReportNames(
    endings: ["xml"], meant: ["testng-results.xml"], usualPaths: ["testng-results.xml"])
  package static let marks = ReportMarks(times: ["started-at="], tags: [("<test-method", ["signature="])])
  package static let signs: [FormatSign] = [.root("testng-results")]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    TestNGReader.read(input, into: &builder)
  }
}

private struct TestNGReader: XMLUnitReader {
  var writer: CaseWriter
  private var className: ArraySlice<UInt8> = []
  /// Attempts that were retried, of which the last has not come, by class and method.
  private var retried: [[UInt8]: [AttemptRecord]] = [:]
  private var declaredFailing = 0

  static let vocabulary = XMLVocabulary([
    "testng-results", "suite", "test", "class", "test-method", "params", "param", "value", "exception", "message",
    "full-stacktrace", "short-stacktrace", "reporter-output", "line", "groups", "group", "method", "name", "signature",
    "status", "is-config", "duration-ms", "started-at", "retried", "total", "failed", "ignored", "skipped",
    "data-provider", "description", "index",
  ])
  static let units = ["test-method", "reporter-output", "groups"]
  static let texts = ["message", "full-stacktrace", "short-stacktrace", "value", "line"]

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
    // Rows of data come out of a hash set.
    self.writer.builder.hasUnorderedNamesakes = true
  }

  mutating func open(_ element: XMLNode) {
    if element.isCalled("testng-results") {
      let ignored = element.number("ignored") ?? 0
      declaredFailing = element.number("failed") ?? 0
      writer.declare(tests: element.number("total").map { $0 - ignored }, failing: declaredFailing)
    } else if element.isCalled("suite") {
      writer.start(iso: element["started-at"])
    } else if element.isCalled("class") {
      className = Array(element["name"])[...]
    }
  }

  mutating func close(_ name: String) {}

  mutating func read(_ unit: XMLNode) {
    guard unit.isCalled("test-method") else { return }
    let isConfiguration = unit["is-config"].elementsEqual("true".utf8)
    var record = writer.record(suite: className, name: unit["name"])
    record.setDuration(Double(String(decoding: unit["duration-ms"], as: UTF8.self)).map { $0 / 1000 })
    writer.settle(&record, saying: unit["status"])
    let exception = unit.child("exception")
    if record.outcome.isFailing {
      writer.fail(
        &record, as: isConfiguration ? .errored : .failed, type: exception["class"],
        message: exception.child("message").text, details: exception.child("full-stacktrace").text)
    } else {
      record.note = writer.plain(exception.child("message").text)
    }
    if isConfiguration {
      record.kind = .suite
      if record.outcome.isFailing { writer.add(record) }
      return
    }
    if record.outcome.isFailing {
      for parameter in unit.child("params") { writer.tag(&record, "parameter", parameter.child("value").text) }
    }
    let lines = unit.child("reporter-output").map { $0.text + [0x0A] }
    record.standardOutput = writer.output(lines)
    add(record, unit, exception)
  }

  /// Adds a method. One that was retried stands as skipped, with what it failed of, before the attempt behind it.
  private mutating func add(_ record: AttemptRecord, _ unit: XMLNode, _ exception: XMLNode) {
    let key = Array(className + "#".utf8 + unit["signature"])
    if unit["retried"].elementsEqual("true".utf8) {
      var record = record
      if !record.outcome.isFailing {
        writer.fail(
          &record, type: exception["class"], message: exception.child("message").text,
          details: exception.child("full-stacktrace").text)
        record.note = .empty
      }
      writer.declare(tests: -1)
      retried[key, default: []].append(record)
    } else {
      writer.add((retried.removeValue(forKey: key) ?? []) + [record])
    }
  }

  mutating func finish() {
    for (_, attempts) in retried.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) { writer.add(attempts) }
  }
}
