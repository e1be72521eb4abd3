internal import DataSyntax
package import TriageModel

/// coverage.py's JSON, formats 2 and 3: with branches or without. Contexts and regions are not looked at.
package enum CoveragePy: ReviewSource {
  package static let id = "coverage-py"
  package static let title = "coverage.py JSON"
  package static let kind = CoverageItems.kind
  package static let names = ReportNames(endings: ["json"], usualPaths: ["coverage.json"])
  package static let signs: [FormatSign] = [
    .object(["meta", "files"], saying: ["\"executed_lines\""]),
    .object(["meta", "files"], saying: ["\"branch_coverage\""]),
  ]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    CoveragePyReader.read(input, into: &builder)
  }
}

private struct CoveragePyReader: JSONUnitReader {
  var writer: CaseWriter
  private var items = CoverageItems()
  private var declared: (lines: Int?, covered: Int?) = (nil, nil)
  static let units = ["meta", "files.*", "totals"]
  private static let files = "files."

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(_ path: String, _ node: JSONNode) {
    switch path {
    case "meta": writer.start(iso: node["timestamp"].bytes)
    case "totals": declared = (node["num_statements"].int, node["covered_lines"].int)
    default: readFile(path.dropFirst(Self.files.count), node)
    }
  }

  private mutating func readFile(_ name: Substring, _ file: JSONNode) {
    let path = writer.sourcePath(Array(name.utf8)[...])
    var lines = CoveredLines()
    var isSound = file["executed_lines"].kind == .array && file["missing_lines"].kind == .array
    for (list, isHit) in [(file["executed_lines"], true), (file["missing_lines"], false)] {
      for line in list {
        if let number = line.int { lines.add(number, isHit: isHit) } else { isSound = false }
      }
    }
    var leaving: [Int: (covered: Int, total: Int)] = [:]
    for (list, covered) in [(file["executed_branches"], 1), (file["missing_branches"], 0)] {
      for branch in list {
        guard let line = branch.first(where: { _ in true })?.int else {
          isSound = false
          continue
        }
        leaving[line, default: (0, 0)].total += 1
        leaving[line, default: (0, 0)].covered += covered
      }
    }
    for (line, count) in leaving { lines.add(branches: count.covered, of: count.total, on: line) }
    if !isSound { writer.lose("the lines of \(path) cannot be read", 0) }
    lines.settle()
    let summary = file["summary"]
    CoverageItems.check((summary["num_statements"].int, summary["covered_lines"].int), lines.count, of: path, &writer)
    var facts: [(name: String, value: String)] = []
    if let excluded = summary["excluded_lines"].int, excluded > 0 { facts.append(("excluded", String(excluded))) }
    items.add(path, &lines, facts: facts, to: &writer)
  }

  mutating func finish() { items.finish(declared: declared, to: &writer) }
}
