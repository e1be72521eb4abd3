internal import DataSyntax
package import TriageModel

/// The events of Dart's and Flutter's test runners (`--reporter json`, `--machine`).
package enum DartJSON: ReportFormat {
  package static let id = "dart"
  package static let title = "Dart test events"
  package static let richness = 19
  package static let names = ReportNames(
    endings: ["json", "jsonl", "ndjson", "out", "log", "txt"], isPrinted: true, usualPaths: ["machine.log"])
  package static let marks = ReportMarks(times: [], tests: ["\"name\""])
  package static let signs: [FormatSign] = [.lines(["protocolVersion", "runnerVersion"])]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    DartReader.read(input, into: &builder)
  }
}

private struct DartReader: JSONLineReader {
  private struct Running {
    var record: AttemptRecord
    let start: Double?
    var output: [UInt8] = []
    let isLoading: Bool
  }

  var writer: CaseWriter
  let tape = JSONTape()
  private var suites: [Int: [UInt8]] = [:]
  private var groups: [Int: [UInt8]] = [:]
  private var open: [Int: Running] = [:]
  private var hasEnded = false

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(text: ArraySlice<UInt8>) {}

  mutating func read(_ event: JSONNode) {
    switch event["type"].string ?? "" {
    case "suite":
      if let id = event["suite"]["id"].int { suites[id] = Array(writer.file(event["suite"]["path"].bytes).bytes) }
    case "group":
      if let id = event["group"]["id"].int { groups[id] = Array(event["group"]["name"].bytes) }
    case "testStart": start(event["test"], at: event["time"].double)
    case "print":
      guard let id = event["testID"].int else { return }
      open[id]?.output += event["message"].bytes + [0x0A]
    case "error": fail(event)
    case "testDone": end(event)
    case "done":
      hasEnded = true
      if !event["success"].isTrue { writer.declaresFailure = true }
    default: break
    }
  }

  private mutating func start(_ test: JSONNode, at milliseconds: Double?) {
    guard let id = test["id"].int else { return }
    let path = test["suiteID"].int.flatMap { suites[$0] } ?? []
    let group = test["groupIDs"].compactMap { $0.int }.last.flatMap { groups[$0] } ?? []
    // A test's name has those of the groups around it before it.
    var name = test["name"].bytes
    if !group.isEmpty, name.count > group.count + 1, name.starts(with: group) { name = name.dropFirst(group.count + 1) }
    let isLoading = test["groupIDs"].allSatisfy { _ in false } && name.starts(with: "loading ".utf8)
    let suite = isLoading ? [] : group.isEmpty ? path : path + "::".utf8 + group
    var record = writer.record(suite: suite[...], name: name)
    record.file = isLoading ? .empty : writer.text(path[...])
    record.line = UInt32(clamping: test["root_line"].int ?? test["line"].int ?? 0)
    record.note = writer.plain(test["metadata"]["skipReason"].bytes)
    if isLoading { record.kind = .suite }
    open[id] = Running(record: record, start: milliseconds, isLoading: isLoading)
  }

  private mutating func fail(_ event: JSONNode) {
    guard let id = event["testID"].int, var running = open.removeValue(forKey: id) else {
      var record = writer.suiteFailure(suite: [], name: Array("(outside of tests)".utf8)[...])
      writer.fail(&record, as: .errored, message: event["error"].bytes, details: event["stackTrace"].bytes)
      return writer.add(record)
    }
    let outcome = event["isFailure"].isTrue ? Outcome.failed : .errored
    writer.fail(&running.record, as: outcome, message: event["error"].bytes, details: event["stackTrace"].bytes)
    open[id] = running
  }

  private mutating func end(_ event: JSONNode) {
    guard let id = event["testID"].int, var running = open.removeValue(forKey: id) else { return }
    if let start = running.start, let end = event["time"].double { running.record.setDuration((end - start) / 1000) }
    if event["skipped"].isTrue, !running.record.outcome.isFailing {
      running.record.outcome = .skipped
    } else if !running.record.outcome.isFailing {
      writer.settle(&running.record, saying: event["result"].bytes)
    }
    running.record.standardOutput = writer.output(running.output[...])
    // What loads and tears down is told of as a test too; it counts where it fails.
    if (event["hidden"].isTrue || running.isLoading) && !running.record.outcome.isFailing { return }
    if event["hidden"].isTrue { running.record.kind = .suite }
    writer.add(running.record)
  }

  mutating func finish() {
    for (_, running) in open.sorted(by: { $0.key < $1.key }) {
      var record = running.record
      writer.fail(&record, saying: "the report ends inside this test")
      writer.add(record)
    }
    if !hasEnded { writer.lose("the run never ended", writer.line) }
  }
}
