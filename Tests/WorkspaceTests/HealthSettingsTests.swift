import Testing
import TriageModel
import Workspace

@Suite struct HealthSettingsTests {
  private func settings(_ text: String) throws -> HealthSettings { try Configuration(text: text).health }

  @Test func readsTargetsInTheUnitsOfTheirFigures() throws {
    let health = try settings(
      """
      targets:
        pass_rate: 99.5%
        m2: 5m
        flake_rate: 0.02
        coverage_delta: -0.5
        gate_time: none
      """)
    #expect(health.target(of: .passRate) == HealthTarget(.atLeast, 0.995))
    #expect(health.target(of: .suiteTime) == HealthTarget(.atMost, 300))
    #expect(health.target(of: .flakeRate) == HealthTarget(.atMost, 0.02))
    #expect(health.target(of: .coverage) == HealthTarget(.atLeast, -0.005))
    #expect(health.target(of: .gateTime) == nil)
    // What nobody set keeps its starting value.
    #expect(health.target(of: .assertions) == HealthKind.assertions.standardTarget)
    #expect(try settings("").target(of: .passRate) == HealthKind.passRate.standardTarget)
  }

  @Test func readsTheBudget() throws {
    let budget = try settings("budget: {objective: 99.9 %, window: 30d, long: 3, short: 1d, alert: 14.4}").budget
    #expect(budget.objective == 0.999 || abs(budget.objective - 0.999) < 1e-12)
    #expect((budget.days, budget.longDays, budget.shortDays, budget.alert) == (30, 3, 1, 14.4))
  }

  /// A target that is dropped in silence would never be missed.
  @Test(arguments: [
    "targets: {pass_rat: 99%}", "targets: {pass_rate: good}", "targets: {pass_rate: -1}",
    "targets: {suite_time: 5 weeks}",
    "targets: [99%]", "targets: {m99: 1}", "targets: {pass_rate: 1e999}", "targets: {assertion_density: -1}",
    "budget: {objective: 100%}", "budget: {objective: 0}", "budget: {window: soon}", "budget: {long: 40d}",
    "budget: {short: 9d}", "budget: {alert: 0}", "budget: {obective: 99%}", "budget: 99%",
  ])
  func refusesWhatMeansNothing(_ text: String) {
    #expect(throws: ConfigurationError.self) { try settings(text) }
  }

  @Test func namesTheKeyThatWasMeant() {
    #expect {
      try settings("targets: {pass_rat: 99%}")
    } throws: { error in
      "\(error)".contains(".assay/config.yaml:1: targets.pass_rat: expected pass_rate")
    }
  }
}
