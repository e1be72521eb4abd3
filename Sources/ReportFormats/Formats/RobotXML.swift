package import TriageModel

/// Robot Framework's `output.xml`: suites in one another, tests, and the keywords of each.
package enum RobotXML: ReportFormat {
  package static let id = "robot"
  package static let title = "Robot Framework"
  package static let richness = 28
  package static let names = ReportNames(endings: ["xml"], usualPaths: ["output.xml"])
  package static let marks = ReportMarks(times: ["generated="], tags: [("<test ", [" name=", "name="])])
  package static let signs: [FormatSign] = [.root("robot")]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    RobotReader.read(input, into: &builder)
  }
}

private struct RobotReader: XMLUnitReader {
  var writer: CaseWriter
  private var suites: [(name: ArraySlice<UInt8>, source: ArraySlice<UInt8>)] = []

  static let vocabulary = XMLVocabulary([
    "robot", "suite", "test", "kw", "for", "while", "if", "branch", "iter", "try", "group", "variable", "return",
    "status", "msg", "tag", "tags", "doc", "timeout", "statistics", "total", "stat", "errors", "name", "source", "id",
    "line", "level", "starttime", "endtime", "start", "elapsed", "generated", "pass", "fail", "skip", "type", "arg",
  ])
  static let units = ["test", "kw", "for", "while", "if", "try", "group", "status", "statistics", "errors", "doc"]
  static let texts = ["status", "msg", "tag"]

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func open(_ element: XMLNode) {
    if element.isCalled("suite") {
      suites.append((Array(element["name"])[...], Array(element["source"])[...]))
    } else if element.isCalled("robot") {
      writer.start(iso: Self.iso(element["generated"]))
    }
  }

  mutating func close(_ name: String) {
    if name == "suite" { _ = suites.popLast() }
  }

  mutating func read(_ unit: XMLNode) {
    if unit.isCalled("test") {
      readTest(unit)
    } else if unit.isCalled("status") {
      readSuiteStatus(unit)
    } else if unit.isCalled("statistics") {
      // The last of the totals is that of all tests.
      guard let all = unit.child("total").map({ $0 }).last(where: { $0.isCalled("stat") }) else { return }
      let numbers = ["pass", "fail", "skip"].map { (key: StaticString) in all.number(key) ?? 0 }
      writer.declare(tests: numbers.reduce(0, +), failing: numbers[1])
    }
  }

  private var path: ArraySlice<UInt8> { Array(suites.map(\.name).joined(separator: ".".utf8))[...] }

  private mutating func readTest(_ test: XMLNode) {
    var record = writer.record(suite: path, name: test["name"])
    record.file = writer.file(suites.last?.source ?? []).text
    record.line = UInt32(clamping: test.number("line") ?? 0)
    let status = test.child("status")
    record.setDuration(Self.seconds(status))
    writer.settle(&record, saying: status["status"])
    if record.outcome.isFailing {
      writer.fail(&record, message: status.text, details: Self.failures(in: test)[...])
      for tag in test where tag.isCalled("tag") { writer.tag(&record, "tag", tag.text) }
      for tag in test.child("tags") { writer.tag(&record, "tag", tag.text) }
    } else {
      record.note = record.outcome == .skipped ? writer.plain(status.text) : .empty
    }
    writer.add(record)
  }

  /// A suite fails because its tests do, or says what of its own set-up or tear-down failed.
  private mutating func readSuiteStatus(_ status: XMLNode) {
    let text = status.text
    let isOwn = text.withUnsafeBytes {
      XMLBytes.range(of: "etup failed", in: $0) ?? XMLBytes.range(of: "eardown failed", in: $0)
    }
    guard status["status"].elementsEqual("FAIL".utf8), isOwn != nil, let suite = suites.last else { return }
    var record = writer.suiteFailure(
      suite: Array(suites.dropLast().map(\.name).joined(separator: ".".utf8))[...], name: suite.name)
    writer.fail(&record, as: .errored, message: text)
    writer.add(record)
  }

  /// What keywords said when they failed, in their order.
  private static func failures(in node: XMLNode) -> [UInt8] {
    var text: [UInt8] = []
    var open = Array(node.reversed())
    while let next = open.popLast(), text.count < 1 << 20 {
      if next.isCalled("msg"), next["level"].elementsEqual("FAIL".utf8) { text += next.text + [0x0A] }
      open += next.reversed()
    }
    return text
  }

  /// From Robot 7 on seconds are written; before, the times of begin and end.
  private static func seconds(_ status: XMLNode) -> Double? {
    if let elapsed = Double(String(decoding: status["elapsed"], as: UTF8.self)) { return elapsed }
    let times = [status["starttime"], status["endtime"]].map { text in
      Timestamp(iso8601: String(decoding: iso(text), as: UTF8.self))
    }
    guard let start = times[0], let end = times[1] else { return nil }
    return Double(end.milliseconds - start.milliseconds) / 1000
  }

  /// `20261128 10:00:00.123` with the hyphens of ISO 8601.
  private static func iso(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard text.count > 8, text.prefix(8).allSatisfy({ (0x30...0x39).contains($0) }) else { return text }
    return text.prefix(4) + "-".utf8 + text.dropFirst(4).prefix(2) + "-".utf8 + text.dropFirst(6)
  }

  mutating func finish() {}
}
