import TerminalKit
import TriageMessages
import TriageModel

extension App {
  /// Carries out a command, whichever way it was given.
  static func perform(_ command: Command, _ state: inout AppState) -> [Effect] {
    switch command {
    case .triage(let command): return inTriage(command, &state)
    case .help: state.overlay = .menu(Menus.help(focus: state.triage.focus))
    case .palette: state.overlay = .menu(Menus.palette())
    case .messages: state.overlay = .menu(Menus.messages(state.messages))
    case .arrangeMenu: state.overlay = .menu(Menus.arrange(state.triage.query))
    case .runMenu: state.overlay = .menu(Menus.runs(state.runs.runs, current: state.run))
    case .copyMenu: state.overlay = .copy(Menus.copy())
    case .selectRun(let identity):
      if let run = state.runs.runs.firstIndex(where: { $0.info.identity == identity }) { return select(run, &state) }
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

  private static func inTriage(_ command: TriageCommand, _ state: inout AppState) -> [Effect] {
    let reaction = state.triage.perform(command, run: state.currentRun)
    switch reaction {
    case .done: return []
    case .say(let text):
      say(Notice(.info, text), &state, isKept: false)
      return []
    case .edit(let location): return [.edit(location)]
    }
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
    return []
  }

  private static func edit(_ state: inout AppState) -> [Effect] {
    guard let run = state.currentRun, let location = state.triage.sourceUnderCursor(in: run) else {
      say(Notice(.info, "no source line is known here"), &state, isKept: false)
      return []
    }
    return [.edit(location)]
  }

  private static func copy(_ subject: CopySubject, _ state: inout AppState) -> [Effect] {
    guard let run = state.currentRun, let copied = state.triage.copy(subject, in: run) else {
      say(Notice(.info, "nothing to copy here"), &state, isKept: false)
      return []
    }
    return [.copy(text: copied.text, what: copied.what)]
  }
}
