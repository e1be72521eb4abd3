package import TriageModel

/// Visual Studio's TRX. Results come before the definitions that name their classes, so they are kept until the end.
///
/// A data-driven test is told of as a whole and row by row: its rows are the tests. A run that was aborted, or whose host
/// crashed, says so beside its results.
package enum TRX: ReportFormat {
  package static let id = "trx"
  package static let title = "Visual Studio TRX"
  package static let richness = 22
  package static let names = ReportNames(
    endings: ["trx"], meant: ["*.trx"], usualPaths: ["TestResults", "*/TestResults", "*.trx"])
  package static let marks = ReportMarks(times: ["startTime=", "start="], tags: [("<UnitTestResult", ["testName="])])
  package static let signs: [FormatSign] = [.root("TestRun")]

  package static func recognises(_ head: ReportHead) -> Bool {
    // CppUnit's reports have the same root.
    signs.contains { head.sight.shows($0) } && !head.sight.shows(.root("TestRun", saying: ["<FailedTests"]))
  }

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    TRXReader.read(input, into: &builder)
  }
}

private struct TRXReader: XMLUnitReader {
  /// A result whose class is not known yet.
  private struct Result {
    var record: AttemptRecord
    let name: [UInt8]
    let test: [UInt8]
    let execution: [UInt8]
    let parent: [UInt8]
  }

  var writer: CaseWriter
  private var results: [Result] = []
  /// Class and tags of tests, by their ids.
  private var definitions: [[UInt8]: (suite: [UInt8], tags: [[UInt8]])] = [:]
  private var runInfos: [(text: [UInt8], isError: Bool)] = []
  private var outcome = ""
  private static let deepest = 50

  static let vocabulary = XMLVocabulary([
    "TestRun", "Results", "UnitTestResult", "GenericTestResult", "WebTestResult", "ManualTestResult", "TestResult",
    "TestResultAggregation", "InnerResults", "Output", "StdOut", "StdErr", "DebugTrace", "ErrorInfo", "Message",
    "StackTrace", "TextMessages", "ResultFiles", "ResultFile", "UnitTest", "TestMethod", "TestCategory",
    "TestCategoryItem", "ResultSummary", "Counters", "RunInfos", "RunInfo", "Text", "Times", "executionId",
    "parentExecutionId", "testId", "testName", "outcome", "duration", "startTime", "computerName", "path", "id",
    "className", "name", "total", "failed", "error", "timeout", "aborted", "start", "creation", "resultType",
  ])
  static let units = [
    "UnitTestResult", "GenericTestResult", "WebTestResult", "ManualTestResult", "TestResult", "TestResultAggregation",
    "UnitTest", "Counters", "RunInfo", "Times",
  ]
  static let texts = ["StdOut", "StdErr", "DebugTrace", "Message", "StackTrace", "Text"]

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func open(_ element: XMLNode) {
    if element.isCalled("ResultSummary") { outcome = String(decoding: element["outcome"], as: UTF8.self) }
  }

  mutating func close(_ name: String) {}

  mutating func read(_ unit: XMLNode) {
    if unit.isCalled("UnitTest") {
      define(unit)
    } else if unit.isCalled("Counters") {
      let failing = ["failed", "error", "timeout", "aborted"].map { (key: StaticString) in unit.number(key) ?? 0 }
      writer.declare(tests: unit.number("total"), failing: failing.reduce(0, +))
    } else if unit.isCalled("RunInfo") {
      let words = String(decoding: unit["outcome"], as: UTF8.self)
      runInfos.append((Array(unit.child("Text").text), ["Error", "Failed", "Aborted", "Timeout"].contains(words)))
    } else if unit.isCalled("Times") {
      writer.start(iso: unit["start"].isEmpty ? unit["creation"] : unit["start"])
    } else {
      readResult(unit, parent: [])
    }
  }

  private mutating func define(_ test: XMLNode) {
    let method = test.child("TestMethod")
    // Old versions write the assembly behind the class.
    let name = method["className"].prefix { $0 != UInt8(ascii: ",") }
    let tags = test.child("TestCategory").map { Array($0["TestCategory"]) }
    definitions[Array(test["id"])] = (Array(name), tags)
  }

