internal import DataSyntax
package import TriageModel

/// hyperfine's `--export-json`: a command is a benchmark. One that ended otherwise than well, which `--ignore-failure`
/// lets pass, was not measured doing its work.
package enum Hyperfine: ReviewSource {
  package static let id = "hyperfine"
  package static let title = "hyperfine JSON"
  package static let kind = BenchmarkItem.kind
  package static let names = ReportNames(endings: ["json"])
  package static let signs: [FormatSign] = [.object(["results"], saying: ["\"command\"", "\"mean\"", "\"stddev\""])]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    HyperfineReader.read(input, into: &builder)
  }
}

private struct HyperfineReader: JSONUnitReader {
  var writer: CaseWriter
  static let units = ["results"]
  private static let mostFacts = 12

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(_ path: String, _ result: JSONNode) {
    var benchmark = BenchmarkItem()
    benchmark.rounds = result["times"].map { $0.double ?? .nan }
    (benchmark.median, benchmark.min, benchmark.max) =
      (result["median"].double, result["min"].double, result["max"].double)
    for (name, value) in [
      ("mean", result["mean"]), ("stddev", result["stddev"]), ("user", result["user"]), ("system", result["system"]),
    ] {
      if let number = value.double { benchmark.facts.append((name, MeasureText.of(number, "s"))) }
    }
    if let most = result["memory_usage_byte"].compactMap(\.double).max(), let bytes = Int(exactly: most.rounded()) {
      benchmark.facts.append(("memory", CountText.bytes(bytes)))
    }
    for value in result["parameters"].prefix(Self.mostFacts) where value.exists {
      benchmark.facts.append((String(decoding: value.key, as: UTF8.self), value.compactText))
    }
    benchmark.error = Self.error(result["exit_codes"])
    writer.add(benchmark.item(about: "", result["command"].string ?? ""))
  }

  /// What the exit codes say; a signal leaves none.
  private static func error(_ codes: JSONNode) -> String {
    let all = codes.map { $0 }
    let wrong = all.filter { $0.int != 0 }
    guard let first = wrong.first else { return "" }
    let word = first.int.map { "with exit code \($0)" } ?? "by a signal"
    return "\(wrong.count) of \(CountText.of(all.count, "round")) ended \(word)"
  }

  mutating func finish() {}
}
