import SafeText
import TerminalKit
import ItemQueries
import TriageActions
import TriageMessages
import TriageModel

/// The Goldens screen: changes in groups on one side, the chosen one's two sides on the other.
struct GoldensScreen: ListScreen {
  /// The golden changes of the run that is looked at; nil until the first are known.
  private(set) var list: GoldenList?
  /// The run and the revision that were asked about.
  private var asked: Effect?
  /// Which changes are shown, and how.
  var query = GoldenQuery()
  /// The rows of the list.
  private(set) var rows = GoldenRows()
  /// What is wrong with the filter.
  private(set) var filterProblem: String?
  var listPane = ListPane<GoldenLocation>()

  /// All changes, those that are decided too.
  var changes: [GoldenChange] { list?.changes ?? [] }

  /// The change under the cursor; nil on a group's line or an empty list.
  var selected: GoldenChange? { rows.change(at: cursor.index).map { changes[$0] } }

  /// How many wait for a person.
  var openCount: Int { changes.count { $0.state.isOpen } }
}

// MARK: - What it is

extension GoldensScreen {
  static var screen: Screen { .goldens }
  static var title: String { "Goldens" }
  static var purpose: String { "the golden changes" }
  /// The keys of a list and of a golden, which Triage lists.
  static var keyTables: [KeyTable<Command>] { [] }

  static var arrangements: [ArrangeSection<Self>] {
    [
      ArrangeSection("Group by", verb: "group goldens by", \.query.grouping) { $0 == .none ? "nothing" : $0.rawValue },
      ArrangeSection("Sort by", verb: "sort goldens by", \.query.order) { order in
        order == .size ? "size, the largest and the outliers first" : order.rawValue
      },
    ]
  }

  func tables(_ context: AppContext) -> [KeyTable<Command>] {
    [isOnPair ? Keys.pair : Keys.list, Keys.golden]
  }

  func refusal(of command: ScreenCommand, _ context: AppContext) -> String? {
    if isOnPair, command.isOfPair { return nil }
    return switch command {
    case .open: rows.count == 0 ? "no golden is shown" : nil
    case .wrap, .scrollLeft, .scrollRight: "this belongs to the pair: tab goes there"
    default: nil
    }
  }

  func count(_ context: AppContext) -> Int? { openCount }
}

// MARK: - What it wants and takes

extension GoldensScreen {
  /// The question for the run's changes, once it is read.
  mutating func wants(_ context: AppContext, isLookedAt: Bool) -> [Effect] {
    guard context.runs.isComplete else { return [] }
    let effect = Effect.findGoldens(context.ref)
    guard asked != effect else { return [] }
    asked = effect
    return [effect]
  }

  mutating func take(_ event: Event, _ context: AppContext) -> [Reaction] {
    switch event {
    case .goldens(let list):
      // Those of older revisions are dropped.
      if context.isOfCurrentRun(list.run) { take(list) }
      return []
    case .decided(let outcome): return take(outcome)
    default: return []
    }
  }

  private mutating func take(_ list: GoldenList) {
    let selected = listPane.isTouched ? selectedID : nil
    if !listPane.isTouched { listPane.cursor = ListCursor() }
    self.list = list
    listPane.marks.formIntersection(list.changes.map(\.location))
    arrange(keeping: selected)
  }

  /// Another run is looked at: nothing of the old one stays but the query.
  mutating func runChanged() {
    list = nil
    asked = nil
    rows.arrange([], by: query)
    listPane.startOver()
  }

  mutating func arrange(keeping place: GoldenLocation?) {
    let row = cursor.index
    filterProblem = FilterError.of { () throws(FilterError) in try GoldenFilter(parsing: query.filter) }
    // A filter that is half typed leaves what the last whole one selected.
    if filterProblem != nil, prompt?.purpose == .filter { return }
    rows.arrange(changes, by: query)
    let again = place.flatMap { place in changes.firstIndex { $0.location == place } }.flatMap { rows.row(of: $0) }
    moveCursor(to: again ?? firstChange(from: row) ?? row)
  }

  private func firstChange(from start: Int) -> Int? {
    let start = min(max(0, start), max(0, rows.count - 1))
    return (start..<max(start, rows.count)).first { rows.change(at: $0) != nil }
      ?? (0..<start).reversed().first { rows.change(at: $0) != nil }
  }

  /// Goes to a golden that was looked at elsewhere, showing all when it is hidden.
  mutating func choose(golden place: GoldenLocation) {
    listPane.isTouched = true
    guard let change = changes.firstIndex(where: { $0.location == place }) else { return }
    if !rows.reveal(change) {
      query.scope = .all
      query.filter = ""
      rows.arrange(changes, by: query)
      _ = rows.reveal(change)
    }
    if let row = rows.row(of: change) { moveCursor(to: row) }
  }

  /// Goes on after a decision, and says what became of it.
  private mutating func take(_ outcome: DecisionOutcome) -> [Reaction] {
    let done = Set(outcome.done)
    listPane.marks.subtract(done)
    if let failure = outcome.failure { return [.notice(Notice(.failure, Sanitizer.line(failure, limit: 600)))] }
    moveOn(past: done)
    let summary = ClosingSummary(outcome, among: changes)
    let notice = Notice(outcome.held.isEmpty ? .info : .warning, summary.sentence + "; u undoes it")
    return [.notice(notice)] + (done.count > 1 ? [.show(summary)] : [])
  }

