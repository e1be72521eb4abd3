import SafeText
import TerminalKit
import ItemQueries
import TriageMessages
import TriageModel

/// The Runs screen: the runs of the history on one side, what differs between two of them on the other.
struct RunsScreen: ListScreen {
  /// Two runs that are compared, with the commits that lie between them.
  struct Looked: Equatable {
    var pair: RunPair
    /// The commits after the earlier run up to the later one, oldest first.
    var commits: [RunSequence.Commit]
  }

  // What is known.
  /// The runs of the window.
  private(set) var list: RunList?
  /// The newest question.
  private(set) var asked: RunListRequest?
  /// The revision of the open runs that the history had taken in when it was asked.
  private var revision = 0
  /// Whether the history has grown since.
  private var isStale = false
  private(set) var sequence = RunSequence()
  private(set) var columns = RunColumns()
  /// Answers to what was asked before, the newest last.
  private var answers: [RunComparisonAnswer] = []
  /// What is compared; nil when there is nothing to compare with.
  private(set) var looked: Looked?
  // What is shown.
  /// The runs that are shown, by their indices in the sequence.
  private(set) var shown: [Int] = []
  /// Which of them are shown, and in what order.
  var query = RunQuery(order: .time)
  /// Whether only runs with failing tests are shown.
  private(set) var isFailingOnly = false
  /// Sections of the difference that a person folded or unfolded.
  private var toggled: Set<ComparisonSection> = []
  // Where the person is; the marked run is the base that others are compared with.
  var listPane = ListPane<RunKey>()
  /// The chosen row of the difference, and what is scrolled.
  private(set) var differenceCursor = ListCursor()
}

extension RunsScreen {
  /// The place of the chosen run among all; nil on an empty list.
  var chosen: Int? { shown.indices.contains(cursor.index) ? shown[cursor.index] : nil }

  /// The chosen run.
  var selected: RunRecord? { chosen.map { sequence.runs[$0] } }

  /// The run that others are compared with, by key; nil for the run before each.
  var base: RunKey? { marks.first }

  /// The places of the two runs that are compared, the earlier first; nil when there is nothing to compare with.
  var compared: (earlier: Int, later: Int)? {
    guard let chosen else { return nil }
    let marked = base.flatMap { base in sequence.runs.firstIndex { $0.key == base } }
    guard let other = marked ?? sequence.before[chosen], other != chosen else { return nil }
    return (max(chosen, other), min(chosen, other))
  }

  /// The answer for what is compared; nil until it comes.
  var answer: RunComparisonAnswer? { looked.flatMap { looked in answers.last { $0.pair == looked.pair } } }

  /// The rows of the difference; nil while it is not known.
  var difference: DifferenceRows? {
    answer?.comparison.map { DifferenceRows($0, commits: looked?.commits.count ?? 0, toggled: toggled) }
  }
}

// MARK: - What it is

extension RunsScreen {
  static var screen: Screen { .runs }
  static var title: String { "Runs" }
  static var purpose: String { "the runs of the history" }

  static var ownKeys: [ScreenKey<Self>] {
    [
      ScreenKey(.open, [.enter], "look at the run, or at the test that differs, in Triage; unfold", hint: "open"),
      ScreenKey(.mark, [.character(" ")], "compare with this run; again: with the run before each", hint: "base"),
      ScreenKey(.filter, [.character("/")], "filter", hint: "filter"),
      ScreenKey(.search, [.character("f")], "find without filtering"),
      ScreenKey(.foldAll, [.character("-")], "fold or unfold all sections"),
    ]
  }

  static var arrangements: [ArrangeSection<Self>] {
    [
      ArrangeSection("Sort runs by", verb: "sort runs by", \.query.order, title: \.title)
    ]
  }

  func refusal(of command: ScreenCommand, _ context: AppContext) -> String? {
    switch command {
    case .open: shown.isEmpty ? "no run is chosen" : nil
    case .markRange, .markAll: "one run is marked as the base: space marks it"
    case .nextTab, .previousTab: "there are no tabs here: tab goes to the difference"
    case .wrap, .scrollLeft, .scrollRight: "z gives the pane the whole screen"
    default: nil
    }
  }

  func isHinted(_ command: Command, _ context: AppContext) -> Bool { command != .undo && command != .runMenu }

  func editRefusal(_ context: AppContext) -> String? { "enter goes to the test; there o opens its source" }
}

// MARK: - What it wants and takes

extension RunsScreen {
  /// Comparisons that are kept for a person who goes back and forth.
  private static let keptAnswers = 8

  mutating func wants(_ context: AppContext, isLookedAt: Bool) -> [Effect] {
    isLookedAt ? [question(context.window), comparisonQuestion()].compactMap(\.self) : []
  }

  /// The question for the runs of a window; nil when it was asked already.
  private mutating func question(_ window: HistoryWindow) -> Effect? {
    var request = RunListRequest(generation: asked?.generation ?? 0, window: window)
    guard request != asked || isStale else { return nil }
    request.generation += 1
    asked = request
    isStale = false
    return .listRuns(request)
  }

