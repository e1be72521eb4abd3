package import TriageModel

/// NUnit 3's and 4's results, `test-run`: suites in one another, and what failed in their set-up and tear-down.
package enum NUnit3: ReportFormat {
  package static let id = "nunit3"
  package static let title = "NUnit 3"
  package static let richness = 14
  package static let names = ReportNames(
    endings: ["xml", "nunit"], meant: ["testresult.xml", "nunit*.xml"], usualPaths: ["TestResult.xml", "TestResults"])
  package static let marks = ReportMarks(times: ["start-time="], tags: [("<test-case", [" fullname="])])
  package static let signs: [FormatSign] = [.root("test-run")]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    NUnit3Reader.read(input, into: &builder)
  }
}

private struct NUnit3Reader: XMLUnitReader {
  var writer: CaseWriter
  /// The suites around the place: name, result, its place, and whether it said why it failed.
  private var suites: [(name: ArraySlice<UInt8>, isFailed: Bool, isOfChildren: Bool)] = []

  static let vocabulary = XMLVocabulary([
    "test-run", "test-suite", "test-case", "failure", "reason", "message", "stack-trace", "output", "properties",
    "property", "assertions", "assertion", "attachments", "attachment", "filePath", "name", "fullname", "classname",
    "methodname", "result", "label", "site", "start-time", "duration", "total", "failed", "value", "runstate",
    "environment", "machine-name",
  ])
  static let units = ["test-case", "failure", "reason", "output", "properties", "assertions", "environment"]
  static let texts = ["message", "stack-trace", "output", "filePath"]
  private static let ofChildren = Array("One or more child tests had".utf8)

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func open(_ element: XMLNode) {
    if element.isCalled("test-run") {
      writer.declare(tests: element.number("total"), failing: element.number("failed"))
      writer.start(iso: element["start-time"])
    } else if element.isCalled("test-suite") {
      let name = element["fullname"].isEmpty ? element["name"] : element["fullname"]
      let site = String(decoding: element["site"], as: UTF8.self)
      suites.append(
        (Array(name)[...], element["result"].elementsEqual("Failed".utf8), ["Child", "Parent"].contains(site)))
    }
  }

  mutating func close(_ name: String) {
    if name == "test-suite" { _ = suites.popLast() }
  }

  mutating func read(_ unit: XMLNode) {
    if unit.isCalled("test-case") {
      readTest(unit)
    } else if unit.isCalled("failure") || unit.isCalled("reason") {
      readSuiteFailure(unit)
    } else if unit.isCalled("environment") {
      writer.builder.report.host = String(decoding: unit["machine-name"].prefix(200), as: UTF8.self)
    }
  }

  /// What a suite says of its own failing; that tests in it failed, these say themselves.
  private mutating func readSuiteFailure(_ unit: XMLNode) {
    guard let suite = suites.last, suite.isFailed, !suite.isOfChildren else { return }
    let message = unit.child("message").text
    if message.starts(with: Self.ofChildren) { return }
    var record = writer.suiteFailure(suite: [], name: suite.name)
    writer.fail(&record, as: .errored, message: message, details: unit.child("stack-trace").text)
    writer.add(record)
  }

  private mutating func readTest(_ test: XMLNode) {
    let full = test["fullname"]
    let suite = test["classname"].isEmpty ? DottedName.parts(of: full).suite : test["classname"]
    var record = writer.record(suite: suite, name: test["name"].isEmpty ? full : test["name"])
    record.setDuration(Double(String(decoding: test["duration"], as: UTF8.self)))
    if test["result"].elementsEqual("Warning".utf8) {
      record.note = writer.plain(test.child("reason").child("message").text)
    } else {
      writer.settle(&record, saying: test["result"])
    }
    let failure = test.child("failure")
    if record.outcome.isFailing || failure.exists {
      let isFailed = test["label"].isEmpty || record.outcome == .timedOut
      writer.fail(
        &record, as: isFailed ? .failed : .errored, type: test["label"], message: failure.child("message").text,
        details: failure.child("stack-trace").text)
      for property in test.child("properties") { writer.tag(&record, property["name"], property["value"]) }
    } else if record.outcome == .skipped {
      record.note = writer.plain(test.child("reason").child("message").text)
    }
    let attachments = test.child("attachments").map { $0.child("filePath").text }
    record.standardOutput = writer.output([test.child("output").text], attachments: attachments)
    writer.add(record)
  }

  mutating func finish() {}
}

/// A dotted name of .NET or Java as class and method: `Shop.CartTests.Adds(1.5)` is `Adds(1.5)` of `Shop.CartTests`.
enum DottedName {
  static func parts(of full: ArraySlice<UInt8>) -> (suite: ArraySlice<UInt8>, name: ArraySlice<UInt8>) {
    let end = full.firstIndex { $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: "\"") } ?? full.endIndex
    guard let dot = full[..<end].lastIndex(of: UInt8(ascii: ".")) else { return ([], full) }
    return (full[..<dot], full[(dot + 1)...])
  }

  /// A name without the class before it.
  static func name(_ full: ArraySlice<UInt8>, in suite: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isBehind = !suite.isEmpty && full.count > suite.count + 1 && full.starts(with: suite)
    guard isBehind, full[full.startIndex + suite.count] == UInt8(ascii: ".") else { return full }
    return full.dropFirst(suite.count + 1)
  }
}
