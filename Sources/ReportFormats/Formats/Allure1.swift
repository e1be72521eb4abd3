package import TriageModel

/// Allure 1's results, a file a suite, all of a folder read together.
package enum Allure1: ReportFormat {
  package static let id = "allure1"
  package static let title = "Allure 1 results"
  package static let richness = -1
  package static let isOneReportAFolder = true
  package static let isCompanion = true
  package static let names = ReportNames(endings: ["xml"], meant: ["*-testsuite.xml"])
  package static let marks = ReportMarks(times: ["start="], tests: ["<name>"])
  package static let signs: [FormatSign] = [
    .root("test-suite", saying: ["allure.qatools.yandex.ru"]), .root("test-suite", saying: ["<test-cases"]),
  ]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    Allure1Reader.read(input, into: &builder)
  }
}

private struct Allure1Reader: XMLUnitReader {
  var writer: CaseWriter
  private var suite: ArraySlice<UInt8> = []

  static let vocabulary = XMLVocabulary([
    "test-suite", "test-cases", "test-case", "name", "title", "description", "labels", "label", "value", "parameters",
    "parameter", "kind", "steps", "step", "attachments", "attachment", "source", "failure", "message", "stack-trace",
    "start", "stop", "status", "severity", "type",
  ])
  static let units = ["test-case", "name", "title", "description", "labels", "attachments"]
  static let texts = ["name", "title", "message", "stack-trace"]

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func open(_ element: XMLNode) {
    guard element.isCalled("test-suite") else { return }
    suite = []
    writer.start(milliseconds: Double(String(decoding: element["start"], as: UTF8.self)))
  }

  mutating func close(_ name: String) {}

  mutating func read(_ unit: XMLNode) {
    if unit.isCalled("name") {
      suite = Array(unit.text)[...]
    } else if unit.isCalled("test-case") {
      readTest(unit)
    }
  }

  private mutating func readTest(_ test: XMLNode) {
    let name = test.child("name").text
    var record = writer.record(suite: suite, name: name.isEmpty ? test.child("title").text : name)
    let times = ["start", "stop"].map { (key: StaticString) in Double(String(decoding: test[key], as: UTF8.self)) }
    if let start = times[0], let stop = times[1] { record.setDuration((stop - start) / 1000) }
    let status = test["status"]
    // Assumptions that did not hold cancel a test; one that is pending was not run.
    let isSkipped = ["canceled", "pending"].contains(String(decoding: status, as: UTF8.self))
    if isSkipped { record.outcome = .skipped } else { writer.settle(&record, saying: status) }
    let failure = test.child("failure")
    if record.outcome.isFailing {
      writer.fail(
        &record, as: record.outcome, message: failure.child("message").text,
        details: failure.child("stack-trace").text)
      describe(&record, test)
    } else {
      record.note = writer.plain(failure.child("message").text)
    }
    let files = test.child("attachments").map { $0["source"] }
    let steps = test.child("steps").flatMap { step in step.child("attachments").map { $0["source"] } }
    record.standardOutput = writer.output([], attachments: files + steps)
    writer.add(record)
  }

  private mutating func describe(_ record: inout AttemptRecord, _ test: XMLNode) {
    writer.tag(&record, "severity", test["severity"])
    for label in test.child("labels") where !["host", "thread", "language", "framework"].contains(label["name"].text) {
      writer.tag(&record, label["name"], label["value"])
    }
    for parameter in test.child("parameters") { writer.tag(&record, parameter["name"], parameter["value"]) }
  }

  mutating func finish() {}
}

extension ArraySlice<UInt8> {
  fileprivate var text: String { String(decoding: self, as: UTF8.self) }
}
