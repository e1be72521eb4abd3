import TerminalKit
import ItemQueries
import TriageMessages
import TriageModel
import TriageStyle

/// The Triage screen: tests in groups on one side, what the selected one said on the other.
struct TriageScreen: TextDetail {
  /// The views of the selected test.
  enum Tab: String, Equatable, Sendable, CaseIterable {
    case message = "Message"
    case stack = "Stack"
    case output = "Output"
    case compare = "Compare"
    case golden = "Golden"
    case history = "History"
    case runbook = "Runbook"
    case files = "Files"
  }

  // What is shown.
  /// Which tests are shown, and how.
  var query = TestQuery()
  /// The rows of the list.
  var rows = RowMap()
  /// What is wrong with the filter that is being typed.
  var filterProblem: String?
  /// The newest question for tests, and whether its answer has come.
  var asked: QueryRequest?
  var awaitsAnswer = false
  /// How often something new was learned of the run's tests: verdicts, goldens.
  var knowledge = 0
  /// Whether the history has spoken, and whether the golden changes are known.
  var isJudged = false
  var knowsGoldens = false
  /// Whether a line says what changed since the person looked last.
  var hasNews = false
  // Where the person is.
  var listPane = ListPane<TestIndex>()
  /// The tab of the detail.
  var tab = Tab.message
  // The text of the detail pane.
  /// The text in the detail pane.
  var document: Document?
  var wanted: DocumentRequest?
  /// How the text is scrolled.
  var pane = TextPane()
  /// The golden changes of the run.
  private var goldenList: GoldenList?
  /// Those of the chosen test; the Golden tab is there when there are any.
  var goldens: [GoldenChange] = []
  /// Which of them is looked at.
  var goldenIndex = 0
  /// The tests whose goldens were decided on.
  var decided = DecidedTests()
  /// Whether the chosen test said anything that another run's words can be compared with.
  var hasWords = false
  /// A file of the run that is looked at instead of the list of files.
  var openedFile: FileLink?
  /// A commit that is looked at instead of the text that names it.
  var openedCommit: CommitLink?
  /// The pages that are looked at instead of the text that names them, the newest last.
  var openedPages: [String] = []
  /// The test to select again when a table was replaced.
  var selectAgain: TestName?

  /// What a test is called in every table.
  struct TestName: Equatable {
    let name: String
    let id: String
    let leg: String

    init(_ test: TestIndex, in table: TestTable) {
      name = table.name(of: test)
      id = table.id(of: test)
      leg = table.leg(of: test)
    }

    /// The test of this name among some of another table; a namesake in another leg is better than none.
    func find(among tests: [TestIndex], in table: TestTable) -> TestIndex? {
      let bytes = Array(name.utf8)
      let namesakes = tests.lazy.filter { test in
        table.text.withBytes(of: table.nameRef(of: test)) { $0.elementsEqual(bytes) } && table.id(of: test) == id
      }
      return namesakes.first { table.leg(of: $0) == leg } ?? namesakes.first
    }
  }

  /// The test under the cursor; nil on a group's line or an empty list.
  var selectedTest: TestIndex? { rows.test(at: cursor.index) }
}

// MARK: - What it wants

extension TriageScreen {
  mutating func wants(_ context: AppContext, isLookedAt: Bool) -> [Effect] {
    guard let run = context.currentRun else { return [] }
    hasWords = selectedTest.map { run.table.hasWords($0) } ?? false
    goldens = goldenChangesOfTest(context)
    return [question(context), text(of: run, context)].compactMap(\.self)
  }

  /// The question for the tests to show; nil when it was asked already.
  private mutating func question(_ context: AppContext) -> Effect? {
    var request = QueryRequest(
      generation: asked?.generation ?? 0, run: context.ref, query: query,
      knowledge: knowledge)
    guard request != asked else { return nil }
    request.generation += 1
    asked = request
    awaitsAnswer = true
    return .arrange(request)
  }

  /// The question for the text of the detail pane; nil when it was asked already.
  private mutating func text(of run: Run, _ context: AppContext) -> Effect? {
    // Until the rows of a new table are there, the text of the old one is better than none.
    if selectAgain != nil { return nil }
    let request = subject(of: run, context.window).map {
      DocumentRequest(run: context.ref, subject: $0)
    }
    guard request != wanted else { return nil }
    if document?.request.subject != request?.subject || document?.request.run.index != context.run { document = nil }
    wanted = request
    return request.map { .read($0) }
  }

  private func subject(of run: Run, _ window: HistoryWindow) -> DocumentRequest.Subject? {
    if let openedFile { return .file(openedFile) }
    if let openedCommit { return .commit(openedCommit) }
    if let page = openedPages.last { return .page(page, selectedTest) }
    if let test = selectedTest {
      switch shownTab {
      case .message, .golden: return .message(test)
      case .stack: return .stack(test)
      case .output: return .output(test)
      case .compare: return .comparedOutput(test)
      case .history: return .history(test, window)
      case .runbook: return .runbook(test)
      case .files: return .files(test)
      }
    }
    if let cause = selectedCause { return .cause(cause) }
    return tab == .files ? .files(nil) : logToShow(of: run).map { .file($0) }
  }

