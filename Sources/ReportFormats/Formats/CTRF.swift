internal import DataSyntax
package import TriageModel

/// The Common Test Report Format, with its attempts, steps, labels, attachments and places; old files lack its name.
///
/// A failed test of which the tool's own word says how it failed (`timedOut`, `broken`) failed so.
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
  private static let mostLabels = 200

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
    if record.outcome.isFailing || test["flaky"].isTrue { describe(&record, test) }
    writer.add(earlier(test, &record) + [record])
  }

  /// Labels, parameters and what else is told of where and how the test ran.
  private mutating func describe(_ record: inout AttemptRecord, _ test: JSONNode) {
    for tag in test["tags"] { writer.tag(&record, "tag", tag.bytes) }
    for list in [test["labels"], test["parameters"], test["extra"]] where list.kind == .object {
      for label in list.prefix(Self.mostLabels) { writer.tag(&record, label.key, Self.text(label)) }
    }
    for name in ["browser", "device", "type", "threadId", "ai"] as [StaticString] {
      writer.tag(&record, Array(name.description.utf8)[...], test[name].bytes)
    }
  }

  /// A value for people: of an array its values one after the other.
  private static func text(_ value: JSONNode) -> ArraySlice<UInt8> {
    let text = value.kind == .array ? value.map(\.compactText).joined(separator: ", ") : value.compactText
    return Array(text.utf8)[...]
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
    let raw = node["rawStatus"].bytes
    if record.outcome == .failed, let finer = StatusWord.outcome(of: raw), finer.isFailing { record.outcome = finer }
    let (message, trace) = (node["message"].bytes, node["trace"].bytes)
    if record.outcome.isFailing {
      writer.fail(&record, as: record.outcome, message: message, details: trace)
      writer.tag(&record, "snippet", node["snippet"].bytes)
      if !raw.isEmpty, !raw.elementsEqual(status.bytes) { writer.tag(&record, "rawStatus", raw) }
    } else {
      record.note = writer.plain(message)
    }
    let steps = record.outcome.isFailing ? StepLines.of(node["steps"]) : []
    record.standardOutput = writer.output(
      [steps[...]] + Self.lines(node["stdout"]) + Self.unplaced(node),
      attachments: node["attachments"].map { $0["path"].bytes })
    record.standardError = writer.output(Self.lines(node["stderr"]))
  }

  /// What was printed, which is told by lines without their ends.
  private static func lines(_ output: JSONNode) -> [ArraySlice<UInt8>] {
    let lines = output.kind == .array ? output.map(\.bytes) : [output.bytes].filter { !$0.isEmpty }
    return lines.map { $0.last == 0x0A ? $0 : $0 + [0x0A] }
  }

  /// The picture that lies in the report, and attachments of which it does not say where they are.
  private static func unplaced(_ node: JSONNode) -> [ArraySlice<UInt8>] {
    var files = EmbeddedFiles()
    let picture = node["screenshot"].bytes
    if !picture.isEmpty {
      files.add(Array("screenshot".utf8)[...], type: Array("image".utf8)[...], picture, isBase64: true)
    }
    let lost = node["attachments"].filter { $0["path"].bytes.isEmpty && $0.kind == .object }
    return [files.shown] + lost.map { "[".utf8 + $0["name"].bytes + ": the report does not say where it is]\n".utf8 }
  }

  /// The attempts before the last: each as it is told, or as many as are counted. The last may take what only its own
  /// account among them tells.
  private mutating func earlier(_ test: JSONNode, _ record: inout AttemptRecord) -> [AttemptRecord] {
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
    // The last of them may be the test's own attempt once more; one that ended otherwise is none.
    let isRepeated =
      told.count > (test["retries"].int ?? told.count)
      && told.last?["status"].bytes.elementsEqual(test["status"].bytes) == true
    if isRepeated, let last = told.last {
      var again = bare
      read(last, into: &again, status: last["status"])
      if record.standardOutput == .empty { record.standardOutput = again.standardOutput }
      if record.standardError == .empty { record.standardError = again.standardError }
    }
    return told.dropLast(isRepeated ? 1 : 0).map { attempt in
      var record = bare
      record.outcome = .passed
      read(attempt, into: &record, status: attempt["status"])
      return record
    }
  }

  mutating func finish() {}
}
