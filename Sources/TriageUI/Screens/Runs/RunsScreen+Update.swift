import SafeText
import TerminalKit
import TestQueries
import TriageMessages
import TriageModel

extension RunsScreen {
  /// Carries out a command of this screen.
  mutating func perform(_ command: ScreenCommand) -> Reaction {
    switch command {
    case .move(let motion): move(motion)
    case .nextProblem: return jump(1) { state, place in state.roll.hasTurned(at: place) }
    case .previousProblem: return jump(-1) { state, place in state.roll.hasTurned(at: place) }
    case .nextPane: turnFocus(to: focus == .list ? .difference : .list)
    case .open: return focus == .list ? openRun() : openRow()
    case .back: back()
    case .filter: prompt = Prompt(purpose: .filter, editor: LineEditor(filter), before: filter)
    case .search: prompt = Prompt(purpose: .findInList, editor: LineEditor(), before: find)
    case .nextMatch: return findNext(1)
    case .previousMatch: return findNext(-1)
    case .toggleScope:
      isFailingOnly.toggle()
      arrange(keeping: selected?.number)
      return .say(isFailingOnly ? "only runs with failing tests" : "all runs")
    case .foldAll: foldAll()
    case .zoom:
      isZoomed.toggle()
      resize(to: size)
    case .mark: return mark()
    case .markRange, .markAll: return .say("one run is marked as the base: space marks it")
    case .nextTab, .previousTab: return .say("there are no tabs here: tab goes to the difference")
    case .wrap, .scrollLeft, .scrollRight: return .say("z gives the pane the whole screen")
    }
    return .done
  }

  /// Sorts the runs.
  mutating func sort(by order: Order) {
    self.order = order
    arrange(keeping: selected?.number)
  }

  private mutating func move(_ motion: Motion) {
    switch focus {
    case .list: moveCursor(to: cursor.index + motion.distance(page: layout.list.height))
    case .difference: moveDifference(to: differenceCursor.index + motion.distance(page: layout.difference.height))
    }
  }

  mutating func turnFocus(to focus: Focus) {
    self.focus = focus
    resize(to: size)
  }

  private mutating func openRun() -> Reaction {
    guard let selected else { return .say("no run is chosen") }
    if open.contains(selected.identity) { return .select(selected.identity) }
    turnFocus(to: .difference)
    return .say(notOpen(selected))
  }

  private func notOpen(_ run: RunRecord) -> String {
    "the files of run \(Sanitizer.line(run.shortName, limit: 60)) are not open: assay FOLDER opens them"
  }

  /// Folds or unfolds a section, or goes to the test of a row in the later run, else in the earlier.
  private mutating func openRow() -> Reaction {
    switch difference?.row(at: differenceCursor.index) {
    case .section(let section):
      toggle(section)
      return .done
    case .item(.commits, _): return .say("y copies the difference")
    case .item(let section, let index):
      guard let compared, let item = answer?.comparison?.items(of: section)[index] else { return .done }
      let run = roll.runs[item.after == nil ? compared.earlier : compared.later]
      guard open.contains(run.identity) else { return .say(notOpen(run)) }
      return .show(run.identity, test: item.test, leg: (item.after ?? item.before)?.leg ?? "")
    case nil: return .say(compared != nil && answer == nil ? "still comparing" : "nothing differs here")
    }
  }

  private mutating func toggle(_ section: DifferenceRows.Section) {
    toggled.formSymmetricDifference([section])
    moveDifference(to: differenceCursor.index)
  }

  /// Folds all sections; unfolds them when all are folded.
  private mutating func foldAll() {
    guard let rows = difference else { return }
    let areFolded = rows.sections.allSatisfy { rows.isFolded($0.section) }
    let row = rows.row(at: differenceCursor.index)
    for (section, _) in rows.sections where rows.isFolded(section) == areFolded {
      toggled.formSymmetricDifference([section])
    }
    let section: DifferenceRows.Section? =
      switch row {
      case .section(let section), .item(let section, _): section
      case nil: nil
      }
    moveDifference(to: section.flatMap { difference?.row(of: $0) } ?? 0)
  }

