import SafeText
import TerminalKit
import ItemQueries
import TriageMessages
import TriageModel
import TriageStyle

extension TriageScreen {
  static var screen: Screen { .triage }
  static var title: String { "Triage" }
  static var purpose: String { "the failing tests" }
  static var keyTables: [KeyTable<Command>] { [Keys.list, Keys.golden, Keys.pair, Keys.detail, runbookKeys] }

  static var arrangements: [ArrangeSection<Self>] {
    [
      ArrangeSection("Group by", verb: "group by", \.query.grouping) { $0 == .none ? "nothing" : $0.rawValue },
      ArrangeSection("Sort by", verb: "sort by", \.query.order) { order in
        order == .outcome ? "outcome, worst first" : order == .duration ? "duration, longest first" : order.rawValue
      },
    ]
  }

  func tables(_ context: AppContext) -> [KeyTable<Command>] {
    if isOnPair { return [Keys.pair, Keys.golden, Keys.failure, Self.runbookKeys] }
    if focus == .detail { return [Keys.detail, Keys.failure, Self.runbookKeys] }
    return (shownTab == .golden ? [Keys.list, Keys.golden] : [Keys.list]) + [Keys.failure, Self.runbookKeys]
  }

  func refusal(of command: ScreenCommand, _ context: AppContext) -> String? {
    guard command == .open, !isOnPair else { return nil }
    if focus == .list { return rows.count == 0 ? "the list is empty" : nil }
    return document?.links[pane.line] == nil ? "nothing leads on from this line" : nil
  }

  func isHinted(_ command: Command, _ context: AppContext) -> Bool {
    command != .here(.nextTab) || selectedTest != nil
  }

  func count(_ context: AppContext) -> Int? { context.currentRun?.table.failing }
}

// MARK: - The list

extension TriageScreen {
  var rowCount: Int { rows.count }

  var topRows: Int { hasNews ? 3 : 2 }

  var shares: PaneLayout.Shares {
    PaneLayout.Shares(
      sideBySideWidth: 110, columns: max(46, size.width * 9 / 20), rows: max(4, bodyHeight * 2 / 5))
  }

  var selectedID: TestIndex? { selectedTest }
  var markable: [TestIndex] { rows.arrangement.tests }

  var filter: String {
    get { query.filter }
    set { query.filter = newValue }
  }

  func ids(at row: Int) -> [TestIndex] {
    switch rows.row(at: row) {
    case .test(let test, _): [test]
    case .group(let group): Array(rows.arrangement.tests[rows.arrangement.groups[group].range])
    case nil: []
    }
  }

  func isHeading(_ row: Int) -> Bool { rows.test(at: row) == nil }

  mutating func selectionChanged() {
    openedPages = []
    _ = closeOpened()
  }

  mutating func closeOpened() -> Bool {
    // Pages lead to pages: one step back is the page before.
    if openedFile == nil, openedCommit == nil, openedPages.popLast() != nil { return true }
    let wasOpened = openedFile != nil || openedCommit != nil
    openedFile = nil
    openedCommit = nil
    return wasOpened
  }

  mutating func toggleScope() -> String? {
    query.scope = query.scope == .all ? .attention : .all
    return nil
  }

  mutating func foldAll() {
    rows.toggleAll()
    moveCursor(to: cursor.index)
  }

  mutating func openRow(_ context: AppContext) -> [Reaction] {
    if case .group(let group) = rows.row(at: cursor.index) {
      rows.toggle(group: group)
      moveCursor(to: cursor.index)
    } else if selectedTest != nil {
      turnFocus(to: .detail)
    }
    return []
  }

  // MARK: Jumps

  func isProblem(_ row: Int, _ context: AppContext) -> Bool {
    guard let run = context.currentRun, let test = rows.test(at: row) else { return false }
    return run.table.outcome(of: test).isFailing
  }

  /// Finds tests by their id.
  func matcher(_ find: String, _ context: AppContext) -> ((Int) -> Bool)? {
    guard let table = context.currentRun?.table else { return { _ in false } }
    let search = ByteSearch(find)
    return { [rows] row in
      guard let test = rows.test(at: row) else { return false }
      return table.text.withBytes(of: table.nameRef(of: test)) { search.matches($0) }
        || table.text.withBytes(of: table.suiteRef(table.suite(of: test))) { search.matches($0) }
        || (find.contains(":") && table.id(of: test).lowercased().contains(find.lowercased()))
    }
  }

