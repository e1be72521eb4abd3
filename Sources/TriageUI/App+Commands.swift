import SafeText
import TerminalKit
import ItemQueries
import TriageActions
import TriageMessages
import TriageModel

extension App {
  /// Carries out a command, whichever way it was given, unless there is a reason why not.
  static func perform(_ command: Command, _ state: inout AppState) -> [Effect] {
    if let refusal = state.refusal(of: command) {
      say(Notice(refusal.weight, refusal.words), &state, isKept: refusal.weight != .info)
      return []
    }
    switch command {
    case .here(let command): return carryOut(state.screen.path.perform(command, &state), &state)
    case .own(let screen, let name): return carryOut(screen.path.perform(own: name, &state), &state)
    case .arrange(let screen, let choice): screen.path.arrange(by: choice, &state)
    case .pair(let command): return carryOut(state.screen.path.perform(command, &state), &state)
    case .screen(let screen): go(to: screen, &state)
    case .act(let action): return act(action, &state)
    case .whatIf: WhatIfState(state.context.pair).map { state.overlays.append($0) }
    case .undo: return [.offerUndo(isRedo: false)]
    case .redo: return [.offerUndo(isRedo: true)]
    case .help, .palette, .messages, .arrangeMenu, .runMenu, .copyMenu:
      Menus.menu(of: command, state).map { state.overlays.append($0) }
    case .jobs: state.overlays.append(JobsDrawer(state.context))
    case .selectRun(let identity): look(at: identity, &state)
    case .window:
      let steps = HistoryWindow.steps
      state.context.window = steps[((steps.firstIndex(of: state.context.window) ?? 0) + 1) % steps.count]
      say(Notice(.info, "the history of \(state.context.window.words)"), &state, isKept: false)
    case .newerRun: look(atRun: state.context.run - 1, &state)
    case .olderRun: look(atRun: state.context.run + 1, &state)
    case .reload:
      say(Notice(.info, "reading again"), &state, isKept: false)
      return [.reload]
    case .edit: return state.model.location(state.context).map { [.edit($0)] } ?? []
    case .copy(let subject): return copy(subject, &state)
    case .mouse:
      state.mouse.toggle()
      say(Notice(.info, state.mouse ? "mouse on; M gives it back to the terminal" : "mouse off"), &state, isKept: false)
      return [.mouse(state.mouse)]
    case .suspend: return [.suspend]
    case .quit: return [.quit]
    }
    return []
  }

  /// Does what a screen or an overlay asks for.
  ///
  /// - Parameter layer: The overlay that asks; nil for a screen.
  static func carryOut(_ reactions: [Reaction], layer: Int? = nil, _ state: inout AppState) -> [Effect] {
    reactions.flatMap { reaction -> [Effect] in
      switch reaction {
      case .say(let text): say(Notice(.info, text), &state, isKept: false)
      case .notice(let notice): say(notice, &state)
      case .ask(let effect): return [effect]
      case .perform(let command): return perform(command, &state)
      case .look(let identity):
        look(at: identity, &state)
        if state.context.openRuns.contains(identity) { go(to: .triage, &state) }
      case .go(let place, let filter):
        guard let screen = Screen(place) else { break }
        go(to: screen, &state)
        if !filter.isEmpty { screen.path.narrow(to: filter, &state) }
      case .unmark: state.screen.path.unmark(&state)
      case .visit(let test, let leg, let identity): visit(test, leg: leg, of: identity, &state)
      // An answer lays nothing over what a person is busy with.
      case .show(let overlay): if layer != nil || state.overlays.isEmpty { state.overlays.append(overlay) }
      case .close: if let layer { state.overlays.remove(at: layer) }
      }
      return []
    }
  }

  private static func act(_ action: ActionDescription, _ state: inout AppState) -> [Effect] {
    do throws(Refusal) {
      state.overlays.append(try state.model.panel(for: action, state.context))
    } catch {
      say(Notice(error.weight, error.words), &state, isKept: error.weight != .info)
    }
    return []
  }

  private static func copy(_ subject: CopySubject, _ state: inout AppState) -> [Effect] {
    guard let copied = state.model.copy(subject, state.context) else {
      say(Notice(.info, "nothing to copy here"), &state, isKept: false)
      return []
    }
    return [.copy(text: copied.text, what: copied.what)]
  }

  // MARK: - Screens and runs

  /// Goes to a screen, which takes over the golden that is looked at here.
  private static func go(to screen: Screen, _ state: inout AppState) {
    guard !state.isLookedAt(screen) else { return }
    let golden = state.model.currentGolden
    state.screen = screen
    if let golden { screen.path.choose(golden: golden.location, &state) }
  }

  /// Looks at the run of an identity, if it is open.
  private static func look(at identity: RunIdentity, _ state: inout AppState) {
    guard let place = state.context.runs.runs.firstIndex(where: { $0.info.identity == identity }) else {
      let id = Sanitizer.line(identity.id, limit: 60)
      say(Notice(.info, "run \(id) is not open: assay FOLDER opens its files"), &state, isKept: false)
      return
    }
    look(atRun: place, &state)
  }

  private static func look(atRun run: Int, _ state: inout AppState) {
    guard state.context.runs.runs.indices.contains(run) else {
      say(Notice(.info, run < 0 ? "this is the newest run" : "this is the oldest run"), &state, isKept: false)
      return
    }
    guard run != state.context.run else { return }
    state.context.run = run
    state.context.isRunChosen = true
    for screen in Screen.allCases { screen.path.runChanged(&state) }
  }

  /// Goes to a test of a run in Triage, by the name that the history keeps, if the run's files are open.
  private static func visit(_ test: String, leg: String, of identity: RunIdentity, _ state: inout AppState) {
    look(at: identity, &state)
    guard state.context.openRuns.contains(identity), let run = state.context.currentRun else { return }
    guard let found = run.table.test(named: test, leg: leg) else {
      let id = Sanitizer.line(identity.id, limit: 60)
      say(Notice(.info, "the files of run \(id) do not have this test"), &state, isKept: false)
      return
    }
    go(to: .triage, &state)
    if state.screens.triage.select(found, in: run) {
      say(Notice(.info, "the filter was cleared to show the test"), &state, isKept: false)
    }
  }
}

extension AppState {
  /// Why a command cannot be carried out now; nil when it can.
  func refusal(of command: Command) -> Refusal? {
    let model = self.model
    if case .act(let action) = command { return model.refusal(of: action, context) }
    let words: String? =
      switch command {
      case .here(let command): model.refusal(of: command, context)
      case .own(let screen, let name): screen.path.model(in: screens).refusal(ofOwn: name, context)
      case .whatIf: context.pair.whatIfRefusal(of: model.currentGolden)
      case .edit: model.editRefusal(context)
      case .arrangeMenu: model.arrangeSections().isEmpty ? "these rows have one order" : nil
      case .copyMenu: model.copySubjects.isEmpty ? "nothing to copy here" : nil
      default: nil
      }
    return words.map { Refusal(words: $0) }
  }

  /// The tables of keys in force, the nearest first.
  var keyTables: [KeyTable<Command>] { model.tables(context) + [Keys.everywhere] }
}
