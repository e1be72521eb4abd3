import ItemQueries
import SafeText
import TerminalKit
import TriageActions
import TriageMessages
import TriageModel

/// The Flakes screen: unsteady tests by what they cost, what each did in each run, and the attempt under the cursor.
struct FlakesScreen: TextDetail {
  /// What is known of the window.
  private(set) var list: FlakeList?
  /// The newest question.
  private(set) var asked: FlakesRequest?
  /// The reading of the open runs that was in the history when it was asked.
  private var askedAt = 0
  /// Whether all tests that failed or were retried are shown.
  private(set) var isAll = false
  /// Which of them are shown, and in what order.
  var query = FlakeQuery(order: .cost)
  /// The rows that are shown, by their places in the list of all.
  private(set) var rows: [Int] = []
  /// What decides about the columns.
  private(set) var nameWidths = FlakeColumns.NameWidths()
  private(set) var hasOwners = false
  // Where the person is.
  var listPane = ListPane<String>()
  /// The chosen run, by its place in the list's runs, and what is scrolled to the side.
  private(set) var column = ListCursor()
  // The attempt under the cursor.
  /// The newest question for an attempt.
  private var askedAttempt: AttemptRequest?
  /// What the history says of the attempt under the cursor.
  private(set) var attempt: AttemptAnswer?
  /// What it said, ready to draw.
  private(set) var said: [Line] = []
  /// How its text is scrolled.
  var pane = TextPane()

  /// The row under the cursor; nil when none is shown.
  var selected: FlakeList.Row? { row(at: cursor.index) }

  /// The run under the cursor; nil when there is none.
  var selectedRun: RunRecord? {
    guard let runs = list?.runs, runs.indices.contains(column.index) else { return nil }
    return runs[column.index]
  }

  /// How the chosen test ended in the chosen run; nil when it was not part of it.
  var selectedOutcome: Outcome? { selected.flatMap { Self.cell($0, column.index) } }

  /// The row at a place of the shown ones.
  func row(at index: Int) -> FlakeList.Row? {
    guard let list, rows.indices.contains(index) else { return nil }
    return list.rows[rows[index]]
  }

  /// A cell of the grid.
  static func cell(_ row: FlakeList.Row, _ column: Int) -> Outcome? {
    row.cells.indices.contains(column) ? row.cells[column] : nil
  }
}

// MARK: - What it is

extension FlakesScreen {
  static var screen: Screen { .flakes }
  static var title: String { "Flakes" }
  static var purpose: String { "the flaky tests" }

  static var ownKeys: [ScreenKey<Self>] {
    [
      ScreenKey(
        .open, [.enter], "the attempt under the cursor, in Triage where its run is open", hint: "open"),
      along("older-run", [.character("l"), .right], .down, "an older run, to the right", hint: "runs"),
      along("newer-run", [.character("h"), .left], .up, "a newer run, to the left"),
      ScreenKey(
        .nextProblem, [.character("]")], "the next run to the right that this test failed in", hint: "failed"),
      ScreenKey(.previousProblem, [.character("[")], "the next one to the left"),
      along("older-runs", [.character("}")], .pageDown, "a screen of runs to the right"),
      along("newer-runs", [.character("{")], .pageUp, "a screen of runs to the left"),
      along("newest-run", [.character("0")], .top, "the newest run"),
      along("oldest-run", [.character("$")], .bottom, "the oldest run"),
      ScreenKey(.mark, [.character(" ")], "mark or unmark, and go on"),
      ScreenKey(.markRange, [.character("V")], "mark from here; again: to here"),
      ScreenKey(.markAll, [.character("*")], "mark all shown, or none"),
      ScreenKey(
        .act(MuteTests.description), [.character("m")], "mute the marked tests' newest failures, else this one's",
        hint: "mute"),
      ScreenKey(.filter, [.character("/")], "filter; in the attempt's text: search", hint: "filter"),
      ScreenKey(.search, [.character("f")], "find without filtering"),
      ScreenKey(
        .toggleScope, [.character("A")], "all tests that failed or were retried, or the flaky ones", hint: "all"),
      ScreenKey(.window, [.character("W")], "time window: 7, 30, 90, 180 days, all runs", hint: "window"),
      ScreenKey(.wrap, [.character("w")], "wrap long lines, or cut them"),
      ScreenKey(.arrangeMenu, [.character("s")], "sort", hint: "sort"),
    ]
  }