  /// The first word that the filter looks for; nil when it asks for other things.
  var findUnlessTyped: String? { (try? TestFilter(parsing: query.filter))?.words.first }

  var noFurtherRow: String {
    rows.count == 0 ? "the list is empty" : "no further one is shown; folded groups are not searched"
  }
}

// MARK: - The text

extension TriageScreen {
  /// Rows that the name of the test, its facts and the tabs take at the top of the detail pane.
  static let detailHeadRows = 4
  /// Rows of the facts above the two sides of a golden.
  static let goldenFactRows = 3

  var textArea: Rect { detailArea.inset(left: 1, top: min(Self.detailHeadRows, detailArea.height)) }
  func textLines(_ context: AppContext) -> [Line] { document?.lines ?? [] }

  mutating func settleDetail() {
    if document != nil { settlePane(at: pane.line) }
  }

  mutating func settlePane(at line: Int) {
    pane.move(to: line, in: document?.lines ?? [], size: Size(width: textArea.width, height: textArea.height))
  }

  mutating func turn(_ step: Int, _ context: inout AppContext) -> [Reaction] {
    let tabs = self.tabs
    let place = (tabs.firstIndex(of: shownTab) ?? 0) + step
    tab = tabs[(place + tabs.count) % tabs.count]
    openedPages = []
    _ = closeOpened()
    return []
  }

  mutating func openDetail(_ context: AppContext) -> [Reaction] {
    switch document?.links[pane.line] {
    case .source(let location): return [.ask(.edit(location))]
    case .file(let file): openedFile = file
    case .commit(let commit): openedCommit = commit
    case .page(let path): openPage(path)
    case .web(let address): return [.ask(.openElsewhere(address))]
    case .line(let line): settlePane(at: line)
    case .run(let identity):
      // The same test there is what a person wants to see.
      guard let run = context.currentRun, let test = selectedTest else { return [.look(identity)] }
      return [.visit(test: StableName.of(run.table.id(of: test)), leg: run.table.leg(of: test), of: identity)]
    case nil: break
    }
    return []
  }

  /// The tabs that the chosen test has.
  var tabs: [Tab] { Tab.allCases.filter(isThere) }

  /// The tab that is shown: one that the chosen test lacks gives way to the message.
  var shownTab: Tab { isThere(tab) ? tab : .message }

  private func isThere(_ tab: Tab) -> Bool {
    switch tab {
    case .golden: !goldens.isEmpty
    case .compare: hasWords
    case .message, .stack, .output, .history, .runbook, .files: true
    }
  }
}

// MARK: - The golden of the chosen test

extension TriageScreen {
  /// The golden change that the Golden tab shows.
  var golden: GoldenChange? { goldens.isEmpty ? nil : goldens[goldenIndex % goldens.count] }

  var currentGolden: GoldenChange? { shownTab == .golden ? golden : nil }
  var pairArea: Rect { shownTab == .golden ? goldenArea : Rect(x: 0, y: 0, width: 0, height: 0) }
  /// Where the two sides of a golden are drawn, below their facts.
  private var goldenArea: Rect {
    detailArea.inset(left: 1, top: min(Self.detailHeadRows + Self.goldenFactRows, detailArea.height))
  }

  var isOnPair: Bool { shownTab == .golden && focus == .detail }
  var goldenSubjects: [GoldenChange] { golden.map { [$0] } ?? [] }

  func openOnPair(_ context: AppContext) -> [Reaction]? {
    context.pair.isOnFold ? nil : [.perform(.screen(.goldens))]
  }

  mutating func perform(_ command: PairCommand, _ context: inout AppContext) -> [Reaction] {
    if command == .nextPart, goldens.count > 1 {
      goldenIndex = (goldenIndex + 1) % goldens.count
      return []
    }
    return .saying(context.pair.perform(command, of: currentGolden))
  }

  /// Goes to a test of the run that is looked at; whether the filter that hid it was taken away for that.
  @discardableResult
  mutating func select(_ test: TestIndex, in run: Run) -> Bool {
    listPane.focus = .list
    listPane.isTouched = true
    listPane.isZoomed = false
    selectionChanged()
    if !awaitsAnswer, query == asked?.query {
      rows.reveal(test)
      if let row = rows.row(of: test) {
        moveCursor(to: row)
        return false
      }
    }
    // Rows that are still to come are chosen by the query as it is then.
    let hadFilter = !query.filter.isEmpty
    query.filter = ""
    if !run.table.outcome(of: test).needsAttention { query.scope = .all }
    selectAgain = TestName(test, in: run.table)
    return hadFilter
  }
}
