internal import DataSyntax
package import TriageModel

/// Playwright's JSON reporter: files, the describes in them, and of each test its results by project, every attempt told.
package enum PlaywrightJSON: ReportFormat {
  package static let id = "playwright-json"
  package static let title = "Playwright JSON"
  package static let richness = 27
  package static let names = ReportNames(
    endings: ["json"], usualPaths: ["playwright-report", "playwright-results*.json", "test-results.json"])
  package static let marks = ReportMarks(times: ["\"startTime\""], tests: ["\"title\""])
  package static let signs: [FormatSign] = [
    .object(["config", "suites"], saying: ["\"projects\""]), .object(["config", "suites", "stats"]),
    .object(["config"], saying: ["\"rootDir\"", "\"projects\"", "\"reporter\""]),
    .object(["suites"], saying: ["\"specs\"", "\"tests\""]),
  ]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    PlaywrightReader.read(input, into: &builder)
  }
}

private struct PlaywrightReader: JSONUnitReader {
  var writer: CaseWriter
  static let units = ["suites", "errors", "stats"]
  private static let deepest = 100

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(_ path: String, _ node: JSONNode) {
    switch path {
    case "suites": readSuite(node, titles: [], depth: 0)
    case "errors":
      var record = writer.suiteFailure(suite: [], name: Array("(outside of tests)".utf8)[...])
      fail(&record, as: .errored, node)
      writer.add(record)
    default:
      let counts = ["expected", "unexpected", "flaky", "skipped"].map { (key: StaticString) in node[key].int ?? 0 }
      writer.declare(tests: counts.reduce(0, +), failing: counts[1])
      writer.start(iso: node["startTime"].bytes)
    }
  }

  private mutating func readSuite(_ suite: JSONNode, titles: [ArraySlice<UInt8>], depth: Int) {
    guard depth < Self.deepest else { return writer.lose("describes lie more than \(Self.deepest) deep", 0) }
    // The outermost is the file, the others are describes.
    let titles = depth == 0 ? [] : titles + [suite["title"].bytes]
    for spec in suite["specs"] {
      for test in spec["tests"] {
        read(test, of: spec, titles, file: spec["file"].exists ? spec["file"] : suite["file"])
      }
    }
    for inner in suite["suites"] { readSuite(inner, titles: titles, depth: depth + 1) }
  }

  private mutating func read(_ test: JSONNode, of spec: JSONNode, _ titles: [ArraySlice<UInt8>], file: JSONNode) {
    let name = Array((titles + [spec["title"].bytes]).joined(separator: " \u{203A} ".utf8))[...]
    var suite = Array(file.bytes)
    if !test["projectName"].bytes.isEmpty { suite += " [".utf8 + test["projectName"].bytes + "]".utf8 }
    var base = writer.record(suite: suite[...], name: name)
    base.file = writer.file(file.bytes).text
    base.line = UInt32(clamping: spec["line"].int ?? 0)
    let mayFail = test["expectedStatus"].says("failed")
    var attempts = test["results"].map { result in read(result, base, isExpectedToFail: mayFail) }
    if attempts.isEmpty {
      // A test that another one's failure kept from running has no result.
      base.outcome = .skipped
      attempts = [base]
    }
    let last = attempts.count - 1
    if test["status"].says("skipped"), !attempts[last].outcome.isFailing { attempts[last].outcome = .skipped }
    if test["status"].says("unexpected"), Outcome.of(attempts: attempts.map(\.outcome))?.isFailing != true {
      writer.fail(&attempts[last], as: .failed, saying: "the report calls the result unexpected")
    }
    for annotation in test["annotations"] {
      if attempts[last].outcome == .skipped, attempts[last].note.isEmpty {
        attempts[last].note = writer.plain(annotation["description"].bytes)
      }
      writer.tag(&attempts[last], annotation["type"].bytes, annotation["description"].bytes)
    }
    if attempts.contains(where: \.outcome.isFailing) {
      for tag in spec["tags"] { writer.tag(&attempts[last], "tag", tag.bytes) }
    }
    writer.add(attempts)
  }

  private mutating func read(_ result: JSONNode, _ base: AttemptRecord, isExpectedToFail: Bool) -> AttemptRecord {
    var record = base
    record.setDuration(result["duration"].double.map { $0 / 1000 })
    writer.settle(&record, saying: result["status"].bytes)
    let errors = result["errors"].map { $0 }
    for error in errors.isEmpty && result["error"].exists ? [result["error"]] : errors {
      fail(&record, as: record.outcome.isFailing ? record.outcome : .failed, error)
    }
    if isExpectedToFail {
      if record.outcome == .failed {
        record.outcome = .expectedFailure
      } else if record.outcome == .passed {
        writer.fail(&record, as: .failed, saying: "Expected to fail, but passed.")
      }
    }
    let attachments = result["attachments"].map { $0["path"].bytes }
    record.standardOutput = writer.output(result["stdout"].map { $0["text"].bytes }, attachments: attachments)
    record.standardError = writer.output(result["stderr"].map { $0["text"].bytes })
    return record
  }

  private mutating func fail(_ record: inout AttemptRecord, as outcome: Outcome, _ error: JSONNode) {
    let message = error["message"].exists ? error["message"].bytes : error["value"].bytes
    let stack = error["stack"].bytes
    let details =
      (stack.isEmpty ? message : stack) + (error["snippet"].exists ? [0x0A, 0x0A] + error["snippet"].bytes : [])
    let file = error["location"]["file"].bytes
    let place = file.isEmpty ? [] : writer.file(file).bytes
    writer.fail(
      &record, as: outcome, message: message, details: details, file: place,
      line: error["location"]["line"].int ?? 0)
  }

  mutating func finish() {}
}