  /// A key along the runs: down is older.
  private static func along(
    _ name: String, _ keys: [Key], _ motion: Motion, _ title: String, hint: String? = nil
  ) -> ScreenKey<Self> {
    ScreenKey(name, keys, title, hint: hint) { screen, _ in screen.moveRuns(motion) }
  }

  static var arrangements: [ArrangeSection<Self>] {
    [ArrangeSection("Sort by", verb: "sort flaky tests by", \.query.order, title: \.title)]
  }

  func refusal(of command: ScreenCommand, _ context: AppContext) -> String? {
    switch command {
    case .open, .nextProblem: rows.isEmpty ? "no test is chosen" : nil
    default: nil
    }
  }

  /// The marked tests, else the chosen one: a flake is noted and muted where it is judged.
  func panel(for action: ActionDescription, _ context: AppContext) throws(Refusal) -> ActionPanel {
    guard TriageActions.failure(action).map({ !type(of: $0).takesMutes }) ?? false else {
      throw Refusal(words: "\(action.title.lowercased()): tests are chosen in Triage (1), mutes in Mutes (6)")
    }
    let marked = (list?.rows ?? []).map(\.flake.test).filter(marks.contains)
    return try failurePanel(action, on: .names(marked.isEmpty ? [selectedID].compactMap(\.self) : marked), context)
  }

  func count(_ context: AppContext) -> Int? { list?.total.flaky }
}

// MARK: - What it wants and takes

extension FlakesScreen {
  /// The tests of a window, and the attempt under the cursor; while another screen is looked at only the count is wanted.
  mutating func wants(_ context: AppContext, isLookedAt: Bool) -> [Effect] {
    var effects: [Effect] = []
    let reading = context.judgement?.run.revision ?? 0
    var request = FlakesRequest(generation: asked?.generation ?? 0, window: context.window, isAll: isAll)
    let isDue = reading > askedAt && (isLookedAt || asked == nil)
    if isDue || (isLookedAt && request != asked) {
      request.generation += 1
      asked = request
      askedAt = reading
      effects.append(.findFlakes(request))
    }
    if isLookedAt, !detailArea.isEmpty, let question = attemptQuestion() { effects.append(question) }
    return effects
  }

  private mutating func attemptQuestion() -> Effect? {
    guard let selected, let run = selectedRun, selectedOutcome != nil else { return nil }
    let request = AttemptRequest(test: selected.flake.test, run: run.key)
    guard request != askedAttempt else { return nil }
    askedAttempt = request
    return .describe(request)
  }

  /// Whether an answer is still to come.
  var isLooking: Bool { list?.request != asked }

  mutating func take(_ event: Event, _ context: AppContext) -> [Reaction] {
    switch event {
    case .flakes(let list): if list.request == asked { take(list) }
    case .attempt(let answer): if answer.request == askedAttempt { take(answer) }
    default: break
    }
    return []
  }

  /// Takes the tests; stays on the test and the run.
  private mutating func take(_ list: FlakeList) {
    let test = selectedID
    let run = selectedRun?.key
    self.list = list
    listPane.marks.formIntersection(list.rows.map(\.flake.test))
    hasOwners = list.rows.contains { $0.flake.owner != nil }
    askedAttempt = nil
    arrange(keeping: test)
    if selectedID == test, let place = list.runs.firstIndex(where: { $0.key == run }) {
      moveColumn(to: place)
    } else {
      goToNewestFailure()
    }
  }

