internal import DataSyntax
package import TriageModel

/// Robot Framework's results as JSON, from 7.2 on: what `robot` and `rebot` write to `output.json`, and a suite alone as
/// `TestSuite.to_json` writes it. It tells what `output.xml` does.
package enum RobotJSON: ReportFormat {
  package static let id = "robot-json"
  package static let title = "Robot Framework JSON"
  package static let richness = 25
  package static let names = ReportNames(endings: ["json"], usualPaths: ["output.json"])
  package static let marks = ReportMarks(times: ["\"generated\"", "\"start_time\""], tests: ["\"name\""])
  package static let signs: [FormatSign] = [
    .object(["generator", "generated", "suite"]), .object(["generator", "suite"], saying: ["\"rpa\""]),
    .object(["id", "name"], saying: ["\"id\":\"s1\"", "\"elapsed_time\""]),
    .object(["id", "name"], saying: ["\"id\": \"s1\"", "\"elapsed_time\""]),
  ]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    RobotJSONReader.read(input, into: &builder)
  }
}

private struct RobotJSONReader: JSONUnitReader {
  var writer: CaseWriter
  private var suites = RobotSuites()
  /// Names and sources of suites in the order in which they begin: Robot writes them behind their tests.
  private var known: [RobotSuites.Suite] = []
  /// The numbers of the suites that are read, from the outermost on.
  private var numbers: [Int] = []
  private var begun = 0
  private var pass = 0

  /// Suites that are read in one another.
  private static let deepest = 40

  static let units =
    paths(of: ["status", "message", "tests"], upTo: deepest) + tooDeep + ["generated", "generator", "statistics.total"]
  static let passes = [paths(of: ["name", "source"], upTo: deepest), units]
  /// Of the suites that lie here it is said only that they are there.
  private static let tooDeep = Array(paths(of: ["suites"], upTo: deepest).suffix(2))

  /// The paths of parts of suites, in the whole and in a suite alone.
  private static func paths(of parts: [String], upTo depth: Int) -> [String] {
    (0...depth).flatMap { depth in
      ["suite.", ""].flatMap { root in parts.map { root + String(repeating: "suites.", count: depth) + $0 } }
    }
  }

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func begin(_ path: String, pass: Int) {
    let keys = path.split(separator: ".")
    guard keys.last == "suites" || path == "suite", !Self.tooDeep.contains(path) else { return }
    enter(keys.count { $0 == "suites" }, pass, anew: true)
  }

  /// Goes to the suite that is read at a depth, which may be one of its own.
  private mutating func enter(_ depth: Int, _ pass: Int, anew: Bool = false) {
    if pass != self.pass { (self.pass, numbers, begun) = (pass, [], 0) }
    let kept = min(numbers.count, depth + (anew ? 0 : 1))
    numbers.removeLast(numbers.count - kept)
    if pass > 0 { suites.leave(downTo: kept, &writer) }
    while numbers.count <= depth {
      numbers.append(begun)
      begun += 1
      if pass == 0 { known.append(RobotSuites.Suite()) } else { suites.enter(suite(numbers[numbers.count - 1])) }
    }
  }

  private func suite(_ number: Int) -> RobotSuites.Suite {
    known.indices.contains(number) ? known[number] : RobotSuites.Suite()
  }

  mutating func read(_ path: String, _ node: JSONNode) {
    let keys = path.split(separator: ".")
    switch path {
    case "generated": return writer.start(iso: node.bytes)
    case "generator":
      suites.generator = node.bytes
      return
    case "statistics.total":
      let numbers = ["pass", "fail", "skip"].map { (key: StaticString) in node[key].int ?? 0 }
      return writer.declare(tests: numbers.reduce(0, &+), failing: numbers[1])
    case _ where Self.tooDeep.contains(path):
      return writer.lose("suites lie more than \(Self.deepest) deep: what is in them is not read", 0)
    default: break
    }
    let isFirst = keys.last == "name" || keys.last == "source"
    enter(keys.count { $0 == "suites" }, isFirst ? 0 : 1)
    switch keys.last {
    case "name": known[numbers[numbers.count - 1]].name = Array(node.bytes)[...]
    case "source": known[numbers[numbers.count - 1]].source = Array(node.bytes)[...]
    case "status": suites.end(status: node.bytes)
    case "message": suites.end(message: node.bytes)
    case "tests": readTest(node)
    default: break
    }
  }

  private mutating func readTest(_ test: JSONNode) {
    guard test.kind == .object else { return writer.lose("a test is no object", 0) }
    suites.add(
      RobotSuites.Test(
        name: test["name"].bytes, line: test["lineno"].int, status: test["status"].bytes,
        seconds: test["elapsed_time"].double, message: test["message"].bytes, failures: Self.failures(in: test),
        tags: test["tags"].map(\.bytes)), to: &writer)
  }

  /// What keywords said when they failed, in their order.
  private static func failures(in test: JSONNode) -> [UInt8] {
    var text: [UInt8] = []
    var open = [test]
    while let next = open.popLast(), text.count < RobotSuites.longestFailures {
      if next["type"].says("MESSAGE"), next["level"].says("FAIL") { text += next["message"].bytes + [0x0A] }
      open += ([next["setup"]] + next["body"].map { $0 } + [next["teardown"]]).reversed().filter { $0.kind == .object }
    }
    return text
  }

  mutating func finish() {
    if suites.open.isEmpty, writer.result.damages.isEmpty { writer.lose("it holds no suite", 0) }
    suites.leave(downTo: 0, &writer)
  }
}
