internal import DataSyntax
package import TriageModel

/// criterion's `estimates.json` below `target/criterion`, with what lies beside it: `benchmark.json` has the name,
/// `sample.json` or `raw.csv` the rounds.
///
/// `new` holds the last run. `base` and the baselines that are named are copies of others: where there is a `new` beside
/// them they are passed over.
package enum Criterion: ReviewSource {
  package static let id = "criterion"
  package static let title = "criterion"
  package static let kind = BenchmarkItem.kind
  package static let names = ReportNames(endings: ["json"], usualPaths: ["target/criterion"])
  package static let signs: [FormatSign] = [
    .object(["mean", "median", "median_abs_dev", "std_dev"], saying: ["\"point_estimate\""])
  ]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    CriterionReader.read(input, into: &builder)
  }
}

private struct CriterionReader: JSONUnitReader {
  var writer: CaseWriter
  static let units = [""]

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(_ path: String, _ estimates: JSONNode) {
    let folders = writer.path.split(separator: "/").dropLast()
    if let own = folders.last, own != "new", writer.beside.bytes(of: "../new/estimates.json") != nil { return }
    var benchmark = BenchmarkItem()
    benchmark.median = estimates["median"]["point_estimate"].double.map { $0 * 1e-9 }
    for name in ["mean", "slope", "std_dev"] as [StaticString] {
      let estimate = estimates[name]
      guard let value = estimate["point_estimate"].double else { continue }
      let interval = estimate["confidence_interval"]
      var text = MeasureText.of(value * 1e-9, "s")
      if let low = interval["lower_bound"].double, let high = interval["upper_bound"].double {
        text += " (\(MeasureText.of(low * 1e-9, "s")) to \(MeasureText.of(high * 1e-9, "s")))"
      }
      benchmark.facts.append(("\(name)", text))
    }
    let sample = document("sample.json")
    let iterations = sample.root["iters"].map { $0.double ?? 0 }
    let times = sample.root["times"].map { $0.double ?? .nan }
    benchmark.rounds = zip(times, iterations).map { $1 > 0 ? $0 / $1 * 1e-9 : .nan }
    if benchmark.rounds.isEmpty { benchmark.rounds = Self.rounds(writer.beside.bytes(of: "raw.csv") ?? []) }
    let about = document("benchmark.json")
    if about.root["throughput"].exists { benchmark.facts.append(("throughput", about.root["throughput"].compactText)) }
    let group = about.root["group_id"].string
    let rest = [about.root["function_id"].string, about.root["value_str"].string].compactMap(\.self)
    if let group {
      writer.add(benchmark.item(about: rest.isEmpty ? "" : group, rest.isEmpty ? group : rest.joined(separator: "/")))
    } else {
      writer.add(benchmark.item(about: "", Self.name(folders)))
    }
  }

  /// A file beside the report, read.
  private func document(_ name: String) -> JSONTape {
    let tape = JSONTape()
    guard let bytes = writer.beside.bytes(of: name) else { return tape }
    var tokenizer = JSONTokenizer(bytes)
    do throws(JSONError) { try tape.read(&tokenizer) } catch { return JSONTape() }
    return tape
  }

  /// The folders below `criterion`, which are called as the benchmark is.
  private static func name(_ folders: ArraySlice<Substring>) -> String {
    var parts = folders.last == "new" || folders.last == "base" ? folders.dropLast() : folders
    if let root = parts.lastIndex(of: "criterion") { parts = parts[(root + 1)...] }
    return parts.suffix(3).joined(separator: "/")
  }

  /// `…,sample_measured_value,unit,iteration_count`; before 0.3 without the unit, in nanoseconds.
  private static func rounds(_ bytes: [UInt8]) -> [Double] {
    String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).dropFirst().map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      guard cells.count > 2, let count = Double(cells[cells.count - 1]), count > 0 else { return .nan }
      let unit = TimeUnit.seconds(String(cells[cells.count - 2]))
      let value = Double(cells[cells.count - (unit == nil ? 2 : 3)])
      return (value ?? .nan) / count * (unit ?? 1e-9)
    }
  }

  mutating func finish() {}
}
