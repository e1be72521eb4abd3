internal import DataSyntax
package import TriageModel

/// Findings of static analysis in SARIF 2.1.0, of one run of a tool or many in a file.
///
/// A finding of level `error` or `warning` needs a look, and so does one of kind `open` or `review`, of which the tool could
/// not decide; `note` and `none` are read as passed, and so is kind `pass`; `informational` and `notApplicable` were skipped.
/// What the file suppresses, unless that is under review or was rejected, and what it calls unchanged or updated against its
/// baseline is an expected failure; what it calls absent from now on is no item. Two findings are the same when tool, rule
/// and file agree, and the fingerprint, or where there is none the message without its numbers.
///
/// A file is read twice: what a finding refers to (rules, files, bases of paths) may stand behind it.
package enum SARIF: ReviewSource {
  package static let id = "sarif"
  package static let title = "SARIF"
  package static let kind = ItemKind("finding", judging: .whenNew)
  package static let names = ReportNames(
    endings: ["sarif", "json"], meant: ["*.sarif", "*.sarif.json"], usualPaths: ["*.sarif", "sarif/*.sarif"])
  package static let signs: [FormatSign] = [
    .object(["runs"], saying: ["\"tool\"", "\"driver\""]), .object(["runs", "version"], saying: ["\"2.1.0\""]),
    .object(["$schema", "runs"], saying: ["/sarif-"]),
    .object(["$schema", "version"], saying: ["/sarif-2."]),
    .object(["$schema", "version"], saying: ["/sarif-schema-2."]),
  ]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    SARIFReader.read(input, into: &builder)
  }
}

private struct SARIFReader: JSONUnitReader {
  var writer: CaseWriter
  private var runs: [SARIFRun] = []
  /// The run that is being read.
  private var runIndex = -1
  /// Whether the file says that there are runs, if only none.
  private var hasRuns = false

  static let units = ["runs.results"]
  static let passes = [
    [
      "version", "inlineExternalProperties", "runs.tool", "runs.artifacts", "runs.invocations",
      "runs.originalUriBaseIds", "runs.automationDetails", "runs.externalPropertyFileReferences",
      "runs.threadFlowLocations", "runs.logicalLocations",
    ], units,
  ]

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func begin(_ path: String, pass: Int) {
    switch (path, pass) {
    case ("runs", 0): runs.append(SARIFRun())
    case ("runs", _): runIndex += 1
    case ("runs.results", _) where runs.indices.contains(runIndex): runs[runIndex].results = .listed
    default: break
    }
  }

  mutating func read(_ path: String, _ node: JSONNode) {
    switch path {
    case "version":
      if let version = node.string, !version.hasPrefix("2.1") {
        writer.lose("it is SARIF \(version.prefix(20)), and what is read is 2.1.0", 0)
      }
    case "inlineExternalProperties":
      writer.lose("what \(path) holds of its runs is not read", 0)
    case "runs.results" where runs.indices.contains(runIndex):
      readResult(node)
    default:
      if runs.isEmpty { runs.append(SARIFRun()) }
      runs[runs.count - 1].learn(String(path.dropFirst("runs.".count)), node)
    }
  }

  private mutating func readResult(_ result: JSONNode) {
    if runs[runIndex].results != .listed {
      runs[runIndex].results = .null
    } else if result.kind != .object {
      writer.lose("run \(runIndex + 1): a result is no object", 0)
    } else if !result["baselineState"].says("absent") {
      writer.add(SARIFFinding(result, runs[runIndex]).item(&writer))
    }
  }

  mutating func finish() {
    let isWhole = writer.result.damages.isEmpty
    if runs.isEmpty, isWhole { writer.lose("it holds no runs", 0) }
    for (place, run) in runs.enumerated() {
      let name = "run \(place + 1) of \(runs.count) (\(run.toolName)): "
      for loss in run.losses { writer.lose(name + loss, 0) }
      for warning in run.warnings { writer.result.warnings.append(name + warning) }
      for start in run.starts { writer.start(iso: Array(start.utf8)[...]) }
      if run.results == .null {
        writer.lose(name + "its results are null: the tool did not get to look", 0)
      } else if run.results == .absent, isWhole {
        // A file may be there for its rules alone; where the tool was started it looked for something.
        if run.wasStarted { writer.lose(name + "it holds no list of results", 0) }
        writer.result.warnings.append(name + "it holds no list of results")
      }
    }
  }
}
