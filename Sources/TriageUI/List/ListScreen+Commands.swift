import SafeText
import TerminalKit
import TriageMessages
import TriageModel

extension ListScreen {
  mutating func perform(_ command: ScreenCommand, _ context: inout AppContext) -> [Reaction] {
    if isOnPair, command.isOfPair { return performOnPair(command, &context) }
    listPane.isTouched = true
    let isOnList = focus == .list
    switch command {
    case .move(let motion):
      if !isOnList { moveDetail(motion, context) }
      if isOnList { moveCursor(to: cursor.index + motion.distance(page: listArea.height)) }
    case .nextProblem: return jump(1, context)
    case .previousProblem: return jump(-1, context)
    case .nextPane: turnFocus(to: isOnList ? .detail : .list)
    case .open: return isOnList ? openRow(context) : openDetail(context)
    case .back: back()
    case .nextTab: return turn(1, &context)
    case .previousTab: return turn(-1, &context)
    case .filter, .search: listPane.ask(purpose(of: command), filter: filter)
    case .nextMatch: return isOnList ? findRow(1, context) : .saying(findInDetail(1, context))
    case .previousMatch: return isOnList ? findRow(-1, context) : .saying(findInDetail(-1, context))
    case .toggleScope: return .saying(toggleScope())
    case .foldAll: foldAll()
    case .zoom: zoom()
    case .wrap: wrapDetail()
    case .scrollLeft: scrollDetail(columns: -8)
    case .scrollRight: scrollDetail(columns: 8)
    case .mark: return mark()
    case .markRange: return [.say(markRange())]
    case .markAll: return [.say(listPane.toggle(markable))]
    }
    return []
  }

  private mutating func performOnPair(_ command: ScreenCommand, _ context: inout AppContext) -> [Reaction] {
    if command == .open, let leave = openOnPair(context) { return leave }
    return .saying(context.pair.perform(command))
  }

  mutating func mark() -> [Reaction] {
    let ids = ids(at: cursor.index)
    moveCursor(to: cursor.index + 1)
    return [.say(listPane.toggle(ids))]
  }

  /// Begins a range at the cursor, or marks all up to it; returns what there is to say.
  private mutating func markRange() -> String {
    guard let rows = listPane.endRange() else { return "marking from here; V again marks up to the cursor" }
    for row in rows where !isHeading(row) { marks.formUnion(ids(at: row)) }
    return "\(marks.count) marked"
  }

  /// Goes one step back: what was opened, the zoom, the pane, the marks, the filter.
  private mutating func back() {
    if closeOpened() { return }
    if isZoomed {
      zoom()
    } else if focus == .detail {
      turnFocus(to: .list)
    } else if !marks.isEmpty || listPane.rangeStart != nil {
      listPane.unmark()
    } else {
      clearFilter()
    }
  }

  mutating func jump(_ step: Int, _ context: AppContext) -> [Reaction] {
    go(to: nextRow(step) { isProblem($0, context) })
  }

  /// Goes to the next row that holds what was looked for.
  private mutating func findRow(_ step: Int, _ context: AppContext) -> [Reaction] {
    guard let needle = find.isEmpty ? findUnlessTyped : find else {
      return [.say("nothing was searched for yet: f finds, / filters")]
    }
    guard let matches = matcher(needle, context) else { return [.say("“\(Sanitizer.line(needle))” is no filter")] }
    return go(to: nextRow(step, where: matches))
  }

  private func nextRow(_ step: Int, where isWanted: (Int) -> Bool) -> Int? {
    Round.next(from: cursor.index, step, count: rowCount, where: isWanted)
  }

  private mutating func go(to row: Int?) -> [Reaction] {
    guard let row else { return [.say(noFurtherRow)] }
    moveCursor(to: row)
    return []
  }

  /// Does what the mouse did: a press selects, a second one opens, the wheel scrolls the pane it is over.
  mutating func mouse(_ event: MouseEvent, _ context: inout AppContext) -> [Reaction] {
    if pairArea.contains(event.point) {
      mouseOnPair(event, &context.pair)
      return []
    }
    switch event.action {
    case .press, .doublePress:
      if listArea.contains(event.point) {
        let row = cursor.offset + event.point.y - listArea.y
        turnFocus(to: .list)
        moveCursor(to: row)
      } else if detailArea.contains(event.point) {
        turnFocus(to: .detail)
      } else {
        return []
      }
      listPane.isTouched = true
      pressed(event.point)
      let opens = event.action == .doublePress && (focus == .list || opensDetailByMouse)
      return opens ? perform(.open, &context) : []
    case .wheelUp: wheel(-3, at: event.point, context)
    case .wheelDown: wheel(3, at: event.point, context)
    }
    return []
  }

  private mutating func wheel(_ rows: Int, at point: Point, _ context: AppContext) {
    guard listArea.contains(point) else { return scrollDetail(by: rows, context) }
    let before = selectedID
    listPane.cursor.scroll(by: rows, count: rowCount, height: listArea.height)
    if before != selectedID { selectionChanged() }
  }

  private mutating func mouseOnPair(_ event: MouseEvent, _ pair: inout PairState) {
    switch event.action {
    case .press, .doublePress:
      listPane.focus = .detail
      pair.move(to: pair.offset + event.point.y - pairArea.y - pair.headRows)
    case .wheelUp: pair.move(to: pair.index - 3)
    case .wheelDown: pair.move(to: pair.index + 3)
    }
  }
}

extension [Reaction] {
  /// A sentence, where there is one.
  static func saying(_ text: String?) -> [Reaction] { text.map { [.say($0)] } ?? [] }
}
