package import TriageModel

/// CTest's `Test.xml`, as `ctest -T Test` leaves it for a dashboard.
///
/// A test that did not run is an error, as it is to CTest itself, unless it was disabled or skipped itself.
package enum CTestXML: ReportFormat {
  package static let id = "ctest"
  package static let title = "CTest XML"
  package static let richness = 7
  package static let names = ReportNames(
    endings: ["xml"], usualPaths: ["Testing/*/Test.xml", "build/Testing/*/Test.xml"])
  package static let marks = ReportMarks(times: ["<StartTestTime>"], tests: [])
  package static let signs: [FormatSign] = [.root("Site", saying: ["<Testing"])]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    CTestReader.read(input, into: &builder)
  }
}

private struct CTestReader: XMLUnitReader {
  var writer: CaseWriter
  private var listed = 0

  static let vocabulary = XMLVocabulary([
    "Site", "Testing", "TestList", "Test", "Name", "Path", "FullName", "Results", "NamedMeasurement", "Measurement",
    "Value", "Labels", "Label", "StartTestTime", "Status", "name", "encoding", "compression", "Hostname",
  ])
  static let units = ["Test", "StartTestTime"]
  static let texts = ["Name", "Value", "Label", "StartTestTime", "Test"]

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func open(_ element: XMLNode) {
    if element.isCalled("Site") {
      writer.builder.report.host = String(decoding: element["Hostname"].prefix(200), as: UTF8.self)
    }
  }

  mutating func close(_ name: String) {}

  mutating func read(_ unit: XMLNode) {
    if unit.isCalled("StartTestTime") {
      writer.start(milliseconds: Double(String(decoding: unit.text, as: UTF8.self)).map { $0 * 1000 })
    } else if unit["Status"].isEmpty, !unit.child("Name").exists {
      // The list of what was to run.
      listed += 1
    } else {
      readTest(unit)
    }
  }

  private mutating func readTest(_ test: XMLNode) {
    var record = writer.record(suite: [], name: test.child("Name").text)
    let results = test.child("Results")
    var measured: [String: ArraySlice<UInt8>] = [:]
    for item in results where item.isCalled("NamedMeasurement") {
      measured[String(decoding: item["name"], as: UTF8.self)] = item.child("Value").text
    }
    record.setDuration(measured["Execution Time"].flatMap { Double(String(decoding: $0, as: UTF8.self)) })
    let completion = measured["Completion Status"] ?? []
    let code = measured["Exit Code"] ?? []
    let value = results.child("Measurement").child("Value")
    let isPacked = !value["compression"].isEmpty || !value["encoding"].isEmpty
    record.standardOutput = writer.output(
      isPacked ? Array("(the report keeps the output compressed)".utf8)[...] : value.text)
    settle(&record, test["Status"], completion, code, measured)
    if record.outcome.isFailing {
      for label in test.child("Labels") { writer.tag(&record, "label", label.text) }
    }
    writer.add(record)
  }

  private mutating func settle(
    _ record: inout AttemptRecord, _ status: ArraySlice<UInt8>, _ completion: ArraySlice<UInt8>,
    _ code: ArraySlice<UInt8>, _ measured: [String: ArraySlice<UInt8>]
  ) {
    if status.elementsEqual("notrun".utf8) {
      let words = String(decoding: completion, as: UTF8.self)
      if words == "Disabled" || words.hasPrefix("SKIP_") || words.hasPrefix("Skipped") {
        record.outcome = .skipped
        record.note = writer.plain(completion)
      } else {
        writer.fail(&record, as: .errored, message: completion.isEmpty ? Array("not run".utf8)[...] : completion)
      }
      return
    }
    writer.settle(&record, saying: status)
    guard record.outcome == .failed else { return }
    record.outcome = .passed
    let reason = measured["Fail Reason"] ?? code
    let isTimeout = code.elementsEqual("Timeout".utf8)
    let isCrash = !["Failed", "Timeout", ""].contains(String(decoding: code, as: UTF8.self))
    let exit = measured["Exit Value"].map { "exit value \(String(decoding: $0, as: UTF8.self))" } ?? ""
    writer.fail(
      &record, as: isTimeout ? .timedOut : isCrash ? .errored : .failed, message: reason, details: Array(exit.utf8)[...]
    )
  }

  mutating func finish() {
    if listed > 0 { writer.declare(tests: listed) }
  }
}
