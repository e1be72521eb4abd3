internal import DataSyntax
package import TriageModel

/// The results that Allure 2's and 3's adapters leave, a file a result, all of a folder read together.
///
/// Results of one history id are attempts at one test. Containers tell of set-up and tear-down, which count where they fail.
/// Other reports of a run are the first account of its tests: a result
/// adds to what they tell, and is a test of its own where none of them knows it.
package enum Allure: ReportFormat {
  package static let id = "allure"
  package static let title = "Allure results"
  package static let richness = 0
  package static let isOneReportAFolder = true
  package static let isCompanion = true
  package static let names = ReportNames(
    endings: ["json"], meant: ["*-result.json"],
    usualPaths: ["allure-results", "build/allure-results", "target/allure-results"])
  package static let marks = ReportMarks(times: ["\"start\""], tests: ["\"historyId\""])
  package static let signs: [FormatSign] = [
    .object(["uuid", "name", "status", "start"]), .object(["uuid", "historyId"]),
  ]

  package static func recognises(_ head: ReportHead) -> Bool {
    if signs.contains(where: { head.sight.shows($0) }) { return true }
    if head.name.hasSuffix("-container.json"), head.sight.shows(.object(["children"])) { return true }
    return head.name.hasSuffix("-result.json") && head.sight.shows(.object(["name"]))
      && [.object(["status"]), .object(["stage"]), .object(["uuid"])].contains { head.sight.shows($0) }
  }

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    AllureReader.read(input, into: &builder)
  }
}

private struct AllureReader: JSONUnitReader {
  /// A result until those of the same test are known.
  private struct Result {
    let record: AttemptRecord
    let start: Double
    let number: Int
  }

  var writer: CaseWriter
  private var results: [[UInt8]: [Result]] = [:]
  private var count = 0
  static let units = [""]

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(_ path: String, _ node: JSONNode) {
    if node["children"].exists, !node["status"].exists { return readContainer(node) }
    let (suite, name) = AllureName.parts(of: node, has: writer.repositoryHas)
    var record = writer.record(suite: suite, name: name)
    let start = node["start"].double
    writer.start(milliseconds: start)
    if let start, let stop = node["stop"].double { record.setDuration((stop - start) / 1000) }
    writer.settle(&record, saying: node["status"].bytes)
    let details = node["statusDetails"]
    if record.outcome.isFailing {
      writer.fail(&record, as: record.outcome, message: details["message"].bytes, details: details["trace"].bytes)
    } else {
      record.note = writer.plain(details["message"].bytes)
    }
    if record.outcome.isFailing || details["flaky"].isTrue { describe(&record, node) }
    var files: [ArraySlice<UInt8>] = []
    Self.collect(node, into: &files, depth: 0)
    let steps = record.outcome.isFailing ? StepLines.of(node["steps"]) : []
    record.standardOutput = writer.output([steps[...]], attachments: files)
    count += 1
    let history = node["historyId"].exists ? Array(node["historyId"].bytes) : Array("#\(count)".utf8)
    results[history, default: []].append(Result(record: record, start: start ?? 0, number: count))
  }

  /// Set-ups and tear-downs; those of a passed test may have failed.
  private mutating func readContainer(_ container: JSONNode) {
    for fixture in container["befores"].map({ $0 }) + container["afters"].map({ $0 }) {
      guard fixture["status"].exists, StatusWord.outcome(of: fixture["status"].bytes)?.isFailing ?? true else {
        continue
      }
      var record = writer.suiteFailure(suite: container["name"].bytes, name: fixture["name"].bytes)
      let details = fixture["statusDetails"]
      writer.fail(&record, as: .errored, message: details["message"].bytes, details: details["trace"].bytes)
      writer.add(record)
    }
  }

  private static let labels: Set<String> = ["severity", "owner", "epic", "feature", "story", "tag", "layer"]

  /// Labels, marks and parameters; a masked value is not shown, a hidden parameter not named.
  private mutating func describe(_ record: inout AttemptRecord, _ node: JSONNode) {
    for label in node["labels"] {
      guard let name = label["name"].string, Self.labels.contains(name) else { continue }
      writer.tag(&record, name, label["value"].bytes)
    }
    for parameter in node["parameters"] where !parameter["mode"].says("hidden") {
      let isMasked = parameter["mode"].says("masked")
      writer.tag(&record, parameter["name"].bytes, isMasked ? Array("******".utf8)[...] : parameter["value"].bytes)
    }
    for mark in ["flaky", "muted", "known"] as [StaticString] where node["statusDetails"][mark].isTrue {
      writer.tag(&record, mark.description, Array("true".utf8)[...])
    }
    for link in node["links"] { writer.tag(&record, link["type"].string ?? "link", link["url"].bytes) }
  }

  private static func collect(_ node: JSONNode, into files: inout [ArraySlice<UInt8>], depth: Int) {
    guard depth < 50, files.count < 1000 else { return }
    files += node["attachments"].map { $0["source"].bytes }
    for step in node["steps"] { collect(step, into: &files, depth: depth + 1) }
  }

  mutating func finish() {
    for attempts in results.values.sorted(by: { ($0.first?.number ?? 0) < ($1.first?.number ?? 0) }) {
      let ordered = attempts.sorted { ($0.start, $0.number) < ($1.start, $1.number) }
      writer.add(ordered.map(\.record))
    }
  }
}

/// What a test of Allure is called elsewhere.
private enum AllureName {
  /// Suite and name: from the full name where it has both, else from the labels of suites.
  static func parts(
    of node: JSONNode, has: (String) -> Bool
  ) -> (suite: ArraySlice<UInt8>, name: ArraySlice<UInt8>) {
    let (full, name) = (node["fullName"].bytes, node["name"].bytes)
    if let hash = full.lastIndex(of: UInt8(ascii: "#")) {
      let (suite, method) = (full[..<hash], full[(hash + 1)...])
      let isPytest = label("framework", of: node)?.elementsEqual("pytest".utf8) == true
      guard isPytest else { return (suite, name.isEmpty ? method : name) }
      let dotted = String(decoding: suite, as: UTF8.self)
      let nodeID = Array(PytestNodeID.suite(dotted: dotted, file: "", has: has).utf8)
      return (nodeID[...], name.starts(with: method) ? name : method + parameters(of: node))
    }
    let isDotted = full.contains(UInt8(ascii: ".")) && !full.contains(0x20) && !full.contains(UInt8(ascii: "/"))
    if isDotted {
      let parts = DottedName.parts(of: full)
      // Other reports call a test by its method, whatever title it was given; one with parameters has them in its name.
      let isBare = !node["parameters"].contains { _ in true }
      return (parts.suite, name.isEmpty || isBare ? parts.name : name)
    }
    let suites = ["parentSuite", "suite", "subSuite"].compactMap { label($0, of: node) }
    return (Array(suites.joined(separator: " > ".utf8))[...], name.isEmpty ? full : name)
  }

  private static func label(_ name: StaticString, of node: JSONNode) -> ArraySlice<UInt8>? {
    node["labels"].first { $0["name"].says(name) }?["value"].bytes
  }

  /// The parameters as pytest writes them behind a name, without those that are no part of the identity.
  private static func parameters(of node: JSONNode) -> [UInt8] {
    let values = node["parameters"].filter {
      !$0["excluded"].isTrue && !$0["mode"].exists || $0["mode"].says("default")
    }
    .map { $0["value"].bytes }
    return values.isEmpty ? [] : Array("[".utf8) + values.joined(separator: "-".utf8) + Array("]".utf8)
  }
}
