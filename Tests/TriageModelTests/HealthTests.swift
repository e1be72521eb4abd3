import Testing

@testable import TriageModel

@Suite struct HealthTests {
  @Test func whatIsNotAllIsNeverWrittenAsAll() {
    let share = HealthUnit.share
    #expect(share.text(1) == "100 %" && share.text(0) == "0 %")
    #expect(share.text(0.99999) == "> 99.9 %" && share.text(0.9996) == "> 99.9 %")
    #expect(share.text(0.00001) == "< 0.1 %")
    #expect(share.text(1.0001) == "> 100 %")
    #expect(share.text(0.010345) == "1.03 %" && share.text(0.752) == "75.2 %" && share.text(75) == "7,500 %")
    #expect(HealthUnit.points.text(-0.0125) == "-1.25 points" && HealthUnit.points.text(0.01) == "+1 points")
    #expect(HealthUnit.seconds.text(600) == "10 m 00 s")
    for value in [Double.nan, .infinity, -.infinity, 1e300, -1e300] {
      for unit in HealthUnit.allCases { #expect(!unit.text(value).isEmpty) }
    }
  }

  @Test func aNumberThatIsNotKnownIsNeverGood() {
    let unknown = HealthFigure(.passRate, .unknown("why"), target: HealthKind.passRate.standardTarget)
    #expect(unknown.state == .unknown && unknown.numberText == "unknown")
    var burning = HealthFigure(.budget, .known(0.1), target: HealthKind.budget.standardTarget)
    #expect(burning.state == .met)
    burning.alert = "it burns"
    #expect(burning.state == .missed)
    #expect(HealthFigure(.verdicts, .known(1)).state == .untargeted)
    #expect(HealthTarget(.atMost, 0.3).isMet(by: 0.1 + 0.2) && !HealthTarget(.atMost, 0.3).isMet(by: 0.3001))
    #expect(!HealthTarget(.atLeast, 0.99).isMet(by: 0.98999) && !HealthTarget(.atLeast, 0.99).isMet(by: .nan))
  }

  @Test func theKindsAreTheOnlyOnesOfTheirNames() {
    let all = HealthKind.all
    #expect(Set(all.map(\.id)).count == all.count && Set(all.map(\.name)).count == all.count)
    #expect(Set(all.map(\.id)).isDisjoint(with: all.map(\.name)))
    for kind in all { #expect(HealthKind.named(kind.name) == kind && HealthKind.named(kind.id) == kind) }
  }

  @Test func theWorstComesFirst() {
    var report = HealthReport(window: .all)
    report.figures = [
      HealthFigure(.passRate, .known(1), target: HealthKind.passRate.standardTarget),
      HealthFigure(.verdicts, .known(1)), HealthFigure(.contracts, .unknown("")),
      HealthFigure(.flakeRate, .known(1), target: HealthKind.flakeRate.standardTarget),
    ]
    #expect(report.worstFirst.map(\.id) == ["m3", "m8", "m1", "verdicts"])
  }
}
