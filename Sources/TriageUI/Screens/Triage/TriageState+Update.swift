import SafeText
import TerminalKit
import TestQueries
import TriageMessages
import TriageModel
import TriageStyle

extension TriageState {
  /// Carries out a command of this screen.
  mutating func perform(_ command: ScreenCommand, run: Run?) -> Reaction {
    isTouched = true
    switch command {
    case .move(let motion): move(motion)
    case .nextProblem: return jump(1, run) { $0.table.outcome(of: $1).isFailing }
    case .previousProblem: return jump(-1, run) { $0.table.outcome(of: $1).isFailing }
    case .nextPane: focus = focus == .list ? .detail : .list
    case .open: return open()
    case .back: return back()
    case .nextTab: turn(to: 1)
    case .previousTab: turn(to: -1)
    case .scrollLeft: pane.scroll(columns: -8)
    case .scrollRight: pane.scroll(columns: 8)
    case .wrap: pane.toggleWrap()
    case .filter: prompt = Prompt(purpose: .filter, editor: LineEditor(query.filter), before: query.filter)
    case .search:
      let purpose: Prompt.Purpose = focus == .list ? .findInList : .searchText
      prompt = Prompt(purpose: purpose, editor: LineEditor(), before: focus == .list ? find : textSearch)
    case .nextMatch: return focus == .list ? jumpToMatch(1, run) : nextTextMatch(1)
    case .previousMatch: return focus == .list ? jumpToMatch(-1, run) : nextTextMatch(-1)
    case .zoom: isZoomed.toggle()
    case .toggleScope: query.scope = query.scope == .all ? .attention : .all
    case .foldAll:
      rows.toggleAll()
      moveCursor(to: cursor.index)
    case .mark: return mark()
    case .markRange: return markRange()
    case .markAll: return toggle(rows.arrangement.tests)
    }
    return .done
  }

  /// Carries out a command that only this screen has.
  mutating func perform(_ command: TriageCommand) {
    switch command {
    case .group(let grouping): query.grouping = grouping
    case .sort(let order): query.order = order
    }
  }

  private mutating func move(_ motion: Motion) {
    switch focus {
    case .list: moveCursor(to: cursor.index + motion.distance(page: layout.list.height))
    case .detail:
      guard let document else { return }
      pane.move(by: motion.distance(page: layout.text.height), in: document.lines, size: layout.textSize)
    }
  }

  private mutating func turn(to distance: Int) {
    let tabs = self.tabs
    let place = (tabs.firstIndex(of: shownTab) ?? 0) + distance
    tab = tabs[(place + tabs.count) % tabs.count]
    openedFile = nil
    openedCommit = nil
  }

  private mutating func open() -> Reaction {
    switch focus {
    case .list:
      if case .group(let group) = rows.row(at: cursor.index) {
        rows.toggle(group: group)
        moveCursor(to: cursor.index)
      } else if selectedTest != nil {
        focus = .detail
      }
      return .done
    case .detail:
      switch document?.links[pane.line] {
      case .source(let location): return .edit(location)
      case .file(let file):
        openedFile = file
        return .done
      case .commit(let commit):
        openedCommit = commit
        return .done
      case .run(let identity): return .select(identity)
      case nil: return .say("nothing leads on from this line")
      }
    }
  }

  /// Goes one step back: the opened file, the zoom, the pane, the marks, the filter.
  private mutating func back() -> Reaction {
    if openedFile != nil || openedCommit != nil {
      openedFile = nil
      openedCommit = nil
    } else if isZoomed {
      isZoomed = false
    } else if focus == .detail {
      focus = .list
    } else if !marks.isEmpty || rangeStart != nil {
      marks = []
      rangeStart = nil
    } else if !query.filter.isEmpty {
      query.filter = ""
    }
    return .done
  }

  /// Marks the test or the group under the cursor, and goes on.
  private mutating func mark() -> Reaction {
    let tests: [TestIndex] =
      switch rows.row(at: cursor.index) {
      case .test(let test, _): [test]
      case .group(let group): Array(rows.arrangement.tests[rows.arrangement.groups[group].range])
      case nil: []
      }
    moveCursor(to: cursor.index + 1)
    return toggle(tests)
  }

  /// Begins a range at the cursor, or marks all up to it.
  private mutating func markRange() -> Reaction {
    guard let start = rangeStart else {
      rangeStart = cursor.index
      return .say("marking from here; V again marks up to the cursor")
    }
    rangeStart = nil
    let range = min(start, cursor.index)...max(start, cursor.index)
    marks.formUnion(range.compactMap { rows.test(at: $0) })
    return .say("\(marks.count) marked")
  }

  /// Marks all of the tests; unmarks them when all were marked.
  private mutating func toggle(_ tests: [TestIndex]) -> Reaction {
    if tests.allSatisfy(marks.contains) { marks.subtract(tests) } else { marks.formUnion(tests) }
    return .say(marks.isEmpty ? "nothing is marked" : "\(marks.count) marked")
  }
}