  /// Goes to the next golden that is still to be decided, before those that were decided leave the list.
  private mutating func moveOn(past done: Set<GoldenLocation>) {
    guard let selected, done.contains(selected.location) else { return }
    let rows = Array(cursor.index..<self.rows.count) + (0..<cursor.index).reversed()
    let next = rows.first { row in self.rows.change(at: row).map { !done.contains(changes[$0].location) } ?? false }
    if let next { moveCursor(to: next) }
  }
}

// MARK: - The list

extension GoldensScreen {
  var rowCount: Int { rows.count }
  /// The facts take no keys, and the sides are the pair's.
  var detailArea: Rect { Rect(x: 0, y: 0, width: 0, height: 0) }
  var selectedID: GoldenLocation? { selected?.location }
  var markable: [GoldenLocation] { rows.changes.map { changes[$0].location } }

  var filter: String {
    get { query.filter }
    set { query.filter = newValue }
  }

  func ids(at row: Int) -> [GoldenLocation] { rows.changes(at: row).map { changes[$0].location } }

  func isHeading(_ row: Int) -> Bool { if case .group = rows.row(at: row) { true } else { false } }

  mutating func openRow(_ context: AppContext) -> [Reaction] {
    switch rows.row(at: cursor.index) {
    case .group(let group): rows.toggle(group)
    case .rest(_, let group): rows.openRest(of: group)
    case .change, nil:
      if selected != nil { turnFocus(to: .detail) }
      return []
    }
    moveCursor(to: cursor.index)
    return []
  }

  mutating func foldAll() {
    rows.toggleAll()
    moveCursor(to: cursor.index)
  }

  mutating func toggleScope() -> String? {
    ask { $0.query.scope = $0.query.scope == .all ? .open : .all }
    return query.scope == .all ? "all golden changes" : "open golden changes"
  }

  func isProblem(_ row: Int, _ context: AppContext) -> Bool {
    rows.change(at: row).map { changes[$0].state.isOpen } ?? false
  }

  func matcher(_ find: String, _ context: AppContext) -> ((Int) -> Bool)? {
    (try? GoldenFilter(parsing: find)).map { [rows, changes] filter in
      { row in rows.change(at: row).map { filter.accepts(changes[$0]) } ?? false }
    }
  }

  /// There are no tabs: beside the list is another view, beside a part of the pair the next part of it.
  mutating func turn(_ step: Int, _ context: inout AppContext) -> [Reaction] {
    if isOnPair { return .saying(context.pair.perform(step > 0 ? .scrollRight : .scrollLeft)) }
    return perform(.nextView, &context)
  }
}

// MARK: - The chosen golden

extension GoldensScreen {
  var currentGolden: GoldenChange? { selected }
  var pairArea: Rect { detail.pair }
  var isOnPair: Bool { focus == .detail }
  var copySubjects: [CopySubject] { CopySubject.ofGoldens }

  /// What a decision is about: the marked, else the row, else its group.
  var goldenSubjects: [GoldenChange] {
    if !marks.isEmpty { return changes.filter { marks.contains($0.location) } }
    return rows.changes(at: cursor.index).map { changes[$0] }
  }

  func unseenOutliers(among places: Set<GoldenLocation>, _ context: AppContext) -> Int {
    guard places.count > 1 else { return 0 }
    return rows.groups.flatMap { $0.indices.prefix($0.notable) }.count { change in
      places.contains(changes[change].location) && !context.pair.wasDisplayed(changes[change])
    }
  }

  func location(_ context: AppContext) -> SourceLocation? { selected.map { context.pair.location(of: $0) } }

  func copy(_ subject: CopySubject, _ context: AppContext) -> (text: String, what: String)? {
    if subject == .id, let ids = copyMarked("ids", marks.sorted().map(\.description)) { return ids }
    return selected.flatMap { context.pair.copy(subject, of: $0) }
  }
}

// MARK: - Where the parts lie

extension GoldensScreen {
  /// The pair lies below the list, beside it on a very wide screen; on a low one the pane that is worked in gets the rows.
  var shares: PaneLayout.Shares {
    let rows = bodyHeight < 26 ? (isOnPair ? 4 : bodyHeight * 2 / 5) : bodyHeight * 3 / 10
    return PaneLayout.Shares(sideBySideWidth: 180, columns: min(76, size.width * 7 / 20), rows: max(4, rows))
  }

  /// The chosen one's facts, and its sides; its verdict is never cut, the sides give way.
  var detail: (facts: Rect, pair: Rect) {
    let detail = panes.detail
    let proof = selected.map { GoldenFacts(change: $0).driftRows(width: detail.width - 1) } ?? 1
    // The warnings get more rows where there is room.
    let rows = (detail.height >= 22 ? 6 : detail.height >= 10 ? 4 : 2) + max(0, proof - 1)
    let parts = detail.split(atRow: min(rows, max(0, detail.height - 1)))
    return (parts.top, parts.bottom)
  }
}
