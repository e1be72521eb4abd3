import TriageMessages
import TriageModel

extension App {
  /// Does what a command of the Runs screen asks for.
  static func react(to reaction: RunsScreen.Reaction, _ state: inout AppState) -> [Effect] {
    switch reaction {
    case .done: return []
    case .say(let text):
      say(Notice(.info, text), &state, isKept: false)
      return []
    case .select(let identity):
      go(to: .triage, &state)
      return select(identity, &state)
    case .show(let identity, let test, let leg): return visit(test, leg: leg, of: identity, &state)
    }
  }
}
