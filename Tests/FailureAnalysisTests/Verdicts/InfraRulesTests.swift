import FailureAnalysis
import SafeText
import TestSupport
import Testing
import TriageModel

struct InfraRulesTests {
  private let labels = ["platform": "gpu", "shard": "2"]

  private func name(_ rules: [InfraRules.Rule], _ text: String = "OSError: disk full", test: String) -> String? {
    InfraRules(rules).fitting(Array(text.utf8)).name(for: test, labels: labels)
  }

  @Test func allConditionsOfARuleHoldAndTheFirstRuleWins() throws {
    let full = try Pattern("disk (full|gone)")
    let rules = [
      InfraRules.Rule(name: "cpu", message: full, test: nil, labels: ["platform": "cpu"]),
      InfraRules.Rule(name: "unit", message: full, test: "tests/unit/", labels: ["platform": "gpu"]),
      InfraRules.Rule(name: "any", message: full, test: nil, labels: [:]),
    ]
    #expect(name(rules, test: "tests/unit/test_a.py::test_b") == "unit")
    #expect(name(rules, test: "tests/e2e/test_a.py::test_b") == "any")
    #expect(name(rules, "ValueError: shape", test: "tests/unit/test_a.py::test_b") == nil)
  }

  @Test(arguments: [
    ("tests/unit/", "tests/unit/test_a.py::test_b", true), ("tests/*/test_a.py", "tests/unit/test_a.py::test_b", true),
    ("tests/*.py", "tests/unit/test_a.py::test_b", false), ("::test_b[gpu]", "tests/test_a.py::test_b[gpu]", true),
    ("com.acme", "com.acme.FooTest::bar", true), ("**/test_a.py", "tests/test_b.py::c", false),
  ])
  func testsAreMeantByTextOrFilePattern(pattern: String, test: String, holds: Bool) {
    let rule = InfraRules.Rule(name: "r", message: nil, test: pattern, labels: [:])
    #expect((name([rule], test: test) != nil) == holds)
  }

  @Test func whatARuleCoversIsNoFlake() {
    let history = History("...........F..F..F", perCommit: 1)
    #expect(history.verdict().label == .flaky)
    var given = VerdictJudge.Given()
    for run: Int64 in [12, 15] { given.infraRules[.init(run: RunKey(token: run), leg: "")] = "store" }
    #expect(history.verdict(given: given).label == .new)
    #expect(history.verdict(at: 15, given: given).why == ["the rule store says so"])
  }
}
