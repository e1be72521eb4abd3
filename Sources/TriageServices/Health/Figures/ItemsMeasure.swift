internal import RunHistory
internal import TriageModel

/// M4, M6, M7 and M8: figures of what is reviewed besides tests.
struct ItemsMeasure: HealthMeasure {
  let kind: HealthKind
  private let absence: String

  /// - Parameter absence: Why there is no number where no run left what it is counted from.
  init(_ kind: HealthKind, _ absence: String) {
    self.kind = kind
    self.absence = absence
  }

  func figure(of evidence: HealthEvidence) throws(HistoryError) -> HealthFigure { evidence.unknown(kind, absence) }
}
