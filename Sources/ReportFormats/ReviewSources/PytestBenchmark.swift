internal import DataSyntax
package import TriageModel

/// pytest-benchmark's JSON: what `--benchmark-json` writes, with the rounds, and the files of its store, without them.
package enum PytestBenchmark: ReviewSource {
  package static let id = "pytest-benchmark"
  package static let title = "pytest-benchmark JSON"
  package static let kind = BenchmarkItem.kind
  package static let names = ReportNames(endings: ["json"])
  package static let signs: [FormatSign] = [
    .object(["machine_info", "benchmarks"]), .object(["benchmarks"], saying: ["\"fullname\"", "\"stats\""]),
  ]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    PytestBenchmarkReader.read(input, into: &builder)
  }
}

private struct PytestBenchmarkReader: JSONUnitReader {
  var writer: CaseWriter
  /// The machine is told of before the benchmarks or behind them.
  private var items: [ReviewItem] = []
  private var machine: [(name: String, value: String)] = []
  static let units = ["machine_info", "benchmarks", "datetime"]
  private static let mostFacts = 12

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(_ path: String, _ node: JSONNode) {
    switch path {
    case "machine_info": readMachine(node)
    case "datetime": writer.start(iso: node.bytes)
    default: items.append(item(of: node))
    }
  }

  private mutating func readMachine(_ info: JSONNode) {
    let cpu = info["cpu"]["brand_raw"].string ?? info["cpu"]["brand"].string ?? info["processor"].string
    let system = [info["system"], info["machine"]].compactMap(\.string).joined(separator: " ")
    let python = [info["python_implementation"], info["python_version"]].compactMap(\.string).joined(separator: " ")
    for (name, value) in [("machine", info["node"].string), ("cpu", cpu), ("system", system), ("python", python)] {
      if let value, !value.isEmpty { machine.append((name, value)) }
    }
  }

  private func item(of node: JSONNode) -> ReviewItem {
    let stats = node["stats"]
    var benchmark = BenchmarkItem()
    benchmark.rounds = stats["data"].map { $0.double ?? .nan }
    benchmark.count = stats["rounds"].int
    (benchmark.median, benchmark.min, benchmark.max) =
      (stats["median"].double, stats["min"].double, stats["max"].double)
    if let first = stats["q1"].double, let third = stats["q3"].double { benchmark.quartiles = (first, third) }
    for (name, key) in [("mean", "mean"), ("stddev", "stddev")] as [(String, StaticString)] {
      if let value = stats[key].double { benchmark.facts.append((name, MeasureText.of(value, "s"))) }
    }
    for (name, value) in [
      ("iterations", stats["iterations"]),
      ("outliers", stats["outliers"]), ("group", node["group"]), ("timer", node["options"]["timer"]),
    ] where value.exists {
      benchmark.facts.append((name, value.compactText))
    }
    for value in node["extra_info"].prefix(Self.mostFacts) where value.exists {
      benchmark.facts.append((String(decoding: value.key, as: UTF8.self), value.compactText))
    }
    if stats["rounds"].int == 0 { benchmark.median = nil }
    let (subject, name) = Self.name(of: node)
    var item = benchmark.item(about: subject, name)
    let file = subject.prefix { $0 != ":" }
    if !file.isEmpty { item.location = SourceLocation(file: String(file), line: nil) }
    return item
  }

  /// The file and class of the test, and its own name.
  private static func name(of node: JSONNode) -> (subject: String, name: String) {
    let name = node["name"].string ?? ""
    guard let whole = node["fullname"].string, !whole.isEmpty else { return ("", name) }
    if !name.isEmpty, whole.hasSuffix("::" + name) { return (String(whole.dropLast(name.count + 2)), name) }
    return ("", whole)
  }

  mutating func finish() {
    for var item in items {
      item.facts += machine
      writer.add(item)
    }
  }
}
