package import TriageModel

/// Boost.Test's log (`TestLog`) and its report (`TestResult`) in XML.
package enum BoostXML: ReportFormat {
  package static let id = "boost"
  package static let title = "Boost.Test XML"
  package static let richness = 5
  package static let names = ReportNames(endings: ["xml"])
  package static let marks = ReportMarks(times: [], tags: [("<TestCase", [" name="])])
  package static let signs: [FormatSign] = [.root("TestLog"), .root("TestResult", saying: ["<TestSuite"])]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    BoostReader.read(input, into: &builder)
  }
}

private struct BoostReader: XMLUnitReader {
  var writer: CaseWriter
  private var suites: [(name: ArraySlice<UInt8>, hasFailed: Bool)] = []

  static let vocabulary = XMLVocabulary([
    "TestLog", "TestResult", "TestSuite", "TestCase", "Info", "Message", "Warning", "Error", "FatalError", "Exception",
    "LastCheckpoint", "TestingTime", "Context", "Frame", "name", "file", "line", "skipped", "reason", "result",
    "assertions_failed",
  ])
  static let units = ["TestCase", "Error", "FatalError", "Exception"]
  static let texts = ["Info", "Message", "Warning", "Error", "FatalError", "Exception", "TestingTime", "Frame"]
  private static let faults: [(name: StaticString, outcome: Outcome)] = [
    ("Error", .failed), ("FatalError", .failed), ("Exception", .errored),
  ]

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func open(_ element: XMLNode) {
    guard element.isCalled("TestSuite") else { return }
    let result = String(decoding: element["result"], as: UTF8.self)
    suites.append((Array(element["name"])[...], ["failed", "aborted"].contains(result)))
    if suites.count == 1, suites[0].hasFailed { writer.declaresFailure = true }
  }

  mutating func close(_ name: String) {
    if name == "TestSuite" { _ = suites.popLast() }
  }

  private var path: ArraySlice<UInt8> { Array(suites.map(\.name).joined(separator: "/".utf8))[...] }

  mutating func read(_ unit: XMLNode) {
    if unit.isCalled("TestCase") { return readTest(unit) }
    // Outside of test cases: a fixture of the suite, or of everything.
    var record = writer.suiteFailure(suite: [], name: path.isEmpty ? Array("(outside of tests)".utf8)[...] : path)
    fail(&record, unit)
    record.outcome = .errored
    writer.add(record)
  }

  private mutating func readTest(_ test: XMLNode) {
    var record = writer.record(suite: path, name: test["name"])
    record.file = writer.file(test["file"]).text
    record.line = UInt32(clamping: test.number("line") ?? 0)
    let time = String(decoding: test.child("TestingTime").text, as: UTF8.self)
    record.setDuration(Double(time).map { $0 / 1_000_000 })
    for item in test { fail(&record, item) }
    let lines = test.filter { $0.isCalled("Message") || $0.isCalled("Warning") || $0.isCalled("Info") }
      .map { $0.text + [0x0A] }
    record.standardOutput = writer.output(lines)
    if test["skipped"].elementsEqual("yes".utf8), !record.outcome.isFailing {
      record.outcome = .skipped
      record.note = writer.plain(test["reason"])
    } else if !test["result"].isEmpty, !record.outcome.isFailing {
      writer.settle(&record, saying: test["result"])
    }
    if test.isCut, !record.outcome.isFailing { writer.fail(&record, saying: "the report ends inside this test") }
    writer.add(record)
  }

  private mutating func fail(_ record: inout AttemptRecord, _ item: XMLNode) {
    guard let fault = Self.faults.first(where: { item.isCalled($0.name) }) else { return }
    let frames = item.child("Context").map(\.text).joined(separator: "\n".utf8)
    // Of an exception only the last place that was passed may be known.
    let isKnown = item.number("line") ?? 0 > 0
    let place = isKnown ? item : item.child("LastCheckpoint")
    let file = place["file"].isEmpty ? [] : writer.file(place["file"]).bytes
    writer.fail(
      &record, as: fault.outcome, message: item.text, details: Array(frames)[...], file: file,
      line: place.number("line") ?? 0)
  }

  mutating func finish() {}
}
