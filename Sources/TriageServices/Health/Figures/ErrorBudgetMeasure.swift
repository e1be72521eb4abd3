internal import RunHistory
internal import TriageModel

/// The error budget: red runs beside those that the objective allows, and how fast they come.
///
/// A run is red when a test fails in it that was neither flaky nor muted, and when it is incomplete: what is not known to
/// be green spends the budget.
struct ErrorBudgetMeasure: HealthMeasure {
  let kind = HealthKind.budget

  func figure(of evidence: HealthEvidence) throws(HistoryError) -> HealthFigure {
    let settings = evidence.sources.settings.budget
    let allowance = 1 - settings.objective
    guard let runs = evidence.runs(ofDays: settings.days) else {
      return evidence.unknown(kind, evidence.flaw ?? "the newest run does not say when it began")
    }
    guard runs.count >= HealthEvidence.fewestRuns else {
      return evidence.unknown(
        kind,
        "the \(CountText.of(settings.days, "day")) of the budget have \(CountText.of(runs.count, "run")), and "
          + "\(HealthEvidence.fewestRuns) are needed")
    }
    let red = runs.filter { !$0.isGreen }
    var figure = evidence.figure(kind, Double(red.count) / Double(runs.count) / allowance)
    let allowed = Double(runs.count) * allowance
    let incomplete = red.count { !$0.isWhole }
    figure.facts = [
      .init(
        "made of",
        "\(CountText.of(red.count)) red of \(CountText.of(runs.count, "run")) in \(CountText.of(settings.days, "day")); "
          + "\(HealthUnit.share.text(settings.objective)) green allows \(FigureText.of(allowed))"
          + (incomplete > 0 ? "; \(CountText.of(incomplete)) of the red are incomplete" : "")),
      .init("does not count", "\(CountText.of(spared(runs))) that failed by flaky or muted tests alone"),
    ]
    let long = burn(evidence, days: settings.longDays, allowance)
    let short = burn(evidence, days: settings.shortDays, allowance)
    figure.facts.append(.init("burn rate", "\(words(long, settings.longDays)); \(words(short, settings.shortDays))"))
    if let long = long.rate, let short = short.rate, long >= settings.alert, short >= settings.alert {
      figure.alert =
        "the budget burns at \(FigureText.of(min(long, short))) × (alert at \(FigureText.of(settings.alert)) ×)"
    }
    figure.points = spent(runs, allowance)
    figure.parts = red.reversed().prefix(50).map { run in
      run.part(run.isWhole ? CountText.of(run.real, "failure") : "incomplete")
    }
    return figure
  }

  /// Runs that are green although a test failed in them.
  private func spared(_ runs: [HealthRun]) -> Int { runs.count { $0.isGreen && $0.record.counts.failing > 0 } }

  /// What was used of the whole window's budget up to each run.
  private func spent(_ runs: [HealthRun], _ allowance: Double) -> [HealthFigure.Point] {
    var red = 0
    return runs.map { run in
      if !run.isGreen { red += 1 }
      return HealthFigure.Point(
        label: run.record.shortName, time: run.record.startedAt,
        number: Double(red) / Double(runs.count) / allowance)
    }
  }

  private func burn(_ evidence: HealthEvidence, days: Int, _ allowance: Double) -> (rate: Double?, runs: Int) {
    let runs = evidence.runs(ofDays: days) ?? []
    guard runs.count >= HealthEvidence.fewestOfADay else { return (nil, runs.count) }
    return (Double(runs.count { !$0.isGreen }) / Double(runs.count) / allowance, runs.count)
  }

  private func words(_ burn: (rate: Double?, runs: Int), _ days: Int) -> String {
    let window = "over \(CountText.of(days, "day"))"
    guard let rate = burn.rate else { return "unknown \(window) (\(CountText.of(burn.runs, "run")))" }
    return "\(FigureText.of(rate)) × \(window)"
  }
}
