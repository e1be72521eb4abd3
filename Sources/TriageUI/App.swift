package import TerminalKit
package import TriageMessages
import TriageModel

/// The application: state and event in, effects out; state in, screen out. Both are pure and synchronous.
package enum App {
  /// The smallest screen that is drawn.
  package static let smallest = Size(width: 60, height: 16)

  /// Changes the state by an event and says what is to be done.
  package static func update(_ state: inout AppState, _ event: Event) -> [Effect] {
    var effects: [Effect] = []
    switch event {
    case .terminal(let event): effects = terminal(&state, event)
    case .loading(let count): state.loading = count
    case .runs(let runs): take(runs, &state)
    case .arranged(let answer): state.triage.take(answer, run: state.currentRun)
    case .document(let document): state.triage.take(document)
    case .goldens(let list): state.take(list)
    case .comparison(let answer): state.pair.take(answer)
    case .whatIf(let answer):
      if case .whatIf(var whatIf) = state.overlay {
        whatIf.take(answer)
        state.overlay = .whatIf(whatIf)
      }
    case .prepared(let preview):
      if case .decision(var decision) = state.overlay {
        decision.take(preview)
        state.overlay = .decision(decision)
      }
    case .decided(let outcome): take(outcome, &state)
    case .undoOffer(let offer): if let offer, state.overlay == nil { state.overlay = .undo(offer) }
    case .judgement(let judgement): state.take(judgement)
    case .flakes(let list): state.flakes.take(list)
    case .attempt(let answer): state.flakes.take(answer)
    case .runList(let list): state.runsScreen.take(list)
    case .runComparison(let answer): state.runsScreen.take(answer)
    case .causesChanged: state.triage.learned()
    case .notice(let notice): say(notice, &state)
    case .filesChanged: effects = [.reload]
    }
    return effects + state.wants()
  }

  private static func terminal(_ state: inout AppState, _ event: TerminalEvent) -> [Effect] {
    switch event {
    case .resize(let size):
      state.size = size
      state.resizeScreens()
      return []
    case .paste(let text):
      paste(text, &state)
      return []
    case .mouse(let mouse):
      // What lies over the screen covers it from the mouse too.
      return state.overlay == nil ? moved(mouse, &state) : []
    case .key(let key):
      state.notice = nil
      return keyPressed(key, &state)
    }
  }

  /// Pasted text goes into what is being typed, and nowhere else: it is never a key.
  private static func paste(_ text: String, _ state: inout AppState) {
    if case .menu(var menu) = state.overlay {
      menu.paste(text)
      state.overlay = .menu(menu)
    } else if case .decision(var decision) = state.overlay {
      decision.paste(text)
      state.overlay = .decision(decision)
    } else if case .cause(var cause) = state.overlay {
      cause.paste(text)
      state.overlay = .cause(cause)
    } else if state.prompt != nil {
      state.promptPaste(text)
    } else {
      say(Notice(.info, "pasted text is only taken while you type a filter or a search"), &state)
    }
  }

  private static func keyPressed(_ key: Key, _ state: inout AppState) -> [Effect] {
    if state.overlay != nil { return overlayKey(key, &state) }
    if state.prompt != nil {
      let purpose = state.promptKey(key)
      return purpose == nil || purpose == .filter ? [] : perform(.here(.nextMatch), &state)
    }
    guard let command = Keys.command(for: key, in: state.keyContext) else {
      say(Notice(.info, "\(key.label) does nothing here; ? lists the keys"), &state, isKept: false)
      return []
    }
    return perform(command, &state)
  }

  private static func overlayKey(_ key: Key, _ state: inout AppState) -> [Effect] {
    switch state.overlay {
    case .menu(var menu):
      let reaction = menu.handle(key, height: menu.listHeight(screen: state.size))
      state.overlay = .menu(menu)
      return react(reaction, &state)
    case .copy(var menu):
      if case .character(let letter) = key, let subject = CopySubject.allCases.first(where: { $0.letter == letter }) {
        state.overlay = nil
        return perform(.copy(subject), &state)
      }
      let reaction = menu.handle(key, height: menu.listHeight(screen: state.size))
      state.overlay = .copy(menu)
      return react(reaction, &state)
    case .decision(let decision): return decisionKey(key, decision, &state)
    case .cause(let cause): return causeKey(key, cause, &state)
    case .undo(let offer): return undoKey(key, offer, &state)
    case .whatIf(let whatIf): return whatIfKey(key, whatIf, &state)
    case .closing(let summary): return closingKey(key, summary, &state)
    case nil: return []
    }
  }

  private static func react(_ reaction: Menu<Command>.Reaction, _ state: inout AppState) -> [Effect] {
    switch reaction {
    case .stay, .ignored: return []
    case .close:
      state.overlay = nil
      return []
    case .choose(let command):
      state.overlay = nil
      return perform(command, &state)
    }
  }

  /// Takes a snapshot of the open runs.
  private static func take(_ runs: RunSet, _ state: inout AppState) {
    let old = state.currentRun
    let before = old?.info.identity
    let isReload = state.runs.isComplete
    state.runs = runs
    state.runsScreen.open = state.openRuns
    if runs.isComplete { state.loading = nil }
    let place = runs.runs.firstIndex { $0.info.identity.isSame(as: before) }
    state.run = state.isRunChosen || isReload ? place ?? 0 : 0
    if state.currentRun?.info.identity.isSame(as: before) != true {
      state.triage.runChanged()
      state.goldens.runChanged()
    }
    // While a run is read its table only grows, and places stay good.
    if let old, isReload || state.currentRun.map({ $0.table.count < old.table.count }) ?? false {
      state.triage.tableReplaced(old.table)
    }
  }

  /// Says something to the person; unless it is a trifle it can be read again later.
  static func say(_ notice: Notice, _ state: inout AppState, isKept: Bool = true) {
    state.notice = notice
    guard isKept else { return }
    state.messages.append(notice)
    if state.messages.count > 200 { state.messages.removeFirst() }
  }
}

extension RunIdentity {
  /// Whether it is the run of another identity, which may have lacked its id while the run was still being read.
  fileprivate func isSame(as other: RunIdentity?) -> Bool {
    self == other || (other.map { $0.source == source && $0.id == $0.source } ?? false)
  }
}