  /// The question for the difference of the chosen run and its base; nil when it was asked already or is known.
  private mutating func comparisonQuestion() -> Effect? {
    let pair = compared.map { RunPair(before: sequence.runs[$0.earlier].key, after: sequence.runs[$0.later].key) }
    guard pair != looked?.pair else { return nil }
    differenceCursor = ListCursor()
    looked = pair.map { pair in
      Looked(
        pair: pair, commits: compared.map { sequence.commits(after: $0.earlier, upTo: $0.later) } ?? [])
    }
    return answer == nil ? pair.map { .compareRuns($0) } : nil
  }

  mutating func take(_ event: Event, _ context: AppContext) -> [Reaction] {
    switch event {
    case .judgement(let judgement):
      // The history may know more by now: the runs that were opened are in it.
      if judgement.run.revision != revision { isStale = asked != nil }
      revision = judgement.run.revision
    case .runList(let list): if list.request == asked { take(list) }
    case .runComparison(let answer): take(answer)
    default: break
    }
    return []
  }

  private mutating func take(_ list: RunList) {
    let chosen = listPane.isTouched ? selectedID : nil
    self.list = list
    sequence = RunSequence(list.runs)
    columns = RunColumns(list.runs)
    listPane.marks.formIntersection(list.runs.map(\.key))
    // A run that was completed since compares otherwise.
    answers = []
    looked = nil
    arrange(keeping: chosen)
  }

  /// Takes what became of tests between two runs.
  private mutating func take(_ answer: RunComparisonAnswer) {
    answers.removeAll { $0.pair == answer.pair }
    answers.append(answer)
    if answers.count > Self.keptAnswers { answers.removeFirst() }
    if answer.pair == looked?.pair { settleDetail() }
  }
}

// MARK: - The list

extension RunsScreen {
  var rowCount: Int { shown.count }
  var filterProblem: String? { query.problem }

  var filter: String {
    get { query.filter }
    set { query.filter = newValue }
  }

  /// The difference lies below the list, beside it on a very wide screen.
  var shares: PaneLayout.Shares {
    PaneLayout.Shares(sideBySideWidth: 160, columns: size.width / 2, rows: max(4, bodyHeight * 2 / 5))
  }

  /// What differs, below the two runs and the counts.
  var detailArea: Rect { panes.detail.inset(top: min(Self.headRows, panes.detail.height)) }
  /// Rows that the two runs and the counts take above the difference.
  private static let headRows = 3
  var selectedID: RunKey? { selected?.key }
  var noFurtherRow: String { "no further run is shown" }

  func ids(at row: Int) -> [RunKey] { shown.indices.contains(row) ? [sequence.runs[shown[row]].key] : [] }

  /// Filters and sorts anew, and stays on a run.
  mutating func arrange(keeping key: RunKey?) {
    shown = query.positions(in: sequence.runs) { !isFailingOnly || $0.failing > 0 }
    let again = key.flatMap { key in shown.firstIndex { sequence.runs[$0].key == key } }
    moveCursor(to: again ?? (key == nil ? 0 : min(cursor.index, max(0, shown.count - 1))))
  }

  mutating func clearFilter() {
    guard !filter.isEmpty || isFailingOnly else { return }
    isFailingOnly = false
    ask { $0.filter = "" }
  }

  mutating func toggleScope() -> String? {
    ask { $0.isFailingOnly.toggle() }
    return isFailingOnly ? "only runs with failing tests" : "all runs"
  }

  /// Makes the chosen run the base that others are compared with, or takes that back.
  mutating func mark() -> [Reaction] {
    guard let selected else { return [.say("no run is chosen")] }
    marks = base == selected.key ? [] : [selected.key]
    let name = Sanitizer.line(selected.shortName, limit: 60)
    return [.say(marks.isEmpty ? "each run is compared with the one before it" : "runs are compared with \(name)")]
  }

  func isProblem(_ row: Int, _ context: AppContext) -> Bool { sequence.hasTurned(at: shown[row]) }

  func matcher(_ find: String, _ context: AppContext) -> ((Int) -> Bool)? {
    (try? RunFilter(parsing: find)).map { [shown, sequence] filter in
      { filter.accepts(sequence.runs[shown[$0]]) }
    }
  }

  mutating func openRow(_ context: AppContext) -> [Reaction] {
    guard let selected else { return [] }
    if context.openRuns.contains(selected.identity) { return [.look(selected.identity)] }
    turnFocus(to: .detail)
    return [.say(notOpen(selected))]
  }

  private func notOpen(_ run: RunRecord) -> String {
    "the files of run \(Sanitizer.line(run.shortName, limit: 60)) are not open: assay FOLDER opens them"
  }
}

// MARK: - The difference

