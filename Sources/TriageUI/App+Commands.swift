import SafeText
import TerminalKit
import TriageMessages
import TriageModel

extension App {
  /// Carries out a command, whichever way it was given.
  static func perform(_ command: Command, _ state: inout AppState) -> [Effect] {
    switch command {
    case .here(let command): return here(command, &state)
    case .triage(let command): state.triage.perform(command)
    case .goldens(let command): state.goldens.perform(command)
    case .sortRuns(let order): state.runsScreen.sort(by: order)
    case .flakes(let command): inFlakes(command, &state)
    case .pair(let command): inPair(command, &state)
    case .screen(let screen): go(to: screen, &state)
    case .decide(let kind): decide(kind, &state)
    case .whatIf: tryTolerance(&state)
    case .decideCauses(let kind): decideCauses(kind, &state)
    case .undo: return [.offerUndo(isRedo: false)]
    case .redo: return [.offerUndo(isRedo: true)]
    case .help: state.overlay = .menu(Menus.help(state.keyContext))
    case .palette: state.overlay = .menu(Menus.palette())
    case .messages: state.overlay = .menu(Menus.messages(state.messages))
    case .arrangeMenu: state.overlay = .menu(Menus.arrange(state))
    case .runMenu: state.overlay = .menu(Menus.runs(state.runs.runs, current: state.run))
    case .copyMenu: state.overlay = .copy(Menus.copy(state.copySubjects))
    case .selectRun(let identity):
      return select(identity, &state)
    case .window:
      let steps = HistoryWindow.steps
      state.window = steps[((steps.firstIndex(of: state.window) ?? 0) + 1) % steps.count]
      say(Notice(.info, "the history of \(state.window.words)"), &state, isKept: false)
    case .newerRun: return select(state.run - 1, &state)
    case .olderRun: return select(state.run + 1, &state)
    case .copy(let subject): return copy(subject, &state)
    case .edit: return edit(&state)
    case .reload:
      say(Notice(.info, "reading again"), &state, isKept: false)
      return [.reload]
    case .mouse:
      state.mouse.toggle()
      say(Notice(.info, state.mouse ? "mouse on; M gives it back to the terminal" : "mouse off"), &state, isKept: false)
      return [.mouse(state.mouse)]
    case .suspend: return [.suspend]
    case .quit: return [.quit]
    }
    return []
  }

  /// Carries out a command in the way of the screen and the pane that the person is in.
  private static func here(_ command: ScreenCommand, _ state: inout AppState) -> [Effect] {
    if state.isOnPair, command.isOfPair {
      if state.screen == .triage, command == .open, !state.pair.isOnFold {
        go(to: .goldens, &state)
      } else if let text = state.pair.perform(command) {
        say(Notice(.info, text), &state, isKept: false)
      }
      return []
    }
    let text: String?
    switch state.screen {
    case .triage: return inTriage(command, &state)
    case .goldens:
      if command == .nextTab || command == .previousTab {
        besides(command == .nextTab, &state)
        return []
      }
      text = state.goldens.perform(command)
    case .flakes: return inFlakes(command, &state)
    case .runs: return react(to: state.runsScreen.perform(command), &state)
    }
    if let text { say(Notice(.info, text), &state, isKept: false) }
    return []
  }

  /// There are no tabs in Goldens: beside the list is another view, beside a part of the pair the next part of it.
  private static func besides(_ forward: Bool, _ state: inout AppState) {
    if state.isOnPair { return _ = here(forward ? .scrollRight : .scrollLeft, &state) }
    inPair(.nextView, &state)
  }

  private static func inTriage(_ command: ScreenCommand, _ state: inout AppState) -> [Effect] {
    let reaction = state.triage.perform(command, run: state.currentRun)
    switch reaction {
    case .done: return []
    case .say(let text):
      say(Notice(.info, text), &state, isKept: false)
      return []
    case .edit(let location): return [.edit(location)]
    case .select(let identity):
      // The same test there is what a person wants to see.
      guard let run = state.currentRun, let test = state.triage.selectedTest else { return select(identity, &state) }
      let name = StableName.of(run.table.id(of: test))
      return visit(name, leg: run.table.leg(of: test), of: identity, &state)
    }
  }

  /// Looks at the run of an identity, if it is open.
  static func select(_ identity: RunIdentity, _ state: inout AppState) -> [Effect] {
    guard let place = state.runs.runs.firstIndex(where: { $0.info.identity == identity }) else {
      let id = Sanitizer.line(identity.id, limit: 60)
      say(Notice(.info, "run \(id) is not open: assay FOLDER opens its files"), &state, isKept: false)
      return []
    }
    return select(place, &state)
  }

  private static func select(_ run: Int, _ state: inout AppState) -> [Effect] {
    guard state.runs.runs.indices.contains(run) else {
      say(Notice(.info, run < 0 ? "this is the newest run" : "this is the oldest run"), &state, isKept: false)
      return []
    }
    guard run != state.run else { return [] }
    state.run = run
    state.isRunChosen = true
    state.triage.runChanged()
    state.goldens.runChanged()
    return []
  }

  private static func edit(_ state: inout AppState) -> [Effect] {
    guard state.screen != .runs else {
      say(Notice(.info, "enter goes to the test; there o opens its source"), &state, isKept: false)
      return []
    }
    if state.screen == .flakes, let location = state.flakes.location { return [.edit(location)] }
    let golden = state.currentGolden.map { SourceLocation(file: $0.place.path, line: state.pair.sourceLine) }
    guard state.screen != .flakes, let run = state.currentRun,
      let location = golden ?? state.triage.sourceUnderCursor(in: run)
    else {
      say(Notice(.info, "no source line is known here"), &state, isKept: false)
      return []
    }
    return [.edit(location)]
  }

  private static func copy(_ subject: CopySubject, _ state: inout AppState) -> [Effect] {
    let copied: (text: String, what: String)? =
      switch state.screen {
      case .runs: state.runsScreen.copy(subject)
      case .flakes: state.flakes.copy(subject, openRuns: state.openRuns)
      case .triage, .goldens:
        state.currentGolden == nil
          ? state.currentRun.flatMap { state.triage.copy(subject, in: $0) } : state.copyOfGolden(subject)
      }
    guard let copied else {
      say(Notice(.info, "nothing to copy here"), &state, isKept: false)
      return []
    }
    return [.copy(text: copied.text, what: copied.what)]
  }
}
