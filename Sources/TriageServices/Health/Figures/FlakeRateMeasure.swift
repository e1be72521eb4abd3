internal import RunHistory
internal import TriageModel

/// M3: the results that flaked, over the window and in the last 24 hours before the newest run.
struct FlakeRateMeasure: HealthMeasure {
  let kind = HealthKind.flakeRate

  func figure(of evidence: HealthEvidence) throws(HistoryError) -> HealthFigure {
    let whole = evidence.runs.filter(\.isWhole)
    let (flaked, executed) = Self.sums(whole)
    var figure: HealthFigure
    if whole.count < HealthEvidence.fewestRuns {
      figure = evidence.unknown(
        kind, "the window has \(CountText.of(whole.count, "whole run")), and \(HealthEvidence.fewestRuns) are needed")
    } else if executed == 0 {
      figure = evidence.unknown(kind, "no test of the window ran")
    } else {
      figure = evidence.figure(kind, Double(flaked) / Double(executed))
      let retried = whole.reduce(0) { $0 + $1.retried }
      figure.facts.append(
        .init(
          "made of",
          "\(CountText.of(flaked)) of \(CountText.of(executed, "result")) in \(CountText.of(whole.count, "run")): "
            + "\(CountText.of(retried)) passed on retry, \(CountText.of(flaked - retried)) failed"))
    }
    figure.facts.append(.init("last 24 hours", lastDay(evidence)))
    figure.facts.append(.init("flaky tests", CountText.of(evidence.flakes.count)))
    figure.points = evidence.runs.map { run in
      run.point(run.executed > 0 ? Double(run.flaked) / Double(run.executed) : nil)
    }
    figure.parts = evidence.flakes.prefix(50).map { flake in
      .init(
        flake.test, "\(CountText.of(flake.failed)) failed, \(CountText.of(flake.retried)) on retry",
        .test(flake.test, in: flake.last))
    }
    return figure
  }

  private func lastDay(_ evidence: HealthEvidence) -> String {
    guard let runs = evidence.runs(ofDays: 1)?.filter(\.isWhole) else {
      return "unknown: the newest run does not say when it began"
    }
    let (flaked, executed) = Self.sums(runs)
    guard executed > 0 else { return "unknown: no whole run began in them" }
    let share = kind.unit.text(Double(flaked) / Double(executed))
    return
      "\(share), \(CountText.of(flaked)) of \(CountText.of(executed, "result")) in \(CountText.of(runs.count, "run"))"
  }

  private static func sums(_ runs: some Sequence<HealthRun>) -> (flaked: Int, executed: Int) {
    runs.reduce((0, 0)) { ($0.0 + $1.flaked, $0.1 + $1.executed) }
  }
}
