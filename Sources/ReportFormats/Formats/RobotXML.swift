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
  private var suites = RobotSuites()

  static let vocabulary = XMLVocabulary([
    "robot", "suite", "test", "kw", "for", "while", "if", "branch", "iter", "try", "group", "variable", "return",
    "status", "msg", "tag", "tags", "doc", "timeout", "statistics", "total", "stat", "errors", "name", "source", "id",
    "line", "level", "starttime", "endtime", "start", "elapsed", "generated", "generator", "pass", "fail", "skip",
    "type", "arg",
  ])
  static let units = ["test", "kw", "for", "while", "if", "try", "group", "status", "statistics", "errors", "doc"]
  static let texts = ["status", "msg", "tag"]

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func open(_ element: XMLNode) {
    if element.isCalled("suite") {
      suites.enter(RobotSuites.Suite(name: Array(element["name"])[...], source: Array(element["source"])[...]))
    } else if element.isCalled("robot") {
      writer.start(iso: Self.iso(element["generated"]))
      suites.generator = element["generator"]
    }
  }

  mutating func close(_ name: String) {
    if name == "suite" { suites.leave(downTo: max(0, suites.open.count - 1), &writer) }
  }

  mutating func read(_ unit: XMLNode) {
    if unit.isCalled("test") {
      readTest(unit)
    } else if unit.isCalled("status") {
      suites.end(status: unit["status"], message: unit.text)
    } else if unit.isCalled("statistics") {
      // The last of the totals is that of all tests.
      guard let all = unit.child("total").map({ $0 }).last(where: { $0.isCalled("stat") }) else { return }
      let numbers = ["pass", "fail", "skip"].map { (key: StaticString) in all.number(key) ?? 0 }
      writer.declare(tests: numbers.reduce(0, +), failing: numbers[1])
    }
  }

  private mutating func readTest(_ test: XMLNode) {
    let status = test.child("status")
    // Up to Robot 3 tags stand in an element of their own.
    let tags = test.filter { $0.isCalled("tag") } + test.child("tags").map { $0 }
    suites.add(
      RobotSuites.Test(
        name: test["name"], line: test.number("line"), status: status["status"], seconds: Self.seconds(status),
        message: status.text, failures: Self.failures(in: test), tags: tags.map { Array($0.text)[...] }), to: &writer)
  }

  /// What keywords said when they failed, in their order.
  private static func failures(in node: XMLNode) -> [UInt8] {
    var text: [UInt8] = []
    var open = Array(node.reversed())
    while let next = open.popLast(), text.count < RobotSuites.longestFailures {
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

  mutating func finish() {
    suites.leave(downTo: 0, &writer)
  }
}
