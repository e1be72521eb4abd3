internal import Foundation
internal import NcursesTerminal
internal import SafeText
internal import SystemKit
internal import TerminalKit
internal import TriageMessages
internal import TriageModel
internal import TriageRuntime
internal import TriageServices
internal import TriageUI
internal import Workspace

/// The one loop: wait for keys and answers, update, draw.
struct Session {
  let terminal: NcursesTerminal
  let queue: EventQueue
  let runtime: TriageRuntime
  /// Finds the repository's file that a place of another machine means.
  let ownFiles: OwnFiles
  /// The repository's folder, where relative source paths begin.
  let root: String
  /// The person's editor; nil when none can be found.
  let editor: Editor?
  /// The command that opens addresses and files, as the person's settings name it.
  let opener: String?
  let environment: [String: String]
  /// Makes tickets.
  let tickets: TicketFiling
  var state: AppState

  /// Runs until the person quits; the reason when there was nothing to show.
  mutating func run() -> String? {
    runtime.start()
    terminal.present(App.draw(state))
    while true {
      let events = terminal.waitForEvents(wake: queue.wakeHandle).map(Event.terminal) + queue.take()
      var effects: [Effect] = []
      for event in events { effects += App.update(&state, event) }
      for effect in effects {
        if effect == .quit { return nil }
        perform(effect)
      }
      if state.context.runs.isComplete, state.context.runs.runs.isEmpty, let notice = state.messages.last,
        notice.weight == .failure
      {
        return notice.text
      }
      if !events.isEmpty { terminal.present(App.draw(state)) }
    }
  }

  private mutating func perform(_ effect: Effect) {
    if runtime.perform(effect) { return }
    switch effect {
    case .edit(let location): edit(location)
    case .runScript(let offer): run(offer)
    case .fileTicket(let draft): file(draft)
    case .openElsewhere(let target): openElsewhere(target)
    case .copy(let text, let what): copy(text, what)
    case .mouse(let isOn): terminal.setMouse(isOn)
    case .suspend: terminal.suspend()
    case .judge, .findFlakes, .findMutes, .findHealth, .describe, .listRuns, .compareRuns, .decideCauses: break
    case .findGoldens, .compare, .whatIf, .prepare, .decide, .prepareAction, .carryOut, .offerUndo, .undo: break
    case .mark, .prepareScript, .acceptScript, .keepScript, .composeTicket, .keepTicket, .cancelJob: break
    case .reload, .arrange, .read, .quit: break
    }
  }

  /// Takes the mouse from the start, as the person's settings ask.
  mutating func turnMouseOn() {
    state.mouse = true
    terminal.setMouse(true)
  }

  /// Says something to the person.
  mutating func say(_ weight: Notice.Weight, _ text: String) {
    _ = App.update(&state, .notice(Notice(weight, text)))
  }

  /// Opens the person's editor; one that needs the terminal has it until it ends.
  private mutating func edit(_ location: SourceLocation) {
    if state.context.options.isReadOnly {
      return say(.warning, "no editor is opened: assay was started with --read-only")
    }
    guard let editor else {
      return say(.warning, "no editor is set: set $EDITOR, or editor: in assay's own config.yaml")
    }
    let location = ownFiles.resolve(location) ?? location
    guard let arguments = editor.arguments(for: location, in: root) else {
      return say(.warning, "could not open \(location.file): it lies outside \(root)")
    }
    guard access(location.file.hasPrefix("/") ? location.file : root + "/" + location.file, R_OK) == 0 else {
      return say(.warning, "could not open \(location.file): there is no such file below \(root)")
    }
    editor.needsTerminal ? editInTerminal(editor, arguments) : editInWindow(editor, arguments)
  }

  private mutating func editInWindow(_ editor: Editor, _ arguments: [String]) {
    do throws(ProcessError) {
      try WindowedProcess.start(arguments, environment: environment)
    } catch {
      say(.failure, "could not start \(editor.name): \(error)")
    }
  }

  private mutating func editInTerminal(_ editor: Editor, _ arguments: [String]) {
    switch terminal.leave({ ForegroundProcess.run(arguments) }) {
    case .exited(0): for effect in App.update(&state, .edited) { perform(effect) }
    case .exited(let code): say(.warning, "\(editor.name) ended with status \(code)")
    case .signalled(let signal): say(.warning, "\(editor.name) was ended by signal \(signal)")
    case .notStarted(let reason): say(.failure, "could not start \(editor.name): \(reason)")
    }
  }

  /// Runs a block of a runbook that was shown and accepted: it has the terminal until it ends and enter was pressed.
  private mutating func run(_ offer: ScriptOffer) {
    if state.context.options.isReadOnly {
      return say(.warning, "no block is run: assay was started with --read-only")
    }
    let place = Sanitizer.line(offer.script.place.words, limit: 300)
    let end = terminal.leave {
      StandardError.put("\nassay: \(place)\n")
      let end = ScriptProcess.run(offer, in: root, environment)
      StandardError.put("\nassay: \(place) \(end.words) · press enter to return ")
      ScriptProcess.waitForEnter()
      return end
    }
    guard let status = end.status else { return say(.failure, "could not run \(place): \(end.words)") }
    perform(.keepScript(offer, status: status))
  }

  /// Makes a ticket: the editor and the command have the terminal until enter was pressed.
  private mutating func file(_ draft: TicketDraft) {
    if state.context.options.isReadOnly {
      return say(.warning, "no ticket is made: assay was started with --read-only")
    }
    if let known = draft.known, let ticket = known.ticket {
      let words = "known as \(Sanitizer.line(ticket, limit: 80)) (\(Sanitizer.line(known.author, limit: 80)))"
      return say(.warning, "no ticket is made: \(words); assay ticket --create --again makes another")
    }
    do throws(CommandFailure) {
      let tickets = tickets
      let key = try terminal.leave { () throws(CommandFailure) in try tickets.fileFromScreen(draft) }
      guard let key else { return say(.warning, TicketFiling.noKey) }
      perform(.keepTicket(key, draft.subject))
    } catch {
      say(.failure, "\(error)")
    }
  }

  /// Opens an address or a file in the program of the person's settings; without one it is copied.
  private mutating func openElsewhere(_ target: String) {
    guard let opener, let words = CommandWords.split(opener), !words.isEmpty, !state.context.options.isReadOnly else {
      return copy(target, "address")
    }
    do throws(ProcessError) {
      try WindowedProcess.start(words + [target], environment: environment)
      say(.info, "opened \(target)")
    } catch {
      say(.failure, "could not start \(words[0]): \(error)")
    }
  }

  /// Copies through tmux or the terminal, and through the system's tool; the runtime says which.
  private func copy(_ text: String, _ what: String) {
    let route = ClipboardRoute(environment: environment)
    let sequence = Clipboard.sequence(for: text, by: route)
    if let sequence { terminal.write(outOfBand: sequence) }
    runtime.copy(text, what: what, by: route, isOffered: sequence != nil, environment: environment)
  }
}
