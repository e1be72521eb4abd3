internal import DataSyntax
package import TriageModel

/// Google Benchmark's JSON: repetitions and the aggregates of them are one benchmark, which fails where one of them does.
///
/// It is known by the time that it goes by itself: the processor's, unless its name says `real_time` or `manual_time`.
package enum GoogleBenchmark: ReviewSource {
  package static let id = "google-benchmark"
  package static let title = "Google Benchmark JSON"
  package static let kind = BenchmarkItem.kind
  package static let names = ReportNames(endings: ["json"])
  package static let signs: [FormatSign] = [
    .object(["context", "benchmarks"], saying: ["\"num_cpus\""]),
    .object(["context", "benchmarks"], saying: ["\"library_build_type\""]),
  ]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    GoogleBenchmarkReader.read(input, into: &builder)
  }
}

private struct GoogleBenchmarkReader: JSONUnitReader {
  /// All that is told of one benchmark, in the order in which it first came.
  private struct Run {
    var benchmark = BenchmarkItem()
    var mean: Double?
    var skipped = ""
    var isAnyMeasured = false
  }

  var writer: CaseWriter
  private var names: [String] = []
  private var runs: [String: Run] = [:]
  private var machine: [(name: String, value: String)] = []
  static let units = ["context", "benchmarks"]
  /// What is no counter of the benchmark's own.
  private static let fields: Set<String> = [
    "name", "family_index", "per_family_instance_index", "run_name", "run_type", "repetitions", "repetition_index",
    "threads", "iterations", "real_time", "cpu_time", "time_unit", "aggregate_name", "aggregate_unit", "error_occurred",
    "error_message", "skipped", "skip_message", "label", "big_o", "rms", "cpu_coefficient", "real_coefficient",
  ]
  private static let mostFacts = 12

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(_ path: String, _ node: JSONNode) {
    if path == "context" { return readContext(node) }
    let own = node["name"].string ?? ""
    var name = node["run_name"].string ?? own
    let aggregate = node["aggregate_name"].string ?? ""
    // Before 1.5 there was no `run_name`.
    if !node["run_name"].exists, !aggregate.isEmpty, own.hasSuffix("_" + aggregate) {
      name = String(own.dropLast(aggregate.count + 1))
    }
    if runs[name] == nil { names.append(name) }
    read(node, aggregate, into: &runs[name, default: Run()])
  }

  private mutating func readContext(_ context: JSONNode) {
    writer.start(iso: context["date"].bytes)
    for (name, key) in [
      ("machine", context["host_name"]), ("cpus", context["num_cpus"]), ("mhz", context["mhz_per_cpu"]),
    ]
    where key.exists { machine.append((name, key.compactText)) }
    if context["library_build_type"].says("debug") { machine.append(("library", "built for debugging")) }
  }

  private func read(_ node: JSONNode, _ aggregate: String, into run: inout Run) {
    if node["error_occurred"].isTrue || node["skipped"].says("ERROR") {
      run.benchmark.error = node["error_message"].string ?? node["skip_message"].string ?? "an error occurred"
      return
    }
    if node["skipped"].exists, node["skipped"].kind != .false {
      run.skipped = node["skip_message"].string ?? "skipped"
      return
    }
    let scale = TimeUnit.seconds(node["time_unit"].string ?? "ns") ?? 1e-9
    let times = Self.times(of: node)
    let time = times.own.double.map { $0 * scale }
    switch aggregate {
    case "":
      if node["run_type"].says("aggregate") { return }
      if node["rms"].exists || node["big_o"].exists { return addFit(node, &run) }
      run.benchmark.rounds.append(time ?? .nan)
      if run.isAnyMeasured { return }
      run.isAnyMeasured = true
      run.benchmark.facts += facts(of: node)
      if let other = times.other.double { run.benchmark.facts.append((times.word, MeasureText.of(other * scale, "s"))) }
    case "median": run.benchmark.median = time
    case "mean": run.mean = time
    case "BigO", "RMS": addFit(node, &run)
    default:
      let isShare = node["aggregate_unit"].says("percentage")
      if let value = times.own.double {
        let text = isShare ? MeasureText.of(value * 100, "%") : MeasureText.of(value * scale, "s")
        run.benchmark.facts.append((aggregate, text))
      }
    }
  }

  /// The time that a benchmark goes by, and the other one.
  private static func times(of node: JSONNode) -> (own: JSONNode, other: JSONNode, word: String) {
    let name = node["run_name"].string ?? node["name"].string ?? ""
    let isReal = name.contains("/real_time") || name.contains("/manual_time") || !node["cpu_time"].exists
    return isReal
      ? (node["real_time"], node["cpu_time"], "cpu time") : (node["cpu_time"], node["real_time"], "real time")
  }

  private func facts(of node: JSONNode) -> [(name: String, value: String)] {
    var facts: [(name: String, value: String)] = []
    for (name, value) in [("iterations", node["iterations"]), ("threads", node["threads"]), ("label", node["label"])]
    where value.exists && value.compactText != "" { facts.append((name, value.compactText)) }
    let counters = node.filter { !Self.fields.contains(String(decoding: $0.key, as: UTF8.self)) && $0.exists }
    for value in counters.prefix(Self.mostFacts) {
      facts.append((String(decoding: value.key, as: UTF8.self), value.compactText))
    }
    return facts
  }

  private func addFit(_ node: JSONNode, _ run: inout Run) {
    if let order = node["big_o"].string { run.benchmark.facts.append(("complexity", order)) }
    if let error = node["rms"].double { run.benchmark.facts.append(("fit error", FigureText.of(error))) }
  }

  mutating func finish() {
    for name in names where !writer.isStopped {
      guard var run = runs[name] else { continue }
      // `--benchmark_report_aggregates_only` keeps no rounds.
      if run.benchmark.rounds.isEmpty, run.benchmark.median == nil { run.benchmark.median = run.mean }
      // The fit of a family is no benchmark of its own where nothing else has its name.
      if run.benchmark.rounds.isEmpty, run.benchmark.median == nil, run.benchmark.error.isEmpty, run.skipped.isEmpty,
        run.benchmark.facts.contains(where: { $0.name == "complexity" || $0.name == "fit error" })
      {
        continue
      }
      if let mean = run.mean { run.benchmark.facts.append(("mean", MeasureText.of(mean, "s"))) }
      var item = run.benchmark.item(about: "", name)
      if !run.skipped.isEmpty, run.benchmark.error.isEmpty, run.benchmark.rounds.isEmpty {
        (item.outcome, item.message) = (.skipped, run.skipped)
      }
      item.facts += machine
      writer.add(item)
    }
  }
}
