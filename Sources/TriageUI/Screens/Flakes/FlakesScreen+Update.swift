import SafeText
import TerminalKit
import TriageMessages
import TriageModel

extension FlakesScreen {
  /// Carries out a command of this screen; returns what there is to say.
  mutating func perform(_ command: ScreenCommand, openRuns: Set<RunIdentity> = []) -> String? {
    switch command {
    case .move(let motion): move(motion, openRuns)
    case .nextProblem: return jump(1)
    case .previousProblem: return jump(-1)
    case .nextPane: turnFocus()
    case .back: back()
    case .nextTab: return moveRuns(.down)
    case .previousTab: return moveRuns(.up)
    case .filter where focus == .list:
      prompt = Prompt(purpose: .filter, editor: LineEditor(query.filter), before: query.filter)
    case .search where focus == .list: prompt = Prompt(purpose: .findInList, editor: LineEditor(), before: find)
    case .filter, .search: prompt = Prompt(purpose: .searchText, editor: LineEditor(), before: textSearch)
    case .nextMatch: return nextMatch(1, openRuns)
    case .previousMatch: return nextMatch(-1, openRuns)
    case .toggleScope:
      isAll.toggle()
      return isAll ? "all tests that failed or were retried" : "flaky tests"
    case .zoom: zoom()
    case .wrap: pane.toggleWrap()
    case .scrollLeft: pane.scroll(columns: -8)
    case .scrollRight: pane.scroll(columns: 8)
    case .mark: return mark()
    case .markRange: return markRange()
    case .markAll: return toggle(rows.indices.compactMap { row(at: $0)?.flake.test })
    case .open, .foldAll: break
    }
    return nil
  }

  /// Carries out a command that only this screen has; returns what there is to say.
  mutating func perform(_ command: FlakesCommand) -> String? {
    switch command {
    case .sort(let order):
      ask { $0.order = order }
      return nil
    case .runs(let motion): return moveRuns(motion)
    }
  }

  /// Changes the query, and stays on the chosen test.
  mutating func ask(_ change: (inout FlakeQuery) -> Void) {
    let test = selected?.flake.test
    change(&query)
    arrange(keeping: test)
  }

  private mutating func move(_ motion: Motion, _ openRuns: Set<RunIdentity>) {
    switch focus {
    case .list: moveCursor(to: cursor.index + motion.distance(page: layout.list.height))
    case .attempt:
      let text = layout.text
      pane.move(
        by: motion.distance(page: text.height), in: FlakePane(self, openRuns: openRuns).lines,
        size: Size(width: text.width, height: text.height))
    }
  }

  /// Goes to older runs (down) or newer ones (up).
  private mutating func moveRuns(_ motion: Motion) -> String? {
    let before = column.index
    let step: Int =
      switch motion {
      // A page is never shorter than a step.
      case .pageUp, .pageDown, .halfPageUp, .halfPageDown: motion.distance(page: max(4, columns.grid.width))
      case .up, .down, .top, .bottom: motion.distance(page: 1)
      }
    moveColumn(to: before + step)
    guard column.index == before, list?.runs.isEmpty == false else { return nil }
    return step < 0 ? "this is the newest run" : "this is the oldest run of the window; W looks further back"
  }

  /// Goes to the next run to the side in which the chosen test had a failing attempt.
  private mutating func jump(_ step: Int) -> String? {
    guard let selected else { return "no test is chosen" }
    var place = column.index + step
    while selected.cells.indices.contains(place) {
      if let outcome = selected.cells[place], outcome.isFailing || outcome == .passedOnRetry {
        moveColumn(to: place)
        return nil
      }
      place += step
    }
    return step > 0 ? "it did not fail in an older run of the window" : "it did not fail in a newer run"
  }

  /// Gives the keys to the other pane.
  mutating func turnFocus() {
    focus = focus == .list ? .attempt : .list
    resize(to: size)
  }

  private mutating func zoom() {
    isZoomed.toggle()
    resize(to: size)
  }

  /// Goes one step back: the zoom, the pane, the marks, the filter.
  private mutating func back() {
    if isZoomed {
      zoom()
    } else if focus == .attempt {
      turnFocus()
    } else if !marks.isEmpty || rangeStart != nil {
      marks = []
      rangeStart = nil
    } else if !query.filter.isEmpty {
      ask { $0.filter = "" }
    }
  }
}

extension FlakesScreen: PromptHolder {
  var filterProblem: String? { query.problem }

  mutating func keep(_ text: String, _ purpose: Prompt.Purpose) {
    switch purpose {
    case .filter: ask { $0.filter = text }
    case .findInList: find = text
    case .searchText: textSearch = text
    }
  }
}
