import TerminalKit
import TriageModel

/// Draws the Flakes screen's body.
enum FlakesView {
  static func draw(_ state: AppState, on grid: inout Grid) {}

  /// How the window stands, for the second row.
  static func standing(_ state: AppState) -> Line { Line(state.window.words, .dim) }
}
