import Foundation
import TestSupport
import Testing

/// Rules of `.assay/config.yaml` that call failures the infrastructure's, on the program itself.
@Suite struct InfraRuleTests {
  private let program: Program

  init() throws { program = try Program() }

  private func write(run: Int, message: String?) throws {
    let failure = message.map { "<failure type=\"ConnectionRefusedError\" message=\"\($0)\">at store.py:4</failure>" }
    try program.write(
      """
      <testsuite name="tests.integration.test_store" timestamp="2026-11-\(run + 10)T03:00:00Z">
      <testcase classname="tests/integration/test_store.py" name="test_read">\(failure ?? "")</testcase>
      <testcase classname="tests/unit/test_other.py" name="test_other"/>
      </testsuite>
      """, to: "runs/\(run)/junit.xml")
    try program.write(
      #"{"id": "\#(run)", "commit": "c\#(run)", "started_at": "2026-11-\#(run + 10)T03:00:00Z"}"#,
      to: "runs/\(run)/run.json")
  }

  private func verdicts(_ run: Int) throws -> [[String: Any]] {
    let ending = try program.run("list", "-C", ".", "runs/\(run)", "--json")
    try #require(ending.errors.isEmpty, "\(ending.errors)")
    let json = try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any]
    return try #require(json?["tests"] as? [[String: Any]]).compactMap { $0["verdict"] as? [String: Any] }
  }

  @Test func aRuleSaysInfraAndItsNightsCountForNothing() throws {
    for run in 1...14 { try write(run: run, message: run == 5 || run == 9 ? "feature-store:80\(run) refused" : nil) }
    try write(run: 14, message: "feature-store:8099 refused")
    try #require(try program.run("ingest", "-C", ".", "runs").status == 0)
    let before = try #require(try verdicts(14).first)
    #expect(before["label"] as? String == "flaky")
    #expect(try program.run("flaky", "-C", ".").output.contains("test_read"))

    try program.write(
      """
      infra:
        - {name: gpu nights, message: refused, label: {platform: gpu}}
        - name: the feature store is down
          message: 'ConnectionRefusedError.*feature-store'
          test: tests/integration/
      """, to: ".assay/config.yaml")
    let after = try #require(try verdicts(14).first)
    #expect(after["label"] as? String == "infra")
    #expect(after["why"] as? [String] == ["the rule the feature store is down says so"])
    #expect(try program.run("flaky", "-C", ".").output.contains("test_read") == false)
  }

  @Test func thresholdsOfTheConfigurationCount() throws {
    for run in 1...6 { try write(run: run, message: run == 6 ? "no space left" : nil) }
    try #require(try program.run("ingest", "-C", ".", "runs").status == 0)
    #expect(try verdicts(6).first?["label"] as? String == "unknown")
    try program.write("history: {thresholds: {known_runs: 5}}", to: ".assay/config.yaml")
    #expect(try verdicts(6).first?["label"] as? String == "new")
    try program.write("history:\n  thresholds:\n    known_runs: 0", to: ".assay/config.yaml")
    let wrong = try program.run("list", "-C", ".", "runs/6")
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains(".assay/config.yaml:3: history.thresholds.known_runs: expected a whole number"))
  }
}
