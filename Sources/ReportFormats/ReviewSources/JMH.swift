internal import DataSyntax
package import TriageModel

/// JMH's JSON (`-rf json`): a method with its parameters, in one mode. A rate is better when it is higher.
package enum JMH: ReviewSource {
  package static let id = "jmh"
  package static let title = "JMH JSON"
  package static let kind = BenchmarkItem.kind
  package static let names = ReportNames(
    endings: ["json"], meant: ["jmh-result.json"], usualPaths: ["jmh-result.json", "build/results/jmh/results.json"])
  package static let signs: [FormatSign] = [.array(["benchmark", "mode", "primaryMetric"])]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    JMHReader.read(input, into: &builder)
  }
}

private struct JMHReader: JSONUnitReader {
  var writer: CaseWriter
  static let units = [""]
  private static let mostFacts = 12

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(_ path: String, _ node: JSONNode) {
    let metric = node["primaryMetric"]
    var benchmark = BenchmarkItem()
    let scale = Self.scale(metric["scoreUnit"].string ?? "", &benchmark)
    let rounds = metric["rawData"].flatMap { fork in fork.map { ($0.double ?? .nan) * scale } }
    benchmark.rounds = rounds
    let percentiles = metric["scorePercentiles"]
    // Sampled times come as a histogram, of which the percentiles are kept.
    benchmark.median = percentiles["50.0"].double.map { $0 * scale }
    benchmark.min = percentiles["0.0"].double.map { $0 * scale }
    benchmark.max = percentiles["100.0"].double.map { $0 * scale }
    benchmark.p95 = percentiles["95.0"].double.map { $0 * scale }
    if rounds.isEmpty, benchmark.median == nil { benchmark.median = metric["score"].double.map { $0 * scale } }
    benchmark.facts = facts(of: node, scale, benchmark.unit)
    let (subject, name) = Self.name(of: node)
    writer.add(benchmark.item(about: subject, name))
  }

  private func facts(of node: JSONNode, _ scale: Double, _ unit: String) -> [(name: String, value: String)] {
    var facts: [(name: String, value: String)] = []
    for (name, value) in [("score", "score"), ("score error", "scoreError")] as [(String, StaticString)] {
      if let number = node["primaryMetric"][value].double, number.isFinite {
        facts.append((name, MeasureText.of(number * scale, unit)))
      }
    }
    for (name, value) in [
      ("mode", node["mode"]), ("forks", node["forks"]), ("threads", node["threads"]), ("jdk", node["jdkVersion"]),
      ("vm", node["vmName"]), ("jmh", node["jmhVersion"]),
    ] where value.exists { facts.append((name, value.compactText)) }
    for metric in node["secondaryMetrics"].prefix(Self.mostFacts) {
      guard let score = metric["score"].double, score.isFinite else { continue }
      let unit = metric["scoreUnit"].string ?? ""
      facts.append((String(decoding: metric.key, as: UTF8.self), MeasureText.of(score, unit)))
    }
    return facts
  }

  /// `ms/op` is a time, `ops/s` a rate; what a time of one thread is in seconds.
  private static func scale(_ unit: String, _ benchmark: inout BenchmarkItem) -> Double {
    let parts = unit.split(separator: "/")
    if parts.count == 2, parts[1] == "op", let seconds = TimeUnit.seconds(String(parts[0])) { return seconds }
    benchmark.unit = unit
    benchmark.better = unit.hasPrefix("ops/") ? .higher : .neither
    return 1
  }

  /// `com.acme.Bench` and `sum(size=10) [avgt]`.
  private static func name(of node: JSONNode) -> (subject: String, name: String) {
    let whole = node["benchmark"].string ?? ""
    let end = whole.lastIndex(of: ".")
    let subject = end.map { String(whole[..<$0]) } ?? ""
    var name = end.map { String(whole[whole.index(after: $0)...]) } ?? whole
    let parameters = node["params"].map { String(decoding: $0.key, as: UTF8.self) + "=" + $0.compactText }
    if !parameters.isEmpty { name += "(" + parameters.joined(separator: ", ") + ")" }
    if let mode = node["mode"].string { name += " [" + mode + "]" }
    return (subject, name)
  }

  mutating func finish() {}
}