  /// Makes the chosen run the base that others are compared with, or takes that back.
  private mutating func mark() -> Reaction {
    guard let chosen, let selected else { return .say("no run is chosen") }
    let name = Sanitizer.line(selected.shortName, limit: 60)
    basePlace = basePlace == chosen ? nil : chosen
    return .say(basePlace == nil ? "each run is compared with the one before it" : "runs are compared with \(name)")
  }

  /// Goes one step back: the zoom, the pane, the base, the filter.
  private mutating func back() {
    if isZoomed {
      isZoomed = false
      resize(to: size)
    } else if focus == .difference {
      turnFocus(to: .list)
    } else if basePlace != nil {
      basePlace = nil
    } else if !filter.isEmpty || isFailingOnly {
      filter = ""
      isFailingOnly = false
      arrange(keeping: selected?.number)
    }
  }

  /// Goes to the next run that is wanted, around the end.
  private mutating func jump(_ step: Int, where isWanted: (RunsScreen, Int) -> Bool) -> Reaction {
    var row = cursor.index
    for _ in 0..<shown.count {
      row = (row + step + shown.count) % shown.count
      if isWanted(self, shown[row]) {
        moveCursor(to: row)
        return .done
      }
    }
    return .say("no further run is shown")
  }

  private mutating func findNext(_ step: Int) -> Reaction {
    guard !find.isEmpty else { return .say("nothing was searched for yet: f finds, / filters") }
    if focus == .difference { return findInDifference(step) }
    guard let filter = try? RunFilter(parsing: find) else { return .say("“\(Sanitizer.line(find))” is no filter") }
    return jump(step) { state, place in filter.accepts(state.roll.runs[place]) }
  }

  private mutating func findInDifference(_ step: Int) -> Reaction {
    guard let rows = difference, rows.count > 0 else { return .say("nothing differs here") }
    let search = ByteSearch(find)
    var row = differenceCursor.index
    for _ in 0..<rows.count {
      row = (row + step + rows.count) % rows.count
      if var name = name(at: rows.row(at: row)), name.withUTF8({ search.matches(UnsafeRawBufferPointer($0)) }) {
        moveDifference(to: row)
        return .done
      }
    }
    return .say("“\(Sanitizer.line(find))” is not shown; folded sections are not searched")
  }

  /// What a row of the difference is called: the test, or the commit.
  func name(at row: DifferenceRows.Row?) -> String? {
    switch row {
    case .item(.commits, let index): looked.map { $0.commits[index].commit + " " + ($0.commits[index].title ?? "") }
    case .item(let section, let index): answer?.comparison?.items(of: section)[index].test
    case .section, nil: nil
    }
  }

  /// Does what the mouse did: a press selects, a second one opens, the wheel scrolls the pane it is over.
  mutating func mouse(_ event: MouseEvent) -> Reaction {
    let (list, difference) = (layout.list, layout.difference)
    let isOverList = list.contains(event.point)
    switch event.action {
    case .press, .doublePress:
      if isOverList {
        turnFocus(to: .list)
        moveCursor(to: cursor.offset + event.point.y - list.y)
      } else if difference.contains(event.point) {
        turnFocus(to: .difference)
        moveDifference(to: differenceCursor.offset + event.point.y - difference.y)
      } else {
        return .done
      }
      return event.action == .doublePress ? perform(.open) : .done
    case .wheelUp, .wheelDown:
      let step = event.action == .wheelUp ? -3 : 3
      if isOverList {
        cursor.scroll(by: step, count: shown.count, height: list.height)
      } else {
        differenceCursor.scroll(by: step, count: self.difference?.count ?? 0, height: difference.height)
      }
      return .done
    }
  }
}

extension RunsScreen: PromptHolder {
  mutating func keep(_ text: String, _ purpose: Prompt.Purpose) {
    switch purpose {
    case .filter:
      filter = text
      arrange(keeping: selected?.number)
    case .findInList, .searchText: find = text
    }
  }
}
