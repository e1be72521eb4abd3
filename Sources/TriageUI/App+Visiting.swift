import SafeText
import TestQueries
import TriageMessages
import TriageModel

extension App {
  /// Goes to a test of a run in Triage, by the name that the history keeps, if the run's files are open.
  static func visit(
    _ test: String, leg: String = "", of identity: RunIdentity, _ state: inout AppState
  ) -> [Effect] {
    guard state.openRuns.contains(identity) else { return select(identity, &state) }
    let effects = select(identity, &state)
    guard let run = state.currentRun, let found = run.table.test(named: test, leg: leg) else {
      let id = Sanitizer.line(identity.id, limit: 60)
      say(Notice(.info, "the files of run \(id) do not have this test"), &state, isKept: false)
      return effects
    }
    go(to: .triage, &state)
    if state.triage.select(found, in: run) {
      say(Notice(.info, "the filter was cleared to show the test"), &state, isKept: false)
    }
    return effects
  }
}
