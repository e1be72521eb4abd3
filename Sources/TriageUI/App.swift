package import TerminalKit
internal import TriageActions
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
    case .loading(let count): state.context.loading = count
    case .runs(let runs): take(runs, &state)
    case .comparison(let answer): state.context.pair.take(answer)
    case .undoOffer(let offer):
      if let offer, state.overlay == nil { state.overlays.append(ActionPanel(UndoAction(offer: offer))) }
    case .judgement(let judgement):
      guard state.context.isOfCurrentRun(judgement.run) else { break }
      effects = tell(event, &state)
      state.context.take(judgement)
    case .standings(let run, let tests):
      var judgement = state.context.judgement ?? RunJudgement(run: run, tests: [:])
      guard judgement.run == run else { break }
      judgement.tests = tests
      return update(&state, .judgement(judgement))
    case .decided(let outcome):
      // A reason is offered again when something was decided with it, not when it was only typed.
      if outcome.failure == nil { state.context.lastReason = outcome.request.words }
      effects = tell(event, &state)
    case .preparedScript: effects = tell(event, &state)
    case .scriptAccepted(let offer): effects = [.runScript(offer)]
    case .ticketComposed(let draft): effects = [.fileTicket(draft)]
    case .scriptRefused(_, let words):
      say(Notice(.warning, words), &state)
      effects = tell(event, &state)
    case .job(let job):
      let before = state.context.jobs.first { $0.number == job.number }?.snapshot.state
      state.context.take(job)
      if job.snapshot.state != .running, before != job.snapshot.state { say(job.notice, &state) }
    case .notice(let notice): say(notice, &state)
    case .filesChanged: effects = [.reload]
    case .arranged, .document, .goldens, .whatIf, .prepared, .preparedAction, .flakes, .mutes, .health, .attempt,
      .runList,
      .runComparison,
      .causesChanged, .edited, .runbookStarted:
      effects = tell(event, &state)
    }
    return effects + state.wants()
  }

  /// Tells an answer to what lies over the screen, then to all screens: each takes what concerns it.
  private static func tell(_ event: Event, _ state: inout AppState) -> [Effect] {
    var effects: [Effect] = []
    for layer in state.overlays.indices.reversed() {
      effects += carryOut(state.overlays[layer].take(event), layer: layer, &state)
    }
    for screen in Screen.allCases { effects += carryOut(screen.path.take(event, &state), &state) }
    return effects
  }

  private static func terminal(_ state: inout AppState, _ event: TerminalEvent) -> [Effect] {
    switch event {
    case .resize(let size):
      state.context.size = size
      for screen in Screen.allCases { screen.path.resize(to: size, &state) }
      return []
    case .paste(let text):
      paste(text, &state)
      return []
    case .mouse(let mouse):
      // What lies over the screen covers it from the mouse too.
      return state.overlay == nil ? carryOut(state.screen.path.mouse(mouse, &state), &state) : []
    case .key(let key):
      state.notice = nil
      return keyPressed(key, &state)
    }
  }

  /// Pasted text goes into what is being typed, and nowhere else: it is never a key.
  private static func paste(_ text: String, _ state: inout AppState) {
    if let top = state.overlays.indices.last {
      if state.overlays[top].paste(text) { return }
    } else if state.context.pair.prompt != nil {
      return state.context.pair.paste(text)
    } else if state.model.prompt != nil {
      return state.screen.path.paste(text, &state)
    }
    say(Notice(.info, "pasted text is only taken while you type a filter or a search"), &state)
  }

  private static func keyPressed(_ key: Key, _ state: inout AppState) -> [Effect] {
    if let top = state.overlays.indices.last {
      return carryOut(state.overlays[top].handle(key, state.context), layer: top, &state)
    }
    if state.prompt != nil {
      let isOfPair = state.context.pair.prompt != nil
      let purpose = isOfPair ? state.context.pair.promptKey(key) : state.screen.path.promptKey(key, &state)
      return purpose == nil || purpose == .filter ? [] : perform(.here(.nextMatch), &state)
    }
    guard let command = Keys.command(for: key, in: state.keyTables) else {
      say(Notice(.info, "\(key.label) does nothing here; ? lists the keys"), &state, isKept: false)
      return []
    }
    return perform(command, &state)
  }

  /// Takes a snapshot of the open runs.
  private static func take(_ runs: RunSet, _ state: inout AppState) {
    let old = state.context.currentRun
    let before = old?.info.identity
    let isReload = state.context.runs.isComplete
    state.context.runs = runs
    if runs.isComplete { state.context.loading = nil }
    let place = runs.runs.firstIndex { $0.info.identity.isSame(as: before) }
    state.context.run = state.context.isRunChosen || isReload ? place ?? 0 : 0
    let current = state.context.currentRun
    if current?.info.identity.isSame(as: before) != true {
      for screen in Screen.allCases { screen.path.runChanged(&state) }
    }
    // While a run is read its table only grows, and places stay good.
    if let old, isReload || current.map({ $0.table.count < old.table.count }) ?? false {
      for screen in Screen.allCases { screen.path.tableReplaced(old.table, &state) }
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

extension App {
  /// The screen of a state.
  package static func draw(_ state: AppState) -> Grid {
    let size = state.context.size
    var grid = Grid(size: size)
    guard size.width >= smallest.width, size.height >= smallest.height else {
      drawTooSmall(size, on: &grid)
      return grid
    }
    grid.fill(grid.bounds, Style())
    let header = grid.bounds.split(atRow: 2).top
    // Where a screen has no row to act on, its first row says why.
    grid.focus = Point(x: 0, y: header.maxY)
    HeaderView.draw(state, in: header, on: &grid)
    state.model.draw(state.context, on: &grid)
    FooterView.draw(state, in: grid.bounds.split(atRow: size.height - 1).bottom, on: &grid)
    for overlay in state.overlays { overlay.draw(state.context, on: &grid) }
    return grid
  }

  private static func drawTooSmall(_ size: Size, on grid: inout Grid) {
    let texts = [
      "assay needs \(smallest.width)×\(smallest.height)",
      "this is \(size.width)×\(size.height)",
      "q quits",
    ]
    for (y, text) in texts.enumerated() where y < size.height {
      grid.write(text, Style(), in: Rect(x: 0, y: y, width: size.width, height: 1))
    }
  }
}
