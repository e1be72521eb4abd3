internal import RunHistory
internal import TriageModel

/// M4: how far coverage moved against the run before.
struct CoverageMeasure: HealthMeasure {
  let kind = HealthKind.coverage

  func figure(of evidence: HealthEvidence) throws(HistoryError) -> HealthFigure {
    evidence.unknown(kind, "no coverage report of its runs is kept")
  }
}
