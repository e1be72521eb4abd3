internal import RunHistory
internal import TriageModel

/// M2: the seconds that the tests of the newest run took, and the slowest of them.
struct SuiteTimeMeasure: HealthMeasure {
  let kind = HealthKind.suiteTime
  /// Tests that are named.
  private static let slowest = 10

  func figure(of evidence: HealthEvidence) throws(HistoryError) -> HealthFigure {
    let known = try evidence.service.seconds(ofRuns: evidence.runs.map(\.record.key))
    func seconds(of run: HealthRun) -> Double? { known[run.record.key] }
    guard let newest = evidence.newest else { return evidence.unknown(kind, evidence.flaw ?? "no run is known") }
    var figure: HealthFigure
    if let flaw = evidence.flaw {
      figure = evidence.unknown(kind, flaw)
    } else if let now = seconds(of: newest) {
      figure = evidence.figure(kind, now)
      let all = evidence.runs.filter(\.isWhole).compactMap(seconds(of:)).sorted()
      if all.count > 1 {
        let (median, longest) = (all[all.count / 2], all[all.count - 1])
        figure.facts.append(
          .init("in the window", "median \(kind.unit.text(median)), longest \(kind.unit.text(longest))"))
      }
    } else {
      figure = evidence.unknown(
        kind, "the newest run (\(newest.record.shortName)) does not say how long its tests took")
    }
    figure.points = evidence.runs.map { $0.point(seconds(of: $0)) }
    let slowest = try evidence.service.slowest(ofRun: newest.record.key, limit: Self.slowest)
    figure.parts = slowest.map { test, duration in
      .init(test, kind.unit.text(duration), .test(test, in: newest.record.identity))
    }
    return figure
  }
}
