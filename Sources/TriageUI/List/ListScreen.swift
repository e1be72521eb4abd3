import SafeText
import TerminalKit
import TriageMessages
import TriageModel

/// A screen that is a list with a pane beside it for what is chosen. The list's keys are carried out here, once; a screen
/// says what its rows are.
protocol ListScreen: ScreenModel, PromptHolder {
  /// What tells rows apart whatever the order they are shown in.
  associatedtype RowID: Hashable & Sendable

  /// The person's place.
  var listPane: ListPane<RowID> { get set }
  /// The rows that are shown.
  var rowCount: Int { get }
  /// Rows above the panes.
  var topRows: Int { get }
  /// How the panes share the screen.
  var shares: PaneLayout.Shares { get }
  /// Where the rows are drawn; empty when the other pane has the screen.
  var listArea: Rect { get }
  /// Where a press gives the keys to the other pane.
  var detailArea: Rect { get }
  /// What the chosen row is; nil where it is a heading, or there is none.
  var selectedID: RowID? { get }
  /// The filter as it is typed.
  var filter: String { get set }

  /// What a row stands for: itself, or all of its group.
  func ids(at row: Int) -> [RowID]
  /// Whether a row is a group's heading, which a range passes over.
  func isHeading(_ row: Int) -> Bool
  /// All that can be marked.
  var markable: [RowID] { get }
  /// Arranges the rows anew after filter or order changed, and stays on a row.
  mutating func arrange(keeping id: RowID?)
  /// Another row is the chosen one.
  mutating func selectionChanged()
  /// Moves what is scrolled in the other pane to where it fits by now.
  mutating func settleDetail()

  /// Whether a row needs a person: where `]` goes.
  func isProblem(_ row: Int, _ context: AppContext) -> Bool
  /// Tells rows that hold what is looked for; nil where that is no filter.
  func matcher(_ find: String, _ context: AppContext) -> ((Int) -> Bool)?
  /// What a line is typed for when a filter or a search is asked for.
  func purpose(of command: ScreenCommand) -> Prompt.Purpose
  /// What is looked for when nothing was typed.
  var findUnlessTyped: String? { get }
  /// What is said when no other row is wanted.
  var noFurtherRow: String { get }

  /// Goes to the next row that needs a person.
  mutating func jump(_ step: Int, _ context: AppContext) -> [Reaction]
  /// Opens the chosen row.
  mutating func openRow(_ context: AppContext) -> [Reaction]
  /// Opens what the cursor of the other pane is on.
  mutating func openDetail(_ context: AppContext) -> [Reaction]
  /// Turns to what lies beside: a tab, a view, a run.
  mutating func turn(_ step: Int, _ context: inout AppContext) -> [Reaction]
  /// Shows all, or what needs attention; returns what there is to say.
  mutating func toggleScope() -> String?
  /// Folds or unfolds all groups.
  mutating func foldAll()
  /// Marks the chosen row.
  mutating func mark() -> [Reaction]
  /// Takes back what was opened over the panes; whether there was anything.
  mutating func closeOpened() -> Bool
  /// Shows again what a filter hides.
  mutating func clearFilter()

  /// Moves in the other pane.
  mutating func moveDetail(_ motion: Motion, _ context: AppContext)
  /// Scrolls the other pane, as a wheel does.
  mutating func scrollDetail(by rows: Int, _ context: AppContext)
  /// Goes to the next place in the other pane that holds what was searched for; returns what there is to say.
  mutating func findInDetail(_ step: Int, _ context: AppContext) -> String?
  /// Wraps long lines of the other pane, or scrolls them.
  mutating func wrapDetail()
  /// Scrolls the other pane to the side.
  mutating func scrollDetail(columns: Int)
  /// Whether a second press on the other pane opens what it is on.
  var opensDetailByMouse: Bool { get }
  /// Takes a press on the list or the other pane, beyond the row and the keys.
  mutating func pressed(_ point: Point)
}

// MARK: - What most screens do

extension ListScreen {
  var topRows: Int { 2 }
  var shares: PaneLayout.Shares { PaneLayout.Shares() }
  var listArea: Rect { panes.list }
  var detailArea: Rect { panes.detail }
  func isHeading(_ row: Int) -> Bool { false }
  var markable: [RowID] { (0..<rowCount).flatMap(ids) }
  var filterProblem: String? { nil }
  mutating func arrange(keeping id: RowID?) {}
  mutating func selectionChanged() {}
  func isProblem(_ row: Int, _ context: AppContext) -> Bool { false }
  mutating func openRow(_ context: AppContext) -> [Reaction] { [] }
  mutating func toggleScope() -> String? { nil }
  mutating func settleDetail() {}
  func purpose(of command: ScreenCommand) -> Prompt.Purpose { command == .filter ? .filter : .findInList }
  var findUnlessTyped: String? { nil }
  var opensDetailByMouse: Bool { false }
  var noFurtherRow: String { "no further one is shown; folded groups are not searched" }
  mutating func turn(_ step: Int, _ context: inout AppContext) -> [Reaction] { [] }
  mutating func openDetail(_ context: AppContext) -> [Reaction] { [] }
  mutating func foldAll() {}
  mutating func closeOpened() -> Bool { false }
  mutating func moveDetail(_ motion: Motion, _ context: AppContext) {}
  mutating func scrollDetail(by rows: Int, _ context: AppContext) {}
  mutating func findInDetail(_ step: Int, _ context: AppContext) -> String? { nil }
  mutating func wrapDetail() {}
  mutating func scrollDetail(columns: Int) {}
  mutating func pressed(_ point: Point) {}
}

