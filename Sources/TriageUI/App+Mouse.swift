import TerminalKit
import TriageMessages
import TriageModel

extension App {
  /// Does what the mouse did: a press selects, a second one opens, the wheel scrolls what it is over.
  static func moved(_ mouse: MouseEvent, _ state: inout AppState) -> [Effect] {
    if state.pairArea.contains(mouse.point) {
      overPair(mouse, &state)
      return []
    }
    switch state.screen {
    case .triage: state.triage.mouse(mouse, run: state.currentRun)
    case .goldens: if state.goldens.layout.list.contains(mouse.point) { state.goldens.mouse(mouse) }
    case .flakes: return overFlakes(mouse, &state)
    case .runs: return react(to: state.runsScreen.mouse(mouse), &state)
    }
    return []
  }

  /// A press on the grid chooses the run as well.
  private static func overFlakes(_ mouse: MouseEvent, _ state: inout AppState) -> [Effect] {
    let layout = state.flakes.layout
    switch mouse.action {
    case .press, .doublePress:
      if layout.list.contains(mouse.point) {
        state.flakes.press(mouse.point)
        if mouse.action == .doublePress { return inFlakes(.open, &state) }
      } else if layout.detail.contains(mouse.point), state.flakes.focus == .list {
        state.flakes.turnFocus()
      }
    case .wheelUp: state.flakes.wheel(-3, at: mouse.point, state.openRuns)
    case .wheelDown: state.flakes.wheel(3, at: mouse.point, state.openRuns)
    }
    return []
  }

  private static func overPair(_ mouse: MouseEvent, _ state: inout AppState) {
    switch mouse.action {
    case .press, .doublePress:
      if state.screen == .goldens { state.goldens.focus = .pair } else { state.triage.focus = .detail }
      state.pair.move(to: state.pair.offset + mouse.point.y - state.pairArea.y - state.pair.headRows)
    case .wheelUp: state.pair.move(to: state.pair.index - 3)
    case .wheelDown: state.pair.move(to: state.pair.index + 3)
    }
  }
}

extension GoldensScreen {
  /// Does what the mouse did over the list.
  fileprivate mutating func mouse(_ event: MouseEvent) {
    let list = layout.list
    switch event.action {
    case .press, .doublePress:
      focus = .list
      moveCursor(to: cursor.offset + event.point.y - list.y)
      if event.action == .doublePress { _ = perform(.open) }
    case .wheelUp: cursor.scroll(by: -3, count: rows.count, height: list.height)
    case .wheelDown: cursor.scroll(by: 3, count: rows.count, height: list.height)
    }
  }
}

extension FlakesScreen {
  fileprivate mutating func press(_ point: Point) {
    let row = cursor.offset + point.y - layout.list.y
    if focus == .attempt { turnFocus() }
    moveCursor(to: row)
    let x = point.x - columns.grid.x
    if x >= 0, x < columns.grid.width { moveColumn(to: column.offset + x) }
  }

  fileprivate mutating func wheel(_ distance: Int, at point: Point, _ openRuns: Set<RunIdentity>) {
    if layout.list.contains(point) {
      cursor.scroll(by: distance, count: rows.count, height: layout.list.height)
    } else {
      let text = layout.text
      pane.move(
        by: distance, in: FlakePane(self, openRuns: openRuns).lines, size: Size(width: text.width, height: text.height))
    }
  }
}
