import Goldens
import SafeText
import Testing
import TriageModel

/// What rules set aside is counted and shown, and nothing else is.
@Suite struct SetAsideTests {
  private func compare(_ left: String, _ right: String, _ name: String, _ rules: String...) throws -> Comparison {
    var options = ComparisonOptions()
    options.ignore = try rules.map { try IgnoreRule($0) }
    return GoldenKinds.compare(Array(left.utf8), Array(right.utf8), name: name, options: options)
  }

  private static let time = #"/\d{4}-\d\d-\d\dT\S*/"#

  @Test(arguments: [
    (
      #"{"meta": {"created_at": "x", "n": 1}, "a": [1]}"#, #"{"meta": {"created_at": "y", "n": 1}, "a": [1]}"#,
      "t.json", "$.meta.created_at"
    ),
    (
      #"{"runs": [{"id": 1, "v": 2}, {"id": 3, "v": 4}]}"#, #"{"runs": [{"id": 1, "v": 2}, {"id": 4, "v": 4}]}"#,
      "t.json", "$.runs[*].id"
    ),
    (#"{"a": {"b": {"uuid": 1}}}"#, #"{"a": {"b": {"uuid": 2}}}"#, "t.json", "$..uuid"),
    (#"{"a": 1}"#, #"{"a": 1, "t": 2}"#, "t.json", "$.t"),
    (#"{"a": "at 2024-01-02T03:04"}"#, #"{"a": "at 2025-01-02T03:04"}"#, "t.json", time),
    ("m:\n  at: 1\n", "m:\n  at: 2\n", "t.yml", "$.m.at"), ("[5, 1]", "[6, 1]", "t.json", "$[0]"),
    ("id,run_id,v\na,1,2\n", "id,run_id,v\na,7,2\n", "t.csv", "column:run_id"),
    ("id,v\na,2\n", "id,run_id,v\na,7,2\n", "t.csv", "column:run_*"),
    ("id,t\na,2024-01-02T03:04\n", "id,t\na,2025-01-02T03:04\n", "t.csv", time),
    ("x\nat 2024-01-02T03:04 ok\n", "x\nat 2025-01-02T03:04 ok\n", "t.txt", time),
  ])
  func aloneItIsNoDifference(left: String, right: String, name: String, rule: String) throws {
    let comparison = try compare(left, right, name, rule)
    #expect(!comparison.differs && comparison.drift.kind == .setAside, "\(rule): \(comparison.drift.proof)")
    #expect(comparison.summary.setAside == [ChangeSummary.SetAside(rule: rule, count: 1)])
    #expect(comparison.remarks.contains { $0.contains(rule) && $0.contains("1 difference set aside") })
    #expect(try compare(left, right, name, "$.other", "column:other", "/other/").differs)
  }

  @Test func whatElseDiffersIsSeen() throws {
    let text = try compare("at 2024-01-02T03:04 ok 1\n", "at 2025-01-02T03:04 ok 2\n", "t.txt", Self.time)
    #expect(text.differs && text.summary.maxAbsolute?.value == 1)
    let tree = try compare(#"{"t": 1, "a": 1}"#, #"{"t": 2, "a": 2}"#, "t.json", "$.t")
    #expect(
      tree.summary.changed == 1 && tree.drift.others.contains(.setAside)
        && tree.drift.proof.hasSuffix("; 1 set aside by rule"))
    let table = try compare("id,r,v\na,1,2\nb,2,3\n", "id,r,v\na,5,2\nb,6,4\n", "t.csv", "column:r")
    #expect(table.summary.changed == 1 && table.summary.setAsideCount == 2)
  }

  @Test(arguments: ["x", "$", "$.", "$.a..", "$[", "$[x]", "column:", "/(/", "//"])
  func whatIsNoRuleIsRefused(_ text: String) {
    #expect(throws: IgnoreRuleError.self) { try IgnoreRule(text) }
  }

  @Test func elementsAlignWithoutWhatIsSetAside() throws {
    let left = (0..<6).map { #"{"t": \#($0), "v": "w\#($0)"}"# }
    var right = (0..<6).map { #"{"t": \#($0 + 50), "v": "w\#($0)"}"# }
    right.remove(at: 1)
    let comparison = try compare(
      "[\(left.joined(separator: ","))]", "[\(right.joined(separator: ","))]", "t.json", "$[*].t")
    #expect(comparison.summary.removed == 1 && comparison.summary.changed == 0, "\(comparison.drift.proof)")
  }
}