// MARK: - Where the person is

extension ListScreen {
  /// The chosen row, and what is scrolled.
  var cursor: ListCursor { listPane.cursor }
  /// What is marked.
  var marks: Set<RowID> {
    get { listPane.marks }
    set { listPane.marks = newValue }
  }
  /// Which pane takes the keys.
  var focus: PaneFocus { listPane.focus }
  /// Whether the pane with the keys has the screen to itself.
  var isZoomed: Bool { listPane.isZoomed }
  /// What `n` and `N` look for in the list.
  var find: String { listPane.find }
  /// The terminal's columns and rows.
  var size: Size { listPane.size }
  var prompt: Prompt? {
    get { listPane.prompt }
    set { listPane.prompt = newValue }
  }

  /// Where the panes lie.
  var panes: PaneLayout {
    PaneLayout(size: size, top: topRows, isOnList: focus == .list, isZoomed: isZoomed, shares)
  }

  /// The rows between header and footer.
  var bodyHeight: Int { PaneLayout.body(of: size, top: topRows).height }

  mutating func moveCursor(to row: Int) {
    let before = selectedID
    // A list that is not seen stays scrolled as it was.
    let height = listArea.isEmpty ? size.height : listArea.height
    listPane.cursor.move(to: row, count: rowCount, height: height)
    if before != selectedID { selectionChanged() }
  }

  mutating func resize(to size: Size) {
    listPane.size = size
    settle()
  }

  /// Brings cursor and text into view again after the panes changed.
  private mutating func settle() {
    moveCursor(to: cursor.index)
    settleDetail()
  }

  /// Gives the keys to a pane.
  mutating func turnFocus(to focus: PaneFocus) {
    listPane.focus = focus
    moveCursor(to: cursor.index)
    if isZoomed { settleDetail() }
  }

  mutating func zoom() {
    listPane.isZoomed.toggle()
    settle()
  }

  /// Changes filter or order, and stays on the chosen row.
  mutating func ask(_ change: (inout Self) -> Void) {
    let id = selectedID
    change(&self)
    arrange(keeping: id)
  }

  mutating func keep(_ text: String, _ purpose: Prompt.Purpose) {
    switch purpose {
    case .filter: ask { $0.filter = text }
    case .findInList: listPane.find = text
    case .searchText: listPane.textSearch = text
    }
  }

  mutating func arrange(by choice: ArrangeChoice) {
    let sections = Self.arrangements
    guard sections.indices.contains(choice.section) else { return }
    ask { sections[choice.section].choose(&$0, choice.word) }
  }

  mutating func narrow(to filter: String) { ask { $0.filter = filter } }

  mutating func unmark() { listPane.unmark() }

  mutating func clearFilter() {
    if !filter.isEmpty { ask { $0.filter = "" } }
  }
}

// MARK: - How it is drawn

extension ListScreen {
  /// Draws the rows that are seen, the cursor among them, and how far down this is; else why there are none.
  func drawList(
    empty: @autoclosure () -> [Line], top: Int = 1, on grid: inout Grid, row draw: (Int, Rect, inout Grid) -> Void
  ) {
    let area = listArea
    if area.isEmpty { return }
    guard rowCount > 0 else {
      let lines = empty().flatMap { $0.wrapped(width: max(20, area.width - 3)) }
      for (y, line) in lines.prefix(max(0, area.height - top)).enumerated() {
        grid.write(line, in: area.inset(left: 2, top: top + y, right: 1).row(0))
      }
      return
    }
    for (y, index) in cursor.visible(count: rowCount, height: area.height).enumerated() {
      let rect = area.row(y)
      draw(index, rect, &grid)
      if index == cursor.index { ListCursor.draw(in: rect, isFocused: focus == .list, on: &grid) }
    }
    cursor.drawPosition(count: rowCount, in: area, on: &grid)
  }

  /// What is left out by the filter, and what is marked: the beginning of the header's right side.
  func shownWords(_ shown: Int) -> Line {
    var line = Line()
    if filterProblem != nil {
      line.append("filter not understood  ", .warning)
    } else if !filter.isEmpty {
      line.append("filtered: \(CountText.of(shown)) shown  ", .match)
    }
    if !marks.isEmpty { line.append("\(CountText.of(marks.count)) marked  ", .mark) }
    return line
  }

  /// What is said of a list that a filter empties.
  func nothingMatches(_ what: String, hint: String) -> [Line] {
    let problem = filterProblem.map { Line(Sanitizer.line($0, limit: 400), .warning) }
    return [problem ?? Line("No \(what) matches “\(Sanitizer.line(filter, limit: 60))”."), Line(hint, .dim)]
  }
}

// MARK: - Copying

extension ListScreen {
  /// The names of all marked rows, a line each, made harmless: what is pasted into a shell must not run.
  func copyMarked(_ what: String, _ names: [String]) -> (text: String, what: String)? {
    if names.isEmpty { return nil }
    return (names.map { Sanitizer.line($0, limit: .max) }.joined(separator: "\n"), "\(names.count) \(what)")
  }

  /// The lines of a text.
  func copyLines(_ lines: [Line]) -> (text: String, what: String)? {
    lines.isEmpty ? nil : (lines.map(\.text).joined(separator: "\n"), "\(lines.count) lines")
  }

  /// A file with its line.
  func copyLocation(_ context: AppContext) -> (text: String, what: String)? {
    location(context).map {
      (Sanitizer.line($0.file, limit: .max) + ($0.line.map { ":\($0)" } ?? ""), "path:line")
    }
  }
}
