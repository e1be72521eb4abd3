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
    ErrorBudgetMeasure(), PassRateMeasure(), SuiteTimeMeasure(), FlakeRateMeasure(),
    ItemsMeasure(.coverage, "no coverage report of its runs is kept"), AssertionMeasure(),
    ItemsMeasure(.mocks, "no comparison of a recorded mock with a real response is kept"),
    ItemsMeasure(.telemetry, "no comparison of expected and emitted telemetry is kept"),
    ItemsMeasure(.contracts, "no contract verification of its runs is kept"), GoldenChangeMeasure(),
    GateTimeMeasure(),
  ]
}
