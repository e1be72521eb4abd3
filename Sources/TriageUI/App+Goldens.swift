import Goldens
import SafeText
import TerminalKit
import TriageActions
import TriageMessages
import TriageModel

extension App {
  /// Carries out a command about the pair, saying what there is to say.
  static func inPair(_ command: PairCommand, _ state: inout AppState) {
    if command == .nextPart, state.screen == .triage, state.triage.goldens.count > 1 {
      state.triage.nextGolden()
    } else if let text = state.pair.perform(command, of: state.currentGolden) {
      say(Notice(.info, text), &state, isKept: false)
    }
  }

  /// Goes to a screen; from the Golden tab to the golden that is looked at there.
  static func go(to screen: Screen, _ state: inout AppState) {
    if screen == .goldens, state.screen != .goldens, let golden = state.currentGolden {
      state.goldens.select(golden.place)
    }
    state.screen = screen
  }

  /// Opens the line for a decision's reason.
  static func decide(_ kind: DecisionRequest.Kind, _ state: inout AppState) {
    let subjects = state.screen == .goldens ? state.goldens.subjects : state.triage.golden.map { [$0] } ?? []
    guard !subjects.isEmpty else {
      say(Notice(.info, "no golden is chosen"), &state, isKept: false)
      return
    }
    if subjects.count == 1, kind == .approve, let refusal = refusal(of: subjects[0]) {
      say(Notice(.warning, refusal), &state, isKept: false)
      return
    }
    let reviewed = subjects.compactMap { change in change.actualHash.map { (change.place, $0) } }
    let request = DecisionRequest(
      run: state.run, revision: state.runs.revision, kind: kind, places: subjects.map(\.place),
      reviewed: Dictionary(reviewed) { first, _ in first },
      displayed: Set(subjects.filter { state.goldens.wasDisplayed($0) }.map(\.place)))
    var decision = DecisionState(request, offered: state.lastReason)
    if state.screen == .goldens { decision.unseenOutliers = state.goldens.unseenOutliers(among: Set(request.places)) }
    state.overlay = .decision(decision)
  }

  /// Why a single golden cannot be approved, whatever the reason for it.
  private static func refusal(of change: GoldenChange) -> String? {
    if change.state == .stale { return "stale: the golden changed since the run; S shows all three, a new run decides" }
    if change.state == .nonDeterministic {
      return "non-deterministic: runs of one commit disagree, so none is approved"
    }
    if !change.recovery.isApprovable {
      return "recovered only as “\(change.recovery.name)”: run the test again so that its output is kept"
    }
    return nil
  }

  /// Does what a key means while a decision is made.
  static func decisionKey(_ key: Key, _ decision: DecisionState, _ state: inout AppState) -> [Effect] {
    var decision = decision
    let reaction = decision.handle(key)
    switch reaction {
    case .stay: state.overlay = .decision(decision)
    case .close: state.overlay = nil
    case .ask(let effect):
      state.overlay = .decision(decision)
      return [effect]
    }
    return []
  }

  /// Says what became of a decision.
  static func take(_ outcome: DecisionOutcome, _ state: inout AppState) {
    if case .decision(let decision) = state.overlay, decision.stage == .working { state.overlay = nil }
    state.goldens.marks.subtract(outcome.done)
    if outcome.failure == nil { state.goldens.moveOn(past: Set(outcome.done)) }
    if let failure = outcome.failure {
      say(Notice(.failure, Sanitizer.line(failure, limit: 600)), &state)
      return
    }
    // A reason is offered again when something was decided with it, not when it was only typed.
    state.lastReason = outcome.request.reason + (outcome.request.ticket.map { " " + $0 } ?? "")
    let summary = ClosingSummary(outcome, among: state.goldens.changes)
    say(Notice(outcome.held.isEmpty ? .info : .warning, summary.sentence + "; u undoes it"), &state)
    if outcome.done.count > 1, state.overlay == nil { state.overlay = .closing(summary) }
  }

  /// Does what a key means at the end of a decision: the command is copied, and anything else goes on.
  static func closingKey(_ key: Key, _ summary: ClosingSummary, _ state: inout AppState) -> [Effect] {
    state.overlay = nil
    guard key == .character("y"), let command = summary.command else {
      // `u` is named in the box.
      return key == .character("u") ? perform(.undo, &state) : []
    }
    return [.copy(text: command, what: "command")]
  }

  /// Does what a key means while an entry of the journal is offered.
  static func undoKey(_ key: Key, _ offer: UndoOffer, _ state: inout AppState) -> [Effect] {
    switch key {
    case .character("y"):
      state.overlay = nil
      return [.undo(offer)]
    case .escape, .control("c"), .character("q"): state.overlay = nil
    default: break
    }
    return []
  }

  /// Opens the panel of a tolerance.
  static func tryTolerance(_ state: inout AppState) {
    guard let comparison = state.pair.comparison, let wanted = state.pair.wanted, state.currentGolden != nil,
      let numbers = comparison.numbers, numbers.count > 0
    else {
      say(Notice(.info, "no numbers differ here, so no tolerance matters"), &state, isKept: false)
      return
    }
    let total = numbers.count + comparison.intolerable
    state.overlay = .whatIf(WhatIfState(comparison: wanted, total: total))
  }

  /// Does what a key means while a tolerance is tried.
  static func whatIfKey(_ key: Key, _ whatIf: WhatIfState, _ state: inout AppState) -> [Effect] {
    var whatIf = whatIf
    let summary = state.pair.comparison?.summary
    switch whatIf.handle(key, smallest: (summary?.smallestRelative, summary?.smallestAbsolute)) {
    case .stay: state.overlay = .whatIf(whatIf)
    case .close: state.overlay = nil
    case .ask(let effect):
      state.overlay = .whatIf(whatIf)
      return [effect]
    }
    return []
  }
}
