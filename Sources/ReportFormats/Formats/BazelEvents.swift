internal import DataSyntax
package import TriageModel

/// Bazel's build events in JSON (`--build_event_json_file`), as far as they name tests: targets, their shards, runs and
/// attempts. What did not build stands beside them.
package enum BazelEvents: ReportFormat {
  package static let id = "bazel-bep"
  package static let title = "Bazel build events"
  package static let richness = 4
  package static let names = ReportNames(
    endings: ["json", "jsonl", "ndjson"], usualPaths: ["bep*.json", "build_events*.json", "build-events*.json"])
  package static let marks = ReportMarks(times: ["\"startTimeMillis\""], tests: ["\"testResult\""])
  package static let signs: [FormatSign] = [.lines(["id", "children"], saying: ["\"started\""])]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    BazelReader.read(input, into: &builder)
  }
}

private struct BazelReader: JSONLineReader {
  /// A target's shard in a run of it.
  private struct Place: Hashable, Comparable {
    let label: String
    let run: Int
    let shard: Int

    static func < (left: Place, right: Place) -> Bool {
      (left.label, left.run, left.shard) < (right.label, right.run, right.shard)
    }
  }

  var writer: CaseWriter
  let tape = JSONTape()
  private var attempts: [Place: [(number: Int, record: AttemptRecord)]] = [:]
  private var summaries: [String: String] = [:]
  private var failedTargets: [String: [UInt8]] = [:]
  private var hasEnded = false

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(text: ArraySlice<UInt8>) {}

  mutating func read(_ event: JSONNode) {
    let id = event["id"]
    if id["testResult"].exists, event["testResult"].exists {
      readResult(id["testResult"], event["testResult"])
    } else if id["testSummary"].exists {
      summaries[id["testSummary"]["label"].string ?? ""] = event["testSummary"]["overallStatus"].string ?? ""
    } else if id["targetCompleted"].exists {
      let label = id["targetCompleted"]["label"].string ?? ""
      if event["aborted"].exists {
        failedTargets[label] = Array(event["aborted"]["description"].bytes)
      } else if event["completed"].exists, !event["completed"]["success"].isTrue {
        failedTargets[label] = Array(event["completed"]["failureDetail"]["message"].bytes)
      }
    } else if event["started"].exists {
      let text = String(decoding: event["started"]["startTimeMillis"].bytes, as: UTF8.self)
      writer.start(milliseconds: Double(text))
      writer.start(iso: event["started"]["startTime"].bytes)
    } else if event["finished"].exists {
      hasEnded = true
      writer.result.exitCode =
        event["finished"]["exitCode"]["code"].int ?? (event["finished"]["overallSuccess"].isTrue ? 0 : nil)
    }
  }

  private mutating func readResult(_ id: JSONNode, _ result: JSONNode) {
    let place = Place(label: id["label"].string ?? "", run: id["run"].int ?? 1, shard: id["shard"].int ?? 0)
    var record = writer.record(suite: [], name: Array(place.label.utf8)[...])
    Self.settle(&record, result["status"].string ?? "", details: result["statusDetails"].bytes, &writer)
    let text = String(decoding: result["testAttemptDurationMillis"].bytes, as: UTF8.self)
    record.setDuration(Double(text).map { $0 / 1000 })
    let outputs = result["testActionOutput"].map { $0["uri"].bytes }
    if record.outcome.isFailing { record.standardOutput = writer.output([], attachments: outputs) }
    attempts[place, default: []].append((id["attempt"].int ?? 1, record))
  }

  private static func settle(
    _ record: inout AttemptRecord, _ status: String, details: ArraySlice<UInt8>, _ writer: inout CaseWriter
  ) {
    switch status {
    case "PASSED": record.outcome = .passed
    case "FLAKY": record.outcome = .passedOnRetry
    case "TIMEOUT":
      writer.fail(&record, as: .timedOut, message: Array("Timeout".utf8)[...], details: details)
      record.outcome = .timedOut
    case "FAILED": writer.fail(&record, details: details)
    default:
      let words = status.isEmpty ? "no status" : status.lowercased().replacing("_", with: " ")
      writer.fail(&record, as: .errored, message: Array(words.utf8)[...], details: details)
    }
  }

  mutating func finish() {
    var told: Set<String> = []
    for (place, results) in attempts.sorted(by: { $0.key < $1.key }) {
      told.insert(place.label)
      var records = results.sorted { $0.number < $1.number }.map(\.record)
      let marks = [("run", place.run > 1 ? place.run : 0), ("shard", place.shard)].filter { $0.1 > 0 }
      for (name, number) in marks { writer.tag(&records[records.count - 1], name, Array("\(number)".utf8)[...]) }
      writer.add(records)
    }
    for (label, status) in summaries.sorted(by: { $0.key < $1.key }) where !told.contains(label) {
      told.insert(label)
      var record = writer.record(suite: [], name: Array(label.utf8)[...])
      Self.settle(&record, status, details: [], &writer)
      writer.add(record)
    }
    for (label, text) in failedTargets.sorted(by: { $0.key < $1.key }) where !told.contains(label) {
      var record = writer.suiteFailure(suite: [], name: Array(label.utf8)[...])
      writer.fail(&record, as: .errored, message: text.isEmpty ? Array("it did not build".utf8)[...] : text[...])
      writer.add(record)
    }
    if !hasEnded { writer.lose("the build never ended", writer.line) }
  }
}
