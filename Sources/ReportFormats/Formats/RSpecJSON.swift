internal import DataSyntax
package import TriageModel

/// RSpec's JSON formatter, with the errors that happened outside of examples.
package enum RSpecJSON: ReportFormat {
  package static let id = "rspec"
  package static let title = "RSpec JSON"
  package static let richness = 29
  package static let names = ReportNames(endings: ["json"], usualPaths: ["rspec*.json"])
  package static let marks = ReportMarks(times: [], tests: ["\"full_description\""])
  package static let signs: [FormatSign] = [
    .object(["version", "examples"]), .object(["examples", "summary"]), .object(["examples", "summary_line"]),
  ]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    RSpecReader.read(input, into: &builder)
  }
}

private struct RSpecReader: JSONUnitReader {
  var writer: CaseWriter
  private var messages: [[UInt8]] = []
  private var errorsOutside = 0
  static let units = ["examples", "summary", "messages"]

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(_ path: String, _ node: JSONNode) {
    switch path {
    case "examples": readExample(node)
    case "messages": messages.append(Array(node.bytes))
    default:
      writer.declare(tests: node["example_count"].int, failing: node["failure_count"].int)
      errorsOutside = node["errors_outside_of_examples_count"].int ?? 0
    }
  }

  private mutating func readExample(_ example: JSONNode) {
    let file = writer.file(example["file_path"].bytes)
    var record = writer.record(suite: file.bytes, name: example["full_description"].bytes)
    record.file = file.text
    record.line = UInt32(clamping: example["line_number"].int ?? 0)
    record.setDuration(example["run_time"].double)
    writer.settle(&record, saying: example["status"].bytes)
    let error = example["exception"]
    if record.outcome.isFailing || error.exists && record.outcome != .skipped {
      let stack = error["backtrace"].map(\.bytes).joined(separator: "\n".utf8)
      writer.fail(
        &record, type: error["class"].bytes, message: error["message"].bytes, details: Array(stack)[...])
    } else {
      record.note = writer.plain(example["pending_message"].bytes)
    }
    writer.add(record)
  }

  mutating func finish() {
    guard errorsOutside > 0 else { return }
    let texts = messages.filter { message in message.withUnsafeBytes { XMLBytes.range(of: "error", in: $0) != nil } }
    for number in 0..<min(errorsOutside, 100) {
      var record = writer.suiteFailure(suite: [], name: Array("(outside of examples)".utf8)[...])
      writer.fail(&record, as: .errored, details: (number < texts.count ? texts[number] : messages.first ?? [])[...])
      writer.add(record)
    }
  }
}
