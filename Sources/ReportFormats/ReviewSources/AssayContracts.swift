internal import DataSyntax
package import TriageModel

/// Assay's own small JSON for checks of what a model promises: that it loads, and takes and gives what its signature says.
///
/// ```json
/// {"assay_contracts": 1, "contracts": [
///   {"name": "churn-model", "kind": "signature", "outcome": "failed", "service": "scoring", "version": "7",
///    "expected": {"age": "long"}, "observed": {"age": "double"}, "message": "age is a double"}]}
/// ```
///
/// `name`, `kind` (`signature`, `onnx`, `torchscript`, or any other word) and `outcome` (`passed`, `failed`, `errored`,
/// `skipped`) say what was checked and how that ended. All else may be left out: `expected` and `observed` are texts or any
/// JSON, `details` is a longer text, `seconds` is how long the check took. A kind and a name together are one contract.
package enum AssayContracts: ReviewSource {
  package static let id = "assay-contracts"
  package static let title = "Assay contracts"
  package static let kind = Pact.kind
  package static let names = ReportNames(
    endings: ["json"], meant: ["*assay-contracts*.json", "*assay_contracts*.json"],
    usualPaths: ["assay-contracts*.json", "assay_contracts*.json"])
  package static let signs: [FormatSign] = [.object(["assay_contracts"])]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    ContractsReader.read(input, into: &builder)
  }
}

private struct ContractsReader: JSONUnitReader {
  var writer: CaseWriter
  private var hasContracts = false
  static let units = ["assay_contracts", "contracts"]

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func begin(_ path: String, pass: Int) {
    if path == "contracts" { hasContracts = true }
  }

  mutating func read(_ path: String, _ node: JSONNode) {
    if path == "assay_contracts" {
      if node.int != 1 { writer.lose("it is of version \(node.compactText.prefix(20)), and what is read is 1", 0) }
    } else if hasContracts, node.kind == .object {
      writer.add(item(node))
    } else {
      writer.lose(hasContracts ? "a contract is no object" : "its contracts are no list", 0)
      hasContracts = true
    }
  }

  private func item(_ contract: JSONNode) -> ReviewItem {
    let word = contract["outcome"]
    let outcome = StatusWord.outcome(of: word.bytes)
    var item = ReviewItem(
      AssayContracts.kind, about: contract["kind"].string ?? "", contract["name"].string ?? "", outcome ?? .errored)
    item.type = contract["kind"].string ?? ""
    item.message = SARIFText.line(contract["message"].string ?? "")
    if outcome == nil {
      let known =
        word.exists ? "the report calls it \u{201C}\(word.compactText.prefix(40))\u{201D}, which is not known" : ""
      let words = known.isEmpty ? "the report does not say how it ended" : known
      item.message = item.message.isEmpty ? words : words + ": " + item.message
    }
    item.details = contract["details"].string ?? ""
    item.duration = contract["seconds"].double
    if contract["expected"].exists || contract["observed"].exists {
      item.pair = ReviewItem.Pair(
        expected: PactMismatch.pretty(contract["expected"]), observed: PactMismatch.pretty(contract["observed"]))
    }
    item.facts = [("severity", "page")]
    for name in ["service", "version", "provider", "consumer"] as [StaticString] {
      guard let value = contract[name].string, !value.isEmpty else { continue }
      item.facts.append((name.description, String(value.prefix(500))))
    }
    return item
  }

  mutating func finish() {
    if !hasContracts, writer.result.damages.isEmpty { writer.lose("it holds no list of contracts", 0) }
  }
}