  private mutating func take(_ answer: AttemptAnswer) {
    attempt = answer
    said = answer.text.map { Sanitizer.lines($0).map { Line("  " + $0) } } ?? []
  }

  /// Whether what is known of an attempt is about the one under the cursor.
  var isAttemptKnown: Bool {
    attempt.map { $0.request.test == selectedID && $0.request.run == selectedRun?.key } ?? false
  }
}

// MARK: - The list

extension FlakesScreen {
  var rowCount: Int { rows.count }
  var selectedID: String? { selected?.flake.test }
  var filterProblem: String? { query.problem }

  var filter: String {
    get { query.filter }
    set { query.filter = newValue }
  }

  func ids(at row: Int) -> [String] { self.row(at: row).map { [$0.flake.test] } ?? [] }

  /// The text of an attempt has no filter.
  func purpose(of command: ScreenCommand) -> Prompt.Purpose {
    focus == .detail ? .searchText : command == .filter ? .filter : .findInList
  }

  func matcher(_ find: String, _ context: AppContext) -> ((Int) -> Bool)? {
    let search = ByteSearch(find)
    return { [self] in row(at: $0).map { search.matches(text: $0.flake.test) } ?? false }
  }

  var noFurtherRow: String { "“\(Sanitizer.line(find))” is not here" }

  mutating func toggleScope() -> String? {
    isAll.toggle()
    return isAll ? "all tests that failed or were retried" : "flaky tests"
  }

  /// Chooses the rows anew and stays on a test, else near it.
  mutating func arrange(keeping test: String?) {
    let all = list?.rows ?? []
    rows = query.positions(in: all)
    nameWidths = FlakeColumns.NameWidths()
    for row in rows {
      let parts = TestIDParts(all[row].flake.test)
      let width = min(120, DisplayWidth.of(String(parts.name)))
      nameWidths.short = max(nameWidths.short, width)
      nameWidths.full = max(nameWidths.full, width + 1 + min(120, DisplayWidth.of(String(parts.suite))))
    }
    let again = test.flatMap { test in rows.firstIndex { all[$0].flake.test == test } }
    moveCursor(to: again ?? cursor.index)
    moveColumn(to: column.index)
  }

  mutating func selectionChanged() {
    pane = TextPane(wraps: pane.wraps)
    goToNewestFailure()
  }

  mutating func settleDetail() { moveColumn(to: column.index) }

  /// Goes to the test and the run under the cursor; to the attempt's text when that run is not open.
  mutating func openRow(_ context: AppContext) -> [Reaction] {
    guard let selected, let run = selectedRun else { return [] }
    guard selectedOutcome != nil else {
      return [.say("it was not part of run \(Sanitizer.line(run.identity.id, limit: 60))")]
    }
    if !context.openRuns.contains(run.identity) { turnFocus(to: .detail) }
    return [.visit(test: selected.flake.test, leg: "", of: run.identity)]
  }

  mutating func openDetail(_ context: AppContext) -> [Reaction] { openRow(context) }
}

// MARK: - The runs to the side

extension FlakesScreen {
  /// Goes to the newest run in which the chosen test had a failing attempt: that one is what a person asks about.
  private mutating func goToNewestFailure() {
    guard let selected else { return }
    moveColumn(to: selected.cells.firstIndex(where: Self.isFailingAttempt) ?? 0)
  }

  private static func isFailingAttempt(_ outcome: Outcome?) -> Bool {
    outcome.map { $0.isFailing || $0 == .passedOnRetry } ?? false
  }

  private mutating func moveColumn(to column: Int) {
    let before = self.column.index
    self.column.move(to: column, count: list?.runs.count ?? 0, height: columns.grid.width)
    if before != self.column.index { pane = TextPane(wraps: pane.wraps) }
  }