extension RunsScreen {
  var opensDetailByMouse: Bool { true }

  private mutating func moveDifference(to row: Int) {
    differenceCursor.move(to: row, count: difference?.count ?? 0, height: detailArea.height)
  }

  mutating func settleDetail() { moveDifference(to: differenceCursor.index) }

  mutating func moveDetail(_ motion: Motion, _ context: AppContext) {
    moveDifference(to: differenceCursor.index + motion.distance(page: detailArea.height))
  }

  mutating func scrollDetail(by rows: Int, _ context: AppContext) {
    differenceCursor.scroll(by: rows, count: difference?.count ?? 0, height: detailArea.height)
  }

  mutating func pressed(_ point: Point) {
    if focus == .detail { moveDifference(to: differenceCursor.offset + point.y - detailArea.y) }
  }

  /// Folds or unfolds a section, or goes to the test of a row in the later run, else in the earlier.
  mutating func openDetail(_ context: AppContext) -> [Reaction] {
    switch difference?.row(at: differenceCursor.index) {
    case .section(let section):
      toggled.formSymmetricDifference([section])
      settleDetail()
      return []
    case .item(.commits, _): return [.say("y copies the difference")]
    case .item(let section, let index):
      guard let compared, let item = answer?.comparison?.items(of: section)[index] else { return [] }
      let run = sequence.runs[item.after == nil ? compared.earlier : compared.later]
      guard context.openRuns.contains(run.identity) else { return [.say(notOpen(run))] }
      return [.visit(test: item.test, leg: (item.after ?? item.before)?.leg ?? "", of: run.identity)]
    case nil: return [.say(compared != nil && answer == nil ? "still comparing" : "nothing differs here")]
    }
  }

  /// Folds all sections; unfolds them when all are folded.
  mutating func foldAll() {
    guard let rows = difference else { return }
    let areFolded = rows.sections.allSatisfy { rows.isFolded($0.section) }
    let row = rows.row(at: differenceCursor.index)
    for (section, _) in rows.sections where rows.isFolded(section) == areFolded {
      toggled.formSymmetricDifference([section])
    }
    let section: ComparisonSection? =
      switch row {
      case .section(let section), .item(let section, _): section
      case nil: nil
      }
    moveDifference(to: section.flatMap { difference?.row(of: $0) } ?? 0)
  }

  mutating func findInDetail(_ step: Int, _ context: AppContext) -> String? {
    guard !find.isEmpty else { return "nothing was searched for yet: f finds, / filters" }
    guard let rows = difference, rows.count > 0 else { return "nothing differs here" }
    let search = ByteSearch(find)
    let found = Round.next(from: differenceCursor.index, step, count: rows.count) { row in
      name(at: rows.row(at: row)).map { search.matches(text: $0) } ?? false
    }
    guard let found else { return "“\(Sanitizer.line(find))” is not shown; folded sections are not searched" }
    moveDifference(to: found)
    return nil
  }

  /// What a row of the difference is called: the test, or the commit.
  private func name(at row: DifferenceRows.Row?) -> String? {
    switch row {
    case .item(.commits, let index): looked.map { $0.commits[index].words }
    case .item(let section, let index): answer?.comparison?.items(of: section)[index].test
    case .section, nil: nil
    }
  }
}

// MARK: - Copying

extension RunsScreen {
  var copySubjects: [CopySubject] { CopySubject.ofRuns }

  func copy(_ subject: CopySubject, _ context: AppContext) -> (text: String, what: String)? {
    switch subject {
    case .id:
      if focus == .detail, let name = name(at: difference?.row(at: differenceCursor.index)) {
        return (Sanitizer.line(name, limit: .max), "test id")
      }
      return selected.map { (Sanitizer.line($0.identity.id, limit: .max), "run id") }
    case .commit: return selected?.commit.map { (Sanitizer.line($0, limit: .max), "commit") }
    case .pane: return differenceText.map { ($0, "the difference") }
    case .location, .message, .handover, .left, .right, .patch: return nil
    }
  }

  /// The difference as `assay compare` writes it, below the names of the runs.
  private var differenceText: String? {
    guard let compared, let comparison = answer?.comparison else { return nil }
    let names = [compared.earlier, compared.later].map { place in
      let run = sequence.runs[place]
      return "\(run.shortName) \(run.commitWords)"
    }
    var lines = [Sanitizer.line(names.joined(separator: " → "), limit: 600)]
    for (section, count) in comparison.sections(commits: looked?.commits.count ?? 0) {
      lines.append("\(section.title) ×\(CountText.of(count))")
      switch section {
      case .tests(let fate): lines += comparison[fate].map { "  " + Sanitizer.line($0.name, limit: .max) }
      case .commits: lines += looked?.commits.map { "  " + Sanitizer.line($0.words, limit: .max) } ?? []
      }
    }
    if lines.count == 1 { lines.append("no test ended differently") }
    return lines.joined(separator: "\n")
  }
}
