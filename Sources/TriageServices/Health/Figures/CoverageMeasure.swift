internal import RunHistory
internal import TriageModel

/// M4: how far the coverage of all files moved against the run before that has one.
struct CoverageMeasure: HealthMeasure {
  let kind = HealthKind.coverage
  private static let word = "coverage"
  /// The item that readers make of all files of a report.
  private static let total = "coverage::(all files)"

  /// The coverage of a run, in per cent.
  private struct Covered {
    var run: HealthRun
    var percent: Double
  }

  func figure(of evidence: HealthEvidence) throws(HistoryError) -> HealthFigure {
    let covered = try covered(evidence)
    guard let newest = evidence.newest, let now = covered.last else {
      return evidence.unknown(kind, evidence.flaw ?? "no coverage report of its runs is kept")
    }
    guard now.run == newest else {
      return evidence.unknown(
        kind, "the newest run (\(newest.record.shortName)) has no coverage report; \(now.run.name) had the last")
    }
    guard covered.count > 1 else { return evidence.unknown(kind, "no run before the newest has a coverage report") }
    let base = covered[covered.count - 2]
    let delta = (now.percent - base.percent) / 100
    // A run that lacks tests covers less than it would.
    var figure =
      newest.record.isComplete
      ? evidence.figure(kind, delta)
      : evidence.unknown(kind, "the newest run (\(newest.record.shortName)) is incomplete")
    figure.facts = [
      .init(
        "made of",
        "\(HealthUnit.share.text(now.percent / 100)) of the lines ran, \(HealthUnit.share.text(base.percent / 100)) in "
          + base.run.name)
    ]
    figure.points = zip(covered.dropFirst(), covered).map { run, before in
      run.run.point((run.percent - before.percent) / 100)
    }
    figure.parts = try lost(evidence, now.run, since: base.run)
    return figure
  }

  /// The runs of the window with their coverage, oldest first; of several legs the least counts.
  private func covered(_ evidence: HealthEvidence) throws(HistoryError) -> [Covered] {
    var least: [RunKey: Double] = [:]
    for measure in try evidence.service.measures(of: Self.total) {
      least[measure.run] = min(least[measure.run] ?? measure.value, measure.value)
    }
    return evidence.runs.compactMap { run in least[run.record.key].map { Covered(run: run, percent: $0) } }
  }

  /// The files that are covered less than before, most first.
  private func lost(
    _ evidence: HealthEvidence, _ run: HealthRun, since base: HealthRun
  ) throws(HistoryError) -> [HealthFigure.Part] {
    var before: [String: Double] = [:]
    for item in try evidence.service.items(of: base.record, Self.word) { before[item.id] = item.measure }
    var lost: [(id: String, now: Double, before: Double)] = []
    for item in try evidence.service.items(of: run.record, Self.word) where item.id != Self.total {
      guard let now = item.measure, let old = before[item.id], now < old else { continue }
      lost.append((item.id, now, old))
    }
    lost.sort { ($0.now - $0.before, $0.id) < ($1.now - $1.before, $1.id) }
    return lost.prefix(50).map { id, now, old in
      .init(
        id, "\(HealthUnit.share.text(now / 100)), was \(HealthUnit.share.text(old / 100))",
        .test(id, in: run.record.identity))
    }
  }
}

extension HistoryService {
  /// The numbers that an item was known by in all runs, oldest first.
  fileprivate func measures(of item: String) throws(HistoryError) -> [MeasureRecord] {
    try store.measures(of: [item], in: repository, HistoryFilter()).first ?? []
  }
}
