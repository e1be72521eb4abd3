import SafeText
import TerminalKit
import TestQueries
import TriageMessages
import TriageModel

extension GoldensScreen {
  /// Carries out a command of the list; nil when the pair is meant.
  mutating func perform(_ command: ScreenCommand) -> String? {
    isTouched = true
    switch command {
    case .move(let motion): moveCursor(to: cursor.index + motion.distance(page: layout.list.height))
    case .nextProblem: return jump(1) { $0.state.isOpen }
    case .previousProblem: return jump(-1) { $0.state.isOpen }
    case .nextPane: turnFocus()
    case .open: open()
    case .back: back()
    case .filter: prompt = Prompt(purpose: .filter, editor: LineEditor(query.filter), before: query.filter)
    case .search: prompt = Prompt(purpose: .findInList, editor: LineEditor(), before: find)
    case .nextMatch: return jumpToMatch(1)
    case .previousMatch: return jumpToMatch(-1)
    case .toggleScope: return toggleScope()
    case .foldAll:
      rows.toggleAll()
      moveCursor(to: cursor.index)
    case .zoom: isZoomed.toggle()
    case .mark: return mark()
    case .markRange: return markRange()
    case .markAll: return toggle(rows.changes)
    case .nextTab, .previousTab, .wrap, .scrollLeft, .scrollRight: return "this belongs to the pair: tab goes there"
    }
    return nil
  }

  /// Carries out a command that only this screen has.
  mutating func perform(_ command: GoldensCommand) {
    switch command {
    case .group(let grouping): ask { $0.grouping = grouping }
    case .sort(let order): ask { $0.order = order }
    }
  }

  /// Changes the query, and keeps the chosen golden.
  mutating func ask(_ change: (inout GoldenQuery) -> Void) {
    let place = selected?.place
    change(&query)
    arrange(keeping: place)
  }

  mutating func turnFocus() {
    focus = focus == .list ? .pair : .list
    moveCursor(to: cursor.index)
  }

  private mutating func open() {
    if case .group(let group) = rows.row(at: cursor.index) {
      rows.toggle(group)
      moveCursor(to: cursor.index)
    } else if case .rest(_, let group) = rows.row(at: cursor.index) {
      rows.openRest(of: group)
      moveCursor(to: cursor.index)
    } else if selected != nil {
      turnFocus()
    }
  }

  /// Goes one step back: the zoom, the pane, the marks, the filter.
  mutating func back() {
    if isZoomed {
      isZoomed = false
    } else if focus == .pair {
      turnFocus()
    } else if !marks.isEmpty || rangeStart != nil {
      marks = []
      rangeStart = nil
    } else if !query.filter.isEmpty {
      ask { $0.filter = "" }
    }
  }

  private mutating func toggleScope() -> String? {
    ask { $0.showsAll.toggle() }
    return query.showsAll ? "all golden changes" : "open golden changes"
  }

  /// Goes to the next change that is wanted, around the end.
  mutating func jump(_ step: Int, where isWanted: (GoldenChange) -> Bool) -> String? {
    var row = cursor.index
    for _ in 0..<rows.count {
      row = (row + step + rows.count) % rows.count
      if let change = rows.change(at: row), isWanted(changes[change]) {
        moveCursor(to: row)
        return nil
      }
    }
    return "no further one is shown; folded groups are not searched"
  }

  private mutating func jumpToMatch(_ step: Int) -> String? {
    guard !find.isEmpty else { return "nothing was searched for yet: f finds, / filters" }
    guard let filter = try? GoldenFilter(parsing: find) else { return "“\(Sanitizer.line(find))” is no filter" }
    return jump(step) { filter.accepts($0) }
  }

  /// Marks the change or the group under the cursor, and goes on.
  private mutating func mark() -> String? {
    let places = rows.changes(at: cursor.index)
    moveCursor(to: cursor.index + 1)
    return toggle(places)
  }

  /// Begins a range at the cursor, or marks all up to it.
  private mutating func markRange() -> String? {
    guard let start = rangeStart else {
      rangeStart = cursor.index
      return "marking from here; V again marks up to the cursor"
    }
    rangeStart = nil
    for row in min(start, cursor.index)...max(start, cursor.index) {
      if case .group = rows.row(at: row) { continue }
      marks.formUnion(rows.changes(at: row).map { changes[$0].place })
    }
    return "\(marks.count) marked"
  }

  /// Marks all of the changes; unmarks them when all were marked.
  private mutating func toggle(_ places: [Int]) -> String? {
    let places = places.map { changes[$0].place }
    if places.allSatisfy(marks.contains) { marks.subtract(places) } else { marks.formUnion(places) }
    return marks.isEmpty ? "nothing is marked" : "\(marks.count) marked"
  }
}

extension GoldensScreen: PromptHolder {
  mutating func keep(_ text: String, _ purpose: Prompt.Purpose) {
    switch purpose {
    case .filter: ask { $0.filter = text }
    case .findInList: find = text
    case .searchText: break
    }
  }
}
