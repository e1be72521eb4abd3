internal import RunHistory
internal import TriageModel

/// M10: how long the job of each run took.
struct GateTimeMeasure: HealthMeasure {
  let kind = HealthKind.gateTime

  func figure(of evidence: HealthEvidence) throws(HistoryError) -> HealthFigure {
    evidence.unknown(kind, "no run of the window says how long its job took")
  }
}
