internal import DataSyntax
package import TriageModel

/// Cucumber's messages, a line each: documents, pickles, test cases, and what became of their steps at each attempt.
package enum CucumberMessages: ReportFormat {
  package static let id = "cucumber-messages"
  package static let title = "Cucumber messages"
  package static let richness = 26
  package static let names = ReportNames(endings: ["ndjson", "jsonl", "json"], usualPaths: ["cucumber*.ndjson"])
  package static let marks = ReportMarks(times: ["\"seconds\""], tests: ["\"name\""])
  package static let signs: [FormatSign] = [.lines(["meta"], saying: ["protocolVersion"])]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    CucumberMessageReader.read(input, into: &builder)
  }
}

private struct CucumberMessageReader: JSONLineReader {
  /// A scenario as it is compiled.
  private struct Pickle {
    let suite: SuiteID
    let name: TextRef
    let file: TextRef
    let line: UInt32
    let tags: [[UInt8]]
    let steps: [[UInt8]: [UInt8]]
  }

  /// An attempt that runs.
  private struct Attempt {
    let test: [UInt8]
    var record: AttemptRecord
    var outcome = CucumberOutcome()
    let start: Double?
    let number: Int
    /// Where files that it left are.
    var attachments: [ArraySlice<UInt8>] = []
    var files = EmbeddedFiles()
  }

  var writer: CaseWriter
  let tape = JSONTape()
  private var features: [[UInt8]: [UInt8]] = [:]
  private var lines: [[UInt8]: Int] = [:]
  private var pickles: [[UInt8]: Pickle] = [:]
  private var testCases: [[UInt8]: (pickle: [UInt8], steps: [[UInt8]: [UInt8]])] = [:]
  private var open: [[UInt8]: Attempt] = [:]
  /// The attempts at a test of which the last has not come, by test case.
  private var earlier: [[UInt8]: [AttemptRecord]] = [:]
  private var begun = 0
  private var hasEnded = false

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(text: ArraySlice<UInt8>) {
    writer.result.warnings.append("line \(writer.line) is no message")
  }

  mutating func read(_ event: JSONNode) {
    guard let message = event.first(where: { _ in true }) else { return }
    switch String(decoding: message.key, as: UTF8.self) {
    case "gherkinDocument": readDocument(message)
    case "pickle": readPickle(message)
    case "testCase": readTestCase(message)
    case "testRunStarted": writer.start(milliseconds: Self.seconds(message["timestamp"]).map { $0 * 1000 })
    case "testCaseStarted": start(message)
    case "testStepFinished": readStep(message)
    case "attachment", "externalAttachment": attach(message)
    case "testCaseFinished": end(message)
    case "testRunHookFinished": readRunHook(message)
    case "testRunFinished":
      hasEnded = true
      if message["success"].kind == .false { writer.declaresFailure = true }
    default: break
    }
  }

  // MARK: - What will run

  private mutating func readDocument(_ document: JSONNode) {
    let feature = document["feature"]
    features[Array(document["uri"].bytes)] = Array(feature["name"].bytes)
    for child in feature["children"] {
      readLine(child["scenario"])
      for inner in child["rule"]["children"] { readLine(inner["scenario"]) }
    }
  }

  private mutating func readLine(_ scenario: JSONNode) {
    lines[Array(scenario["id"].bytes)] = scenario["location"]["line"].int
    for examples in scenario["examples"] {
      for row in examples["tableBody"] { lines[Array(row["id"].bytes)] = row["location"]["line"].int }
    }
  }

  private mutating func readPickle(_ pickle: JSONNode) {
    let uri = pickle["uri"].bytes
    let suite = (features[Array(uri)] ?? Array(uri)).withUnsafeBytes { writer.builder.suite($0) }
    let line = pickle["astNodeIds"].compactMap { lines[Array($0.bytes)] }.last
    let steps = pickle["steps"].map { (Array($0["id"].bytes), Array($0["text"].bytes)) }
    pickles[Array(pickle["id"].bytes)] = Pickle(
      suite: suite, name: writer.text(pickle["name"].bytes), file: writer.file(uri).text,
      line: UInt32(clamping: line ?? 0), tags: pickle["tags"].map { Array($0["name"].bytes) },
      steps: Dictionary(steps) { $1 })
  }

