internal import DataSyntax
package import TriageModel

/// Cucumber's JSON formatter and behave's: features, their scenarios, and what became of each step and hook.
///
/// A step that has no definition, or is pending, is an error: Cucumber fails for it. A background of its own belongs to
/// the scenario behind it.
package enum CucumberJSON: ReportFormat {
  package static let id = "cucumber"
  package static let title = "Cucumber or behave JSON"
  package static let richness = 18
  package static let names = ReportNames(
    endings: ["json"], usualPaths: ["cucumber*.json", "target/cucumber-reports", "reports/cucumber*.json"])
  package static let marks = ReportMarks(times: ["\"start_timestamp\""], tests: ["\"id\""])
  package static let signs: [FormatSign] = [
    .array(["elements", "keyword"]), .array(["elements", "uri"]), .array(["elements"], saying: ["\"keyword\""]),
    .array(["keyword", "uri"]), .array(["keyword", "location"]),
  ]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    CucumberReader.read(input, into: &builder)
  }
}

private struct CucumberReader: JSONUnitReader {
  var writer: CaseWriter
  static let units = [""]

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(_ path: String, _ feature: JSONNode) {
    // behave says how a feature ended, and counts seconds; Cucumber counts nanoseconds.
    let isBehave = feature["status"].exists
    var background: [JSONNode] = []
    for element in feature["elements"] {
      if element["type"].says("background") {
        background = element["steps"].filter { $0["result"].exists }
      } else {
        readScenario(element, of: feature, background, unit: isBehave ? 1 : 1e9)
        background = []
      }
    }
    let isFailed = feature["status"].says("failed")
    if isFailed, !feature["elements"].contains(where: { $0["status"].says("failed") }) {
      var record = writer.suiteFailure(suite: [], name: feature["name"].bytes)
      writer.fail(&record, saying: "the report calls the feature failed, and none of its scenarios")
      writer.add(record)
    }
  }

  private mutating func readScenario(
    _ scenario: JSONNode, of feature: JSONNode, _ background: [JSONNode], unit: Double
  ) {
    var record = writer.record(suite: feature["name"].bytes, name: scenario["name"].bytes)
    let location = scenario["location"].bytes
    let colon = location.lastIndex(of: UInt8(ascii: ":"))
    let path = feature["uri"].exists ? feature["uri"].bytes : location[..<(colon ?? location.endIndex)]
    record.file = writer.file(path).text
    record.line = UInt32(clamping: scenario["line"].int ?? 0)
    if let colon, let line = UInt32(String(decoding: location[(colon + 1)...], as: UTF8.self)) { record.line = line }
    writer.start(iso: scenario["start_timestamp"].bytes)
    let inner = (background + scenario["steps"].map { $0 }).flatMap { step in
      // A step has hooks of its own around it.
      step["before"].map { $0 } + [step] + step["after"].map { $0 }
    }
    let steps = scenario["before"].map { $0 } + inner + scenario["after"].map { $0 }
    var outcome = CucumberOutcome()
    var seconds = 0.0
    var printed: [ArraySlice<UInt8>] = []
    var files = EmbeddedFiles()
    for step in steps {
      read(step, &record, &outcome)
      seconds += (step["result"]["duration"].double ?? 0) / unit
      printed += step["output"].map(\.bytes).map { $0.last == 0x0A ? $0 : $0 + [0x0A] }
      for file in step["embeddings"] { Self.add(file, to: &files) }
    }
    record.setDuration(seconds)
    outcome.settle(&record, &writer)
    let said = scenario["status"]
    if said.exists, StatusWord.outcome(of: said.bytes)?.isFailing ?? true, !record.outcome.isFailing {
      writer.settle(&record, saying: said.bytes)
    }
    record.standardOutput = writer.output(printed + [files.shown])
    if record.outcome.isFailing { for tag in scenario["tags"] { tagged(&record, tag) } }
    writer.add(record)
  }

  /// A file in the report: behave and Cucumber's older tools tell its type, the newer of JavaScript its type and encoding.
  private static func add(_ file: JSONNode, to files: inout EmbeddedFiles) {
    let media = file["media"]
    let type = file["mime_type"].exists ? file["mime_type"] : media["type"]
    files.add(
      file["name"].bytes, type: type.bytes, file["data"].bytes,
      isBase64: !media["encoding"].says("IDENTITY"))
  }

  private mutating func tagged(_ record: inout AttemptRecord, _ tag: JSONNode) {
    let name = tag.kind == .string ? tag.bytes : tag["name"].bytes
    writer.tag(&record, "tag", name.first == UInt8(ascii: "@") ? name.dropFirst() : name)
  }

  /// A step or a hook; behave's steps that were not reached have no result.
  private mutating func read(_ step: JSONNode, _ record: inout AttemptRecord, _ outcome: inout CucumberOutcome) {
    let result = step["result"]
    let keyword = step["keyword"].bytes
    let title = keyword + (keyword.isEmpty || keyword.last == 0x20 ? [] : [0x20]) + step["name"].bytes
    let message = result["error_message"]
    let text =
      message.kind == .array ? Array(message.map(\.bytes).joined(separator: "\n".utf8))[...] : message.bytes
    if result.exists || !step["name"].exists {
      if !result.exists { return }
      outcome.add(result["status"].bytes, title: title, text: text, &record, &writer)
    } else {
      outcome.add(Array("skipped".utf8)[...], title: title, text: [], &record, &writer)
    }
  }

  mutating func finish() {}
}

/// How a scenario ends by its steps.
struct CucumberOutcome {
  private var passed = 0
  private var skipped = 0

  /// Takes what became of a step.
  mutating func add(
    _ status: ArraySlice<UInt8>, title: ArraySlice<UInt8>, text: ArraySlice<UInt8>, _ record: inout AttemptRecord,
    _ writer: inout CaseWriter
  ) {
    let word = String(decoding: status.prefix(40), as: UTF8.self).lowercased()
    switch word {
    case "passed": passed += 1
    case "skipped", "untested": skipped += 1
    case "failed": writer.fail(&record, message: text.isEmpty ? title : [], details: text)
    case "undefined", "pending", "ambiguous", "undefined_step":
      writer.fail(&record, as: .errored, type: status, message: Array("\(word): ".utf8)[...] + title, details: text)
    default:
      if StatusWord.outcome(of: status)?.isFailing ?? true {
        writer.fail(&record, as: .errored, type: status, message: title, details: text)
      } else {
        skipped += 1
      }
    }
  }

  /// Decides of a scenario of which nothing failed.
  func settle(_ record: inout AttemptRecord, _ writer: inout CaseWriter) {
    if record.outcome.isFailing { return }
    record.outcome = skipped > 0 || passed == 0 ? .skipped : .passed
    if passed == 0, skipped == 0 { record.note = writer.builder.text("it has no steps") }
  }
}
