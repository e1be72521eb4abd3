import TriageMessages
import TriageModel

extension App {
  /// Does what a command of the Runs screen asks for.
  static func react(to reaction: RunsState.Reaction, _ state: inout AppState) -> [Effect] {
    switch reaction {
    case .done: return []
    case .say(let text):
      say(Notice(.info, text), &state, isKept: false)
      return []
    case .select(let identity):
      go(to: .triage, &state)
      return select(identity, &state)
    case .show(let identity, let test, let leg):
      let effects = select(identity, &state)
      show(test, leg: leg, &state)
      return effects
    }
  }

  /// Goes to a test of the run that is looked at, by the name that the history keeps.
  private static func show(_ name: String, leg: String, _ state: inout AppState) {
    guard let run = state.currentRun, let test = run.table.test(named: name, leg: leg) else {
      return say(Notice(.info, "the files of the run do not have this test"), &state, isKept: false)
    }
    go(to: .triage, &state)
    state.triage.select(test, in: run)
  }
}