  private mutating func readTestCase(_ test: JSONNode) {
    let steps = test["testSteps"].map { (Array($0["id"].bytes), Array($0["pickleStepId"].bytes)) }
    testCases[Array(test["id"].bytes)] = (Array(test["pickleId"].bytes), Dictionary(steps) { $1 })
  }

  // MARK: - What ran

  private mutating func start(_ message: JSONNode) {
    let test = Array(message["testCaseId"].bytes)
    begun += 1
    let pickle = testCases[test].flatMap { pickles[$0.pickle] }
    var record =
      pickle.map { AttemptRecord(suite: $0.suite, name: $0.name, outcome: .passed) }
      ?? writer.record(suite: [], name: test[...])
    record.duplicate = .otherTest
    (record.file, record.line) = (pickle?.file ?? .empty, pickle?.line ?? 0)
    open[Array(message["id"].bytes)] = Attempt(
      test: test, record: record, start: Self.seconds(message["timestamp"]), number: begun)
  }

  private mutating func readStep(_ message: JSONNode) {
    let id = Array(message["testCaseStartedId"].bytes)
    guard var attempt = open.removeValue(forKey: id) else { return }
    let test = testCases[attempt.test]
    let step = test?.steps[Array(message["testStepId"].bytes)] ?? []
    let title = test.flatMap { pickles[$0.pickle]?.steps[step] } ?? Array("a hook".utf8)
    let result = message["testStepResult"]
    attempt.outcome.add(
      result["status"].bytes, title: title[...], text: result["message"].bytes, &attempt.record, &writer)
    open[id] = attempt
  }

  /// A file that a test left: in the report, or elsewhere by its address.
  private mutating func attach(_ message: JSONNode) {
    let id = Array(message["testCaseStartedId"].bytes)
    guard var attempt = open.removeValue(forKey: id) else { return }
    for place in [message["url"].bytes, message["fileName"].bytes] where !place.isEmpty {
      attempt.attachments.append(Array(place)[...])
    }
    if message["body"].exists {
      attempt.files.add(
        message["fileName"].bytes, type: message["mediaType"].bytes, message["body"].bytes,
        isBase64: message["contentEncoding"].says("BASE64"))
    }
    open[id] = attempt
  }

  private mutating func end(_ message: JSONNode) {
    guard let attempt = open.removeValue(forKey: Array(message["testCaseStartedId"].bytes)) else { return }
    close(attempt, at: Self.seconds(message["timestamp"]), isLast: !message["willBeRetried"].isTrue)
  }

  private mutating func close(_ attempt: Attempt, at seconds: Double?, isLast: Bool) {
    var record = attempt.record
    attempt.outcome.settle(&record, &writer)
    if let start = attempt.start, let seconds { record.setDuration(seconds - start) }
    record.standardOutput = writer.output([attempt.files.shown], attachments: attempt.attachments)
    if record.outcome.isFailing, let test = testCases[attempt.test] {
      for tag in pickles[test.pickle]?.tags ?? [] { writer.tag(&record, "tag", tag.drop { $0 == UInt8(ascii: "@") }) }
    }
    let all = (earlier.removeValue(forKey: attempt.test) ?? []) + [record]
    if isLast { writer.add(all) } else { earlier[attempt.test] = all }
  }

  private mutating func readRunHook(_ message: JSONNode) {
    let result = message["result"]
    guard !result["status"].says("PASSED"), !result["status"].says("SKIPPED"), result.exists else { return }
    var record = writer.suiteFailure(suite: [], name: Array("(a hook of the run)".utf8)[...])
    writer.fail(&record, as: .errored, details: result["message"].bytes)
    writer.add(record)
  }

  private static func seconds(_ time: JSONNode) -> Double? {
    time["seconds"].double.map { $0 + (time["nanos"].double ?? 0) / 1e9 }
  }

  mutating func finish() {
    for attempt in open.values.sorted(by: { $0.number < $1.number }) {
      var attempt = attempt
      writer.fail(&attempt.record, saying: "the report ends inside this test")
      close(attempt, at: nil, isLast: true)
    }
    for attempts in earlier.values { writer.add(attempts) }
    if !hasEnded { writer.lose("the run never ended", writer.line) }
  }
}
