internal import RunHistory
internal import TriageModel

/// M10: how long the job of each run took, as its `run.json` or the times in its log say; else how long the tests took by
/// the test tool's own last line. The two are never put into one series.
struct GateTimeMeasure: HealthMeasure {
  let kind = HealthKind.gateTime

  func figure(of evidence: HealthEvidence) throws(HistoryError) -> HealthFigure {
    guard let newest = evidence.newest else { return evidence.unknown(kind, evidence.flaw ?? "no run is known") }
    guard let now = newest.record.took else {
      return evidence.unknown(kind, "the newest run (\(newest.record.shortName)) does not say how long its job took")
    }
    var figure = evidence.flaw.map { evidence.unknown(kind, $0) } ?? evidence.figure(kind, now.seconds)
    let alike = evidence.runs.filter { $0.record.took?.clock == now.clock }
    let times = alike.filter(\.isWhole).compactMap(\.record.took?.seconds).sorted()
    let source =
      now.clock == .job
      ? "the job, from its start to its end"
      : "the tests alone, by the test tool's last line: what the job does before and after is not in it"
    figure.facts = [.init("counted by", source)]
    if times.count > 1 {
      let (median, longest) = (times[times.count / 2], times[times.count - 1])
      figure.facts.append(
        .init("in the window", "median \(kind.unit.text(median)), longest \(kind.unit.text(longest))"))
    }
    let others = evidence.runs.count - alike.count
    if others > 0 { figure.facts.append(.init("left out", "\(CountText.of(others, "run")) that do not say so")) }
    figure.points = evidence.runs.map { $0.point($0.record.took.flatMap { $0.clock == now.clock ? $0.seconds : nil }) }
    let slowest = alike.sorted { ($0.record.took?.seconds ?? 0) > ($1.record.took?.seconds ?? 0) }
    figure.parts = slowest.prefix(20).map { $0.part(kind.unit.text($0.record.took?.seconds ?? 0)) }
    return figure
  }
}
