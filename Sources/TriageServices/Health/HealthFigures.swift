internal import RunHistory
internal import TriageModel

/// Counts one figure: a file each in `Figures/`.
protocol HealthMeasure: Sendable {
  /// Which figure it is.
  var kind: HealthKind { get }
  /// The figure now; unknown, with the reason, where a source is missing.
  func figure(of evidence: HealthEvidence) throws(HistoryError) -> HealthFigure
}

/// The figures, by id. To add one: its file, its line here, and its line in `HealthKind.all`.
package enum HealthFigures {
  static let all: [any HealthMeasure] = [
    ErrorBudgetMeasure(), PassRateMeasure(), SuiteTimeMeasure(), FlakeRateMeasure(), CoverageMeasure(),
    AssertionMeasure(),
    ItemsMeasure(.mocks, of: "mock", "no comparison of a recorded mock with a real response is kept"),
    ItemsMeasure(.telemetry, of: "telemetry", "no comparison of expected and emitted telemetry is kept"),
    ItemsMeasure(.contracts, of: "contract", "no contract verification is kept"), GoldenChangeMeasure(),
    GateTimeMeasure(), VerdictMeasure(),
  ]
}
