import SafeText
import TriageMessages
import TriageModel

extension App {
  /// Carries out a command in the way of the Flakes screen.
  static func inFlakes(_ command: ScreenCommand, _ state: inout AppState) -> [Effect] {
    if command == .open { return openAttempt(&state) }
    if let text = state.flakes.perform(command, openRuns: state.openRuns) {
      say(Notice(.info, text), &state, isKept: false)
    }
    return []
  }

  /// Carries out a command that only the Flakes screen has.
  static func inFlakes(_ command: FlakesCommand, _ state: inout AppState) {
    if let text = state.flakes.perform(command) { say(Notice(.info, text), &state, isKept: false) }
  }

  /// Goes to Triage, to the test and the run under the cursor; to the attempt's text when that run is not open.
  private static func openAttempt(_ state: inout AppState) -> [Effect] {
    guard let flake = state.flakes.selected?.flake, let run = state.flakes.selectedRun else { return [] }
    guard state.flakes.selectedOutcome != nil else {
      let id = Sanitizer.line(run.identity.id, limit: 60)
      say(Notice(.info, "it was not part of run \(id)"), &state, isKept: false)
      return []
    }
    if !state.openRuns.contains(run.identity), state.flakes.focus == .list { state.flakes.turnFocus() }
    return visit(flake.test, of: run.identity, &state)
  }
}

extension AppState {
  /// The runs whose files are open.
  var openRuns: Set<RunIdentity> { Set(runs.runs.map(\.info.identity)) }

  /// Whether the open runs are still on their way into the history.
  var isHistoryBehind: Bool { !runs.isComplete || judgement?.revision != runs.revision }
}
