package import TriageModel

/// A run in MLflow's store of files, `mlruns/<experiment>/<run>`: its `meta.yaml`, and beside that a file a metric, a
/// parameter and a tag.
///
/// An item is a metric, with its value of the last step; one more is the run itself, which may have failed. Items are
/// about the experiment, and about the run if a person gave it its name: what MLflow makes up differs every time.
package enum MLflow: ReviewSource {
  package static let id = "mlflow"
  package static let title = "MLflow run"
  package static let kind = MetricsFile.kind
  package static let names = ReportNames(endings: [], files: ["meta.yaml"], usualPaths: ["mlruns"])
  /// A store may hold all runs that ever were.
  package static let mostReports: Int? = 200

  package static func recognises(_ head: ReportHead) -> Bool {
    guard head.name == "meta.yaml" else { return false }
    let keys = Set(MLflowMeta(head.bytes).values.keys)
    return (keys.contains("run_id") || keys.contains("run_uuid")) && keys.contains("experiment_id")
  }

  /// When the run began, in milliseconds.
  package static func began(_ head: ReportHead) -> Double? {
    MLflowMeta(head.bytes).values["start_time"].flatMap { Double($0) }
  }

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    MLflowReader.read(input, into: &builder)
  }
}

/// The flat YAML that MLflow writes: a key and a plain or quoted value a line.
private struct MLflowMeta {
  private(set) var values: [String: String] = [:]

  init() {}

  init(_ bytes: [UInt8]) {
    for line in bytes.split(separator: 0x0A) { take(line) }
  }

  mutating func take(_ line: ArraySlice<UInt8>) {
    guard let colon = line.firstIndex(of: 0x3A), colon > line.startIndex, line.first != 0x20 else { return }
    var value = line[(colon + 1)...].drop { $0 == 0x20 }
    while value.last == 0x20 || value.last == 0x0D { value = value.dropLast() }
    if let quote = value.first, quote == 0x27 || quote == 0x22, value.count > 1, value.last == quote {
      value = value.dropFirst().dropLast()
    }
    values[String(decoding: line[..<colon], as: UTF8.self)] = String(decoding: value, as: UTF8.self)
  }
}

private struct MLflowReader: ReportLineReader {
  private static let mostFacts = 30
  private static let longestFact = 200

  var writer: CaseWriter
  private var meta = MLflowMeta()

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(_ line: ArraySlice<UInt8>, isWhole: Bool) {
    meta.take(line)
    if !isWhole, meta.values["user_id"] == nil { writer.lose("the last line is cut", writer.line) }
  }

  mutating func finish() {
    if meta.values["lifecycle_stage"] == "deleted" {
      return writer.result.warnings.append("the run was deleted, and is not read")
    }
    writer.start(milliseconds: meta.values["start_time"].flatMap { Double($0) })
    let facts = facts()
    addRun(facts)
    for path in writer.beside.below(endingIn: "") where path.hasPrefix("metrics/") {
      addMetric(String(path.dropFirst("metrics/".count)), path, facts)
    }
  }

  // MARK: - Items

  private var runName: String { meta.values["run_name"] ?? tag("mlflow.runName") ?? "" }

  private var subject: String {
    let experiment = writer.beside.bytes(of: "../meta.yaml").flatMap { MLflowMeta($0).values["name"] }
    let parts = runName.split(separator: "-")
    // `able-ant-123`
    let isMadeUp = parts.count == 3 && parts[2].allSatisfy(\.isNumber) && parts[0].allSatisfy(\.isLetter)
    let name = isMadeUp || runName.isEmpty ? "" : "/" + runName
    return (experiment ?? meta.values["experiment_id"] ?? "(no experiment)") + name
  }

  private mutating func addRun(_ facts: [(name: String, value: String)]) {
    var item = ReviewItem(MLflow.kind, about: subject, "(run)", .passed)
    switch meta.values["status"] {
    case "3", "FINISHED": break
    case "4", "FAILED": (item.outcome, item.message) = (.errored, "the run failed")
    case "5", "KILLED": (item.outcome, item.message) = (.errored, "the run was killed")
    case "1", "RUNNING", "2", "SCHEDULED":
      item.outcome = .skipped
      item.message = "the run had not ended"
      writer.result.warnings.append("the run had not ended: its metrics may not be the last")
    case nil: (item.outcome, item.message) = (.errored, "the report does not say how it ended")
    case let word?:
      item.outcome = .errored
      item.message = "the report calls it \u{201C}\(word.prefix(40))\u{201D}, which is not known"
    }
    let times = ["start_time", "end_time"].compactMap { meta.values[$0].flatMap { Double($0) } }
    if times.count == 2 { item.duration = (times[1] - times[0]) / 1000 }
    item.facts = facts
    writer.add(item)
  }

  private mutating func addMetric(_ name: String, _ path: String, _ facts: [(name: String, value: String)]) {
    guard let bytes = writer.beside.bytes(of: path) else { return writer.lose("\(path) cannot be read", 0) }
    var last: (step: Double, time: Double, value: Double)?
    var count = 0
    for (place, line) in bytes.split(separator: 0x0A).enumerated() {
      // A time, the value, the step, and in later versions the data set.
      let words = line.split { $0 <= 0x20 }.prefix(3).map { Double(String(decoding: $0, as: UTF8.self)) }
      guard words.count > 1, let time = words[0], let value = words[1], words.count < 3 || words[2] != nil else {
        writer.lose("\(path) has a line that is no measurement", place + 1)
        continue
      }
      count += 1
      let next = (step: words.count > 2 ? words[2] ?? 0 : 0, time: time, value: value)
      if last.map({ ($0.step, $0.time) <= (next.step, next.time) }) ?? true { last = next }
    }
    guard let last else { return count == 0 ? writer.lose("\(path) holds no measurement", 0) : () }
    var item = ReviewItem(MLflow.kind, about: subject, name, last.value.isFinite ? .passed : .failed)
    item.measure = ReviewItem.Measure(last.value)
    if !last.value.isFinite { item.message = "\(name) is no number: \(FigureText.of(last.value))" }
    item.facts = Array(facts.prefix(Self.mostFacts - 1))
    if count > 1 { item.facts.append(("steps", CountText.of(count))) }
    writer.add(item)
  }

  // MARK: - Facts

  private func tag(_ name: String) -> String? {
    writer.beside.bytes(of: "tags/" + name).map { String(decoding: $0, as: UTF8.self) }
  }

  private func facts() -> [(name: String, value: String)] {
    let named = [
      ("run", runName), ("commit", tag("mlflow.source.git.commit") ?? meta.values["source_version"] ?? ""),
      ("source", tag("mlflow.source.name") ?? ""),
    ]
    var facts = named.filter { !$0.1.isEmpty }.map { (name: $0.0, value: Self.cut($0.1)) }
    let paths = writer.beside.below(endingIn: "").filter { $0.hasPrefix("params/") }
    let room = Self.mostFacts - facts.count - 2
    for path in paths.prefix(room) {
      let value = writer.beside.bytes(of: path).map { String(decoding: $0, as: UTF8.self) } ?? "(cannot be read)"
      facts.append((name: "param " + path.dropFirst("params/".count), value: Self.cut(value)))
    }
    if paths.count > room { facts.append((name: "more params", value: CountText.of(paths.count - room))) }
    return facts
  }

  private static func cut(_ text: String) -> String {
    let line = SARIFText.line(text)
    return line.count > longestFact ? line.prefix(longestFact) + "…" : line
  }
}
