internal import DataSyntax
package import TriageModel

/// Bandit's JSON: what may be insecure in Python code; of low severity is a remark, which needs no look.
package enum Bandit: ReviewSource {
  package static let id = "bandit"
  package static let title = "Bandit"
  package static let kind = SARIF.kind
  package static let names = ReportNames(endings: ["json"], meant: ["bandit*.json"], usualPaths: ["bandit.json"])
  package static let signs: [FormatSign] = [
    .object(["results"], saying: ["\"test_id\"", "\"issue_text\""]),
    .object(["errors", "generated_at", "metrics"]),
  ]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    BanditReader.read(input, into: &builder)
  }
}

private struct BanditReader: JSONUnitReader {
  var writer: CaseWriter
  static let units = ["results", "errors", "metrics._totals"]
  private var found = 0
  private var declared: Int?

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(_ path: String, _ node: JSONNode) {
    switch path {
    case "results": readFinding(node)
    case "errors":
      let reason = node["reason"].string ?? "an error without a reason"
      writer.lose("\(node["filename"].string ?? "a file") was not looked at: \(reason)", 0)
    default:
      let severities = node.filter { $0.key.starts(with: "SEVERITY.".utf8) }.compactMap(\.int)
      declared = severities.isEmpty ? nil : severities.reduce(0) { $0 &+ max(0, $1) }
    }
  }

  private mutating func readFinding(_ finding: JSONNode) {
    let file = String(decoding: writer.file(finding["filename"].bytes).bytes, as: UTF8.self)
    let rule = [finding["test_id"], finding["test_name"]].compactMap(\.string).joined(separator: " ")
    let text = finding["issue_text"].string ?? "(no text)"
    // The line moves with every edit above it: it is no part of the name.
    var item = ReviewItem(
      Bandit.kind, about: rule, "\(file): \(text)", finding["issue_severity"].says("LOW") ? .passed : .failed, text)
    item.type = finding["test_id"].string ?? ""
    item.details = finding["code"].string ?? ""
    item.location = SourceLocation(file: file, line: finding["line_number"].int)
    for (name, key) in [("severity", "issue_severity"), ("confidence", "issue_confidence"), ("more", "more_info")]
      as [(String, StaticString)]
    {
      if let value = finding[key].string { item.facts.append((name, value)) }
    }
    if let weakness = finding["issue_cwe"]["id"].int { item.facts.append(("weakness", "CWE-\(weakness)")) }
    found += 1
    writer.add(item)
  }

  mutating func finish() {
    if let declared, declared > found { writer.lose("it declares \(declared) findings and holds \(found)", 0) }
  }
}