  private mutating func readResult(_ result: XMLNode, parent: [UInt8], depth: Int = 0) {
    guard depth < Self.deepest else { return writer.lose("results lie more than \(Self.deepest) deep", 0) }
    var record = AttemptRecord(suite: SuiteID(index: 0), name: .empty, outcome: .passed)
    record.duplicate = .otherTest
    record.setDuration(Self.seconds(result["duration"]))
    writer.settle(&record, saying: Self.word(result["outcome"]))
    let output = result.child("Output")
    let error = output.child("ErrorInfo")
    if record.outcome.isFailing || error.exists && record.outcome != .skipped {
      writer.fail(
        &record, as: record.outcome.isFailing ? record.outcome : .failed, message: error.child("Message").text,
        details: error.child("StackTrace").text)
    } else if record.outcome == .skipped {
      let said = error.exists ? error.child("Message").text : output.child("StdOut").text
      record.note = writer.plain(said)
    }
    let texts =
      [output.child("StdOut").text, output.child("DebugTrace").text] + output.child("TextMessages").map(\.text)
    let attachments = result.child("ResultFiles").map { $0["path"] }
    record.standardOutput = writer.output(texts.filter { !$0.isEmpty }, attachments: attachments)
    record.standardError = writer.output(output.child("StdErr").text)
    let execution = Array(result["executionId"])
    results.append(
      Result(
        record: record, name: Array(result["testName"]), test: Array(result["testId"]), execution: execution,
        parent: result["parentExecutionId"].isEmpty ? parent : Array(result["parentExecutionId"])))
    for inner in result.child("InnerResults") { readResult(inner, parent: execution, depth: depth + 1) }
  }

  /// `PassedButRunAborted` is a pass: that the run was aborted is said of the run. What completed without a verdict has
  /// none.
  private static func word(_ outcome: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    outcome.elementsEqual("PassedButRunAborted".utf8) ? Array("Passed".utf8)[...] : outcome
  }

  /// `hh:mm:ss.fffffff`.
  private static func seconds(_ text: ArraySlice<UInt8>) -> Double? {
    let parts = text.split(separator: UInt8(ascii: ":")).map { Double(String(decoding: $0, as: UTF8.self)) }
    guard parts.count == 3, let hours = parts[0], let minutes = parts[1], let seconds = parts[2] else { return nil }
    return hours * 3600 + minutes * 60 + seconds
  }

  mutating func finish() {
    let parents = Set(results.map(\.parent)).subtracting([[]])
    let failingParents = Set(results.filter(\.record.outcome.isFailing).map(\.parent))
    for result in results {
      let isWhole = !result.execution.isEmpty && parents.contains(result.execution)
      if isWhole { writer.declare(tests: -1) }
      if isWhole, !result.record.outcome.isFailing || failingParents.contains(result.execution) {
        if result.record.outcome.isFailing { writer.declare(failing: -1) }
        continue
      }
      add(result, isWhole: isWhole)
    }
    for info in runInfos where info.isError {
      var record = writer.suiteFailure(suite: [], name: Array("(outside of tests)".utf8)[...])
      writer.fail(&record, as: .errored, details: info.text[...])
      writer.add(record)
    }
    switch outcome {
    case "", "Completed", "Passed", "Warning", "Inconclusive", "NotExecuted", "PassedButRunAborted": break
    case "Failed": writer.declaresFailure = true
    default: writer.lose("it calls the run \(outcome.prefix(100))", 0)
    }
  }

  private mutating func add(_ result: Result, isWhole: Bool) {
    let definition = definitions[result.test]
    let split = DottedName.parts(of: result.name[...])
    let suite = definition.map { $0.suite.isEmpty ? split.suite : $0.suite[...] } ?? split.suite
    let name = definition?.suite.isEmpty == false ? DottedName.name(result.name[...], in: suite) : split.name
    var record = result.record
    record.suite = suite.withUnsafeBytes { writer.builder.suite($0) }
    record.name = name.isEmpty ? writer.builder.text("(no name)") : writer.text(name)
    if isWhole { record.kind = .suite }
    if record.outcome.isFailing {
      for tag in definition?.tags ?? [] { writer.tag(&record, "tag", tag[...]) }
    }
    writer.add(record)
  }
}