  /// Goes to older runs (down) or newer ones (up).
  private mutating func moveRuns(_ motion: Motion) -> [Reaction] {
    let before = column.index
    let step: Int =
      switch motion {
      // A page is never shorter than a step.
      case .pageUp, .pageDown, .halfPageUp, .halfPageDown: motion.distance(page: max(4, columns.grid.width))
      case .up, .down, .top, .bottom: motion.distance(page: 1)
      }
    moveColumn(to: before + step)
    guard column.index == before, list?.runs.isEmpty == false else { return [] }
    return [.say(step < 0 ? "this is the newest run" : "this is the oldest run of the window; W looks further back")]
  }

  mutating func turn(_ step: Int, _ context: inout AppContext) -> [Reaction] { moveRuns(step > 0 ? .down : .up) }

  /// Goes to the next run to the side in which the chosen test had a failing attempt.
  mutating func jump(_ step: Int, _ context: AppContext) -> [Reaction] {
    guard let selected else { return [.say("no test is chosen")] }
    var place = column.index + step
    while selected.cells.indices.contains(place) {
      if Self.isFailingAttempt(selected.cells[place]) {
        moveColumn(to: place)
        return []
      }
      place += step
    }
    return [.say(step > 0 ? "it did not fail in an older run of the window" : "it did not fail in a newer run")]
  }

  /// A press on the grid chooses the run as well.
  mutating func pressed(_ point: Point) {
    let x = point.x - columns.grid.x
    if focus == .list, x >= 0, x < columns.grid.width { moveColumn(to: column.offset + x) }
  }
}

// MARK: - What is chosen

extension FlakesScreen {
  func textLines(_ context: AppContext) -> [Line] { FlakePane(self, openRuns: context.openRuns).lines }
  var copySubjects: [CopySubject] { CopySubject.ofFlakes }

  /// Where the chosen test lies, with the line that the attempt under the cursor names in that file.
  func location(_ context: AppContext) -> SourceLocation? {
    guard let location = selected?.flake.location else { return nil }
    guard isAttemptKnown, let text = attempt?.text, let place = text.ranges(of: location.file + ":").last else {
      return location
    }
    return SourceLocation(file: location.file, line: Int(text[place.upperBound...].prefix(while: \.isNumber)))
  }

  func editRefusal(_ context: AppContext) -> String? {
    selected?.flake.location == nil ? "no source line is known here" : nil
  }

  func copy(_ subject: CopySubject, _ context: AppContext) -> (text: String, what: String)? {
    switch subject {
    case .id:
      return copyMarked("test ids", (list?.rows ?? []).map(\.flake.test).filter(marks.contains))
        ?? selectedID.map { (Sanitizer.line($0, limit: .max), "test id") }
    case .location:
      return copyLocation(context)
    case .pane:
      return copyLines(textLines(context))
    case .message:
      guard isAttemptKnown, let text = attempt?.text else { return nil }
      return (Sanitizer.output(text), "message")
    case .left, .right, .patch, .commit, .handover: return nil
    }
  }
}

// MARK: - Where the parts lie

extension FlakesScreen {
  /// The attempt lies below the tests: a few of them leave the rows to it.
  var shares: PaneLayout.Shares {
    let rows = max(5, focus == .detail && bodyHeight < 26 ? bodyHeight / 4 : bodyHeight * 9 / 20)
    return PaneLayout.Shares(columns: size.width, rows: min(rows, max(4, rowCount + 1)))
  }

  /// The tests, below the heads of the columns.
  var listArea: Rect { panes.list.split(atRow: 1).bottom }
  var textArea: Rect { detailArea.inset(left: 1, right: 1) }

  /// The columns in force.
  var columns: FlakeColumns {
    FlakeColumns(
      width: size.width, names: nameWidths, runs: list?.runs.count ?? 0, hasOwners: hasOwners,
      showsVerdicts: list?.request.isAll ?? false)
  }
}
