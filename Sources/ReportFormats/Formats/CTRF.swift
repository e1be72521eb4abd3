internal import DataSyntax
package import TriageModel

/// The Common Test Report Format, with its attempts, labels, attachments and places; old files lack its name.
package enum CTRF: ReportFormat {
  package static let id = "ctrf"
  package static let title = "CTRF"
  package static let richness = 17
  package static let names = ReportNames(
    endings: ["json"], meant: ["ctrf-report.json"], usualPaths: ["ctrf", "ctrf-report.json", "*/ctrf"])
  package static let marks = ReportMarks(times: ["\"start\""], tests: ["\"name\""])
  package static let signs: [FormatSign] = [
    .object(["results"], saying: ["\"tool\"", "\"summary\""]), .object(["results"], saying: ["\"CTRF\""]),
  ]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    CTRFReader.read(input, into: &builder)
  }
}

private struct CTRFReader: JSONUnitReader {
  var writer: CaseWriter
  static let units = ["results.tests", "results.summary"]
  private static let mostRetries = 100

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(_ path: String, _ node: JSONNode) {
    if path == "results.summary" {
      writer.declare(tests: node["tests"].int, failing: node["failed"].int)
      writer.start(milliseconds: node["start"].double)
    } else {
      readTest(node)
    }
  }

  private mutating func readTest(_ test: JSONNode) {
    let file = writer.file(test["filePath"].bytes)
    var (suite, name) = (suite(of: test), test["name"].bytes)
    // pytest's plug-in writes whole node ids.
    let module = test["suite"].first { _ in true }?.bytes ?? []
    if !module.isEmpty, name.starts(with: module + "::".utf8) {
      let parts = PytestNodeID.split(String(decoding: name, as: UTF8.self))
      (suite, name) = (Array(parts.suite.utf8)[...], Array(parts.name.utf8)[...])
    }
    var record = writer.record(suite: suite, name: name)
    record.file = file.text
    record.line = UInt32(clamping: test["line"].int ?? 0)
    read(test, into: &record, status: test["status"])
    if record.outcome.isFailing || test["flaky"].isTrue {
      for tag in test["tags"] { writer.tag(&record, "tag", tag.bytes) }
      for label in test["labels"] { writer.tag(&record, label.key, label.bytes) }
      for parameter in test["parameters"] { writer.tag(&record, parameter.key, parameter.bytes) }
      for name in ["browser", "device", "type"] as [StaticString] {
        writer.tag(&record, Array(name.description.utf8)[...], test[name].bytes)
      }
    }
    writer.add(earlier(test, record) + [record])
  }

  /// The suite: names from the outermost on, or in old files one text.
  private func suite(of test: JSONNode) -> ArraySlice<UInt8> {
    guard test["suite"].kind == .array else { return test["suite"].bytes }
    return Array(test["suite"].map(\.bytes).joined(separator: " > ".utf8))[...]
  }

  /// What an attempt, or the test itself for its last one, says.
  private mutating func read(_ node: JSONNode, into record: inout AttemptRecord, status: JSONNode) {
    record.setDuration(node["duration"].double.map { $0 / 1000 })
    let isOther = status.says("other")
    writer.settle(&record, saying: isOther ? node["rawStatus"].bytes : status.bytes)
    let (message, trace) = (node["message"].bytes, node["trace"].bytes)
    if record.outcome.isFailing {
      writer.fail(&record, as: record.outcome, message: message, details: trace)
      if trace.isEmpty, !node["snippet"].bytes.isEmpty { writer.tag(&record, "snippet", node["snippet"].bytes) }
    } else {
      record.note = writer.plain(message)
    }
    let attachments = node["attachments"].map { $0["path"].bytes }
    record.standardOutput = writer.output(node["stdout"].map(\.bytes), attachments: attachments)
    record.standardError = writer.output(node["stderr"].map(\.bytes))
  }

  /// The attempts before the last: each as it is told, or as many as are counted.
  private mutating func earlier(_ test: JSONNode, _ record: AttemptRecord) -> [AttemptRecord] {
    let told = test["retryAttempts"].map { $0 }.sorted { ($0["attempt"].int ?? 0) < ($1["attempt"].int ?? 0) }
    var bare = record
    (bare.failures, bare.duration, bare.note, bare.properties) = ([], .nan, .empty, [])
    (bare.standardOutput, bare.standardError) = (.empty, .empty)
    if told.isEmpty {
      let counted = test["retries"].int ?? 0
      let count = max(counted, test["flaky"].isTrue && !record.outcome.isFailing ? 1 : 0)
      bare.outcome = .failed
      return Array(repeating: bare, count: min(max(count, 0), Self.mostRetries))
    }
    // The last of them may be the test's own attempt once more.
    let isRepeated = told.count > (test["retries"].int ?? told.count)
    return told.dropLast(isRepeated ? 1 : 0).map { attempt in
      var record = bare
      record.outcome = .passed
      read(attempt, into: &record, status: attempt["status"])
      return record
    }
  }

  mutating func finish() {}
}
