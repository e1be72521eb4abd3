internal import DataSyntax
package import TriageModel

/// What `cargo criterion --message-format=json` prints: a line of JSON a benchmark.
package enum CargoCriterion: ReviewSource {
  package static let id = "cargo-criterion"
  package static let title = "cargo-criterion messages"
  package static let kind = BenchmarkItem.kind
  package static let names = ReportNames(endings: ["json", "jsonl", "ndjson"])
  package static let signs: [FormatSign] = [
    .lines(["reason", "measured_values", "typical"]), .lines(["reason", "group_name", "benchmarks"]),
  ]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    CargoCriterionReader.read(input, into: &builder)
  }
}

private struct CargoCriterionReader: JSONLineReader {
  var writer: CaseWriter
  let tape = JSONTape()
  private var read: Set<String> = []
  private var unread: [String] = []

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(_ message: JSONNode) {
    if message["reason"].says("group-complete") {
      unread += message["benchmarks"].compactMap(\.string)
    }
    guard message["reason"].says("benchmark-complete") else { return }
    let unit = message["unit"].string ?? "ns"
    let scale = TimeUnit.seconds(unit)
    var benchmark = BenchmarkItem()
    if scale == nil { benchmark.unit = unit }
    let counts = message["iteration_count"].map { $0.double ?? 0 }
    let values = message["measured_values"].map { $0.double ?? .nan }
    benchmark.rounds = zip(values, counts).map { $1 > 0 ? $0 / $1 * (scale ?? 1) : .nan }
    if values.count != counts.count {
      writer.lose("a benchmark has \(values.count) values and \(counts.count) counts of iterations", writer.line)
    }
    benchmark.median = Self.estimate(message["median"])
    for name in ["typical", "mean", "slope", "median_abs_dev"] as [StaticString] {
      guard let value = Self.estimate(message[name]) else { continue }
      benchmark.facts.append(("\(name)", MeasureText.of(value, benchmark.unit)))
    }
    let change = message["change"]
    if let word = change["change"].string { benchmark.facts.append(("change", word)) }
    if let share = Self.estimate(change["median"]) {
      benchmark.facts.append(("change of the median", FigureText.of(share * 100) + " %"))
    }
    let id = message["id"].string ?? ""
    read.insert(id)
    writer.add(benchmark.item(about: "", id))
  }

  private static func estimate(_ node: JSONNode) -> Double? {
    let scale = node["unit"].string.flatMap { TimeUnit.seconds($0) } ?? 1
    return node["estimate"].double.map { $0 * scale }
  }

  mutating func read(text: ArraySlice<UInt8>) {}

  mutating func finish() {
    let lost = unread.filter { !read.contains($0) }
    if let first = lost.first {
      writer.lose("\(CountText.of(lost.count, "benchmark")) of its groups told nothing: \(first.prefix(200))", 0)
    }
  }
}