  /// The key of the cause whose line the cursor is on.
  var selectedCause: String? {
    guard query.grouping == .cause, case .group(let place) = rows.row(at: cursor.index) else { return nil }
    let group = rows.arrangement.groups[place]
    return group.key == group.title ? nil : group.key
  }

  /// The console log of a run that cannot be believed and has nothing else to show; it opens at its end.
  private func logToShow(of run: Run) -> FileLink? {
    guard !run.info.completeness.isComplete, rows.count == 0, !awaitsAnswer else { return nil }
    return run.info.files.first { $0.kind == .log }.map { FileLink($0) }
  }

  private func goldenChangesOfTest(_ context: AppContext) -> [GoldenChange] {
    guard let test = selectedTest, let run = context.currentRun, let list = goldenList, !list.changes.isEmpty,
      context.isOfCurrentRun(list.run)
    else { return [] }
    let id = run.table.id(of: test)
    return list.changes.filter { $0.testIndex == test || ($0.testIndex == nil && $0.test == id) }
  }
}

// MARK: - What it takes

extension TriageScreen {
  mutating func take(_ event: Event, _ context: AppContext) -> [Reaction] {
    switch event {
    case .arranged(let answer): take(answer, run: context.currentRun)
    case .document(let document): take(document)
    case .goldens(let list): if context.isOfCurrentRun(list.run) { take(list) }
    case .judgement(let judgement): take(judgement, before: context.judgement)
    case .causesChanged: learned()
    case .edited: pagesChanged()
    case .runbookStarted(let path):
      pagesChanged()
      return [.ask(.edit(SourceLocation(file: path, line: nil)))]
    default: break
    }
    return []
  }

  /// Takes an arrangement, unless a newer one was asked for.
  private mutating func take(_ answer: QueryAnswer, run: Run?) {
    guard answer.request.generation == asked?.generation else { return }
    awaitsAnswer = false
    filterProblem = answer.problem
    let again = run.flatMap { selectAgain?.find(among: answer.arrangement.tests, in: $0.table) }
    let selected = again ?? (selectAgain == nil ? selectedTest : nil)
    selectAgain = nil
    let grouping = answer.request.query.grouping
    rows = RowMap(
      answer.arrangement, isGrouped: grouping != .none, collapsesSingles: grouping == .cause, folded: rows.folded)
    if let again { rows.reveal(again) }
    let chosen = listPane.isTouched ? selected : nil
    let start = listPane.isTouched ? min(cursor.index, max(0, rows.count - 1)) : 0
    let row = chosen.flatMap { rows.row(of: $0) } ?? rows.firstTest(from: start)
    moveCursor(to: row ?? 0)
  }

  /// Takes a text, unless another one is wanted by now.
  private mutating func take(_ document: Document) {
    guard document.request == wanted else { return }
    let isSame = self.document?.request.subject == document.request.subject
    self.document = document
    guard !isSame else { return }
    pane = TextPane(wraps: pane.wraps)
    if document.opensAtEnd { settlePane(at: document.lines.count - 1) }
  }

  /// Another run is looked at: nothing of the old one stays but the query.
  mutating func runChanged() {
    listPane.startOver()
    rows = RowMap(folded: rows.folded)
    selectionChanged()
    document = nil
    wanted = nil
    selectAgain = nil
    goldenList = nil
    isJudged = false
    knowsGoldens = false
    decided = DecidedTests()
  }

  /// The table was read anew: places mean other tests, or none, until the new ones are arranged.
  mutating func tableReplaced(_ old: TestTable) {
    if let selectedTest { selectAgain = TestName(selectedTest, in: old) }
    rows = RowMap(folded: rows.folded)
    listPane.unmark()
    isJudged = false
    knowsGoldens = false
    decided = DecidedTests()
  }

  /// The history has spoken: rows and texts that depend on it are asked for again.
  mutating func judged() {
    isJudged = true
    knowledge += 1
    switch wanted?.subject {
    case .message, .history, .comparedOutput, .cause, .runbook, .page: wanted = nil
    case .stack, .output, .files, .file, .commit, nil: break
    }
  }

  /// Something was decided or kept: tests are arranged again, and texts that tell of causes, notes and ticks are read again.
  private mutating func learned() {
    knowledge += 1
    if case .cause = wanted?.subject { wanted = nil }
    pagesChanged()
  }

  /// Other runbooks may be for the test: texts that name them are asked for again.
  private mutating func pagesChanged() {
    switch wanted?.subject {
    case .message, .runbook, .page: wanted = nil
    case .stack, .output, .history, .comparedOutput, .cause, .files, .file, .commit, nil: break
    }
  }

  /// Takes the golden changes: tests that have one can stand together.
  private mutating func take(_ list: GoldenList) {
    goldenList = list
    decided = DecidedTests(list.changes)
    guard !knowsGoldens, !list.changes.isEmpty else { return }
    knowsGoldens = true
    knowledge += 1
    pagesChanged()
  }

  /// Takes what the history says.
  private mutating func take(_ judgement: RunJudgement, before: RunJudgement?) {
    // What takes longer to find comes with a second answer, which leaves the rows as they are.
    let isNews = before?.tests != judgement.tests || !isJudged
    if (judgement.sinceLook != nil) != hasNews {
      hasNews.toggle()
      resize(to: size)
    }
    if isNews { judged() }
  }
}
