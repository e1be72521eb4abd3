package import TriageModel

/// NUnit 2's results, `test-results`, which many other tools write too.
package enum NUnit2: ReportFormat {
  package static let id = "nunit2"
  package static let title = "NUnit 2"
  package static let richness = 6
  package static let names = ReportNames(endings: ["xml", "nunit"])
  package static let marks = ReportMarks(times: [], tags: [("<test-case", [" name="])])
  package static let signs: [FormatSign] = [.root("test-results")]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    NUnit2Reader.read(input, into: &builder)
  }
}

private struct NUnit2Reader: XMLUnitReader {
  var writer: CaseWriter
  private var suites: [(name: ArraySlice<UInt8>, isFailed: Bool)] = []

  static let vocabulary = XMLVocabulary([
    "test-results", "test-suite", "results", "test-case", "failure", "reason", "message", "stack-trace", "categories",
    "category", "properties", "property", "name", "result", "executed", "success", "time", "total", "errors",
    "failures",
    "date", "value", "type",
    "not-run",
  ])
  static let units = ["test-case", "failure", "reason", "categories", "properties"]
  static let texts = ["message", "stack-trace"]
  private static let ofChildren = Array("One or more child tests had".utf8)

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func open(_ element: XMLNode) {
    if element.isCalled("test-results") {
      let failing = (element.number("errors") ?? 0) + (element.number("failures") ?? 0)
      // Tests that were not run are no part of the total.
      let total = element.number("total").map { $0 + (element.number("not-run") ?? 0) }
      writer.declare(tests: total, failing: failing)
      if !element["date"].isEmpty, !element["time"].isEmpty {
        writer.start(iso: element["date"] + "T".utf8 + element["time"])
      }
    } else if element.isCalled("test-suite") {
      let result = String(decoding: element["result"], as: UTF8.self)
      let isFailed = ["Failure", "Error"].contains(result) || element["success"].elementsEqual("False".utf8)
      suites.append((Array(element["name"])[...], isFailed))
    }
  }

  mutating func close(_ name: String) {
    if name == "test-suite" { _ = suites.popLast() }
  }

  mutating func read(_ unit: XMLNode) {
    if unit.isCalled("test-case") { return readTest(unit) }
    guard unit.isCalled("failure"), let suite = suites.last, suite.isFailed else { return }
    let message = unit.child("message").text
    if message.isEmpty || message.starts(with: Self.ofChildren) || message.starts(with: "Child test failed".utf8) {
      return
    }
    var record = writer.suiteFailure(suite: [], name: suite.name)
    writer.fail(&record, as: .errored, message: message, details: unit.child("stack-trace").text)
    writer.add(record)
  }

  private mutating func readTest(_ test: XMLNode) {
    let (suite, name) = DottedName.parts(of: test["name"])
    var record = writer.record(suite: suite, name: name)
    record.setDuration(Double(String(decoding: test["time"], as: UTF8.self)))
    settle(&record, test)
    let failure = test.child("failure")
    if record.outcome.isFailing || failure.exists {
      writer.fail(
        &record, as: record.outcome.isFailing ? record.outcome : .failed,
        message: (failure.exists ? failure : test.child("reason")).child("message").text,
        details: failure.child("stack-trace").text)
      for category in test.child("categories") { writer.tag(&record, "tag", category["name"]) }
    } else if record.outcome == .skipped {
      record.note = writer.plain(test.child("reason").child("message").text)
    }
    writer.add(record)
  }

  /// A test that could not be run is an error; older versions have no `result`.
  private mutating func settle(_ record: inout AttemptRecord, _ test: XMLNode) {
    switch String(decoding: test["result"], as: UTF8.self) {
    case "NotRunnable", "Invalid": record.outcome = .errored
    case "":
      if test["executed"].elementsEqual("False".utf8) {
        record.outcome = .skipped
      } else if test["success"].elementsEqual("False".utf8) {
        record.outcome = .failed
      } else if !test["success"].elementsEqual("True".utf8) {
        writer.settle(&record, saying: [])
      }
    default: writer.settle(&record, saying: test["result"])
    }
  }

  mutating func finish() {}
}
