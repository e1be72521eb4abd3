package import TerminalKit
import TestQueries
package import TriageMessages
package import TriageModel
package import TriageStyle

/// The Triage screen: tests in groups on one side, what the selected one said on the other.
package struct TriageState: Equatable, Sendable {
  /// The pane that takes the keys.
  package enum Focus: Equatable, Sendable {
    case list
    case detail
  }

  /// The views of the selected test.
  package enum Tab: String, Equatable, Sendable, CaseIterable {
    case message = "Message"
    case stack = "Stack"
    case output = "Output"
    case compare = "Compare"
    case golden = "Golden"
    case history = "History"
    case files = "Files"
  }

  // What is shown.
  /// Which tests are shown, and how.
  package var query = Query()
  /// The rows of the list.
  package internal(set) var rows = RowMap()
  /// What is wrong with the filter that is being typed.
  package internal(set) var filterProblem: String?
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
  /// Whether the person has gone anywhere yet; until then the first test is the chosen one.
  var isTouched = false
  // Where the person is.
  /// The chosen row, and what is scrolled.
  package internal(set) var cursor = ListCursor()
  /// Which pane takes the keys.
  package internal(set) var focus = Focus.list
  /// Whether the pane with the keys has the screen to itself.
  package internal(set) var isZoomed = false
  /// The tab of the detail.
  package internal(set) var tab = Tab.message
  /// The line that is being typed; nil when none is.
  package internal(set) var prompt: Prompt?
  /// What `n` and `N` look for in the list.
  package internal(set) var find = ""
  // Marks.
  /// The marked tests.
  package internal(set) var marks: Set<TestIndex> = []
  /// The row a range began at.
  package internal(set) var rangeStart: Int?
  // The text of the detail pane.
  /// The text in the detail pane.
  package internal(set) var document: Document?
  var wanted: DocumentRequest?
  /// How the text is scrolled.
  package internal(set) var pane = TextPane()
  /// What `n` and `N` look for in the text.
  package internal(set) var textSearch = ""
  /// The golden changes of the chosen test; the Golden tab is there when there are any.
  var goldens: [GoldenChange] = []
  /// Which of them is looked at.
  var goldenPlace = 0
  /// The tests whose goldens were decided on.
  var decided = DecidedTests()
  /// Whether the chosen test said anything that another run's words can be compared with.
  var hasWords = false
  /// A file of the run that is looked at instead of the list of files.
  package internal(set) var openedFile: FileLink?
  /// A commit that is looked at instead of the text that names it.
  package internal(set) var openedCommit: CommitLink?
  // The screen, for how far a page goes.
  var size = Size(width: 80, height: 24)
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

  /// The screen before anything is known.
  package init() {}

  /// What a command of this screen asks of the application.
  enum Reaction: Equatable {
    case done
    case say(String)
    case edit(SourceLocation)
    /// Look at this run, if it is open.
    case select(RunIdentity)
  }

  /// The test under the cursor; nil on a group's line or an empty list.
  package var selectedTest: TestIndex? { rows.test(at: cursor.index) }
}

extension TriageState {
  /// The question for the tests to show; nil when it was asked already.
  mutating func question(run: Int, revision: Int) -> Effect? {
    let generation = asked?.generation ?? 0
    var request = QueryRequest(
      generation: generation, run: run, revision: revision, query: query, knowledge: knowledge)
    guard request != asked else { return nil }
    request.generation += 1
    asked = request
    awaitsAnswer = true
    return .arrange(request)
  }

  /// Takes an arrangement, unless a newer one was asked for.
  mutating func take(_ answer: QueryAnswer, run: Run?) {
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
    let chosen = isTouched ? selected : nil
    let start = isTouched ? min(cursor.index, max(0, rows.count - 1)) : 0
    let row = chosen.flatMap { rows.row(of: $0) } ?? rows.firstTest(from: start)
    moveCursor(to: row ?? 0)
  }

  /// Takes a text, unless another one is wanted by now.
  mutating func take(_ document: Document) {
    guard document.request == wanted else { return }
    let isSame = self.document?.request.subject == document.request.subject
    self.document = document
    guard !isSame else { return }
    pane = TextPane(wraps: pane.wraps)
    if document.opensAtEnd { pane.move(to: document.lines.count - 1, in: document.lines, size: layout.textSize) }
  }

  /// Another run is looked at: nothing of the old one stays but the query.
  mutating func runChanged() {
    rows = RowMap(folded: rows.folded)
    cursor = ListCursor()
    marks = []
    rangeStart = nil
    openedFile = nil
    openedCommit = nil
    document = nil
    wanted = nil
    selectAgain = nil
    isTouched = false
    isJudged = false
    knowsGoldens = false
    decided = DecidedTests()
  }

  /// The table was read anew: places mean other tests, or none, until the new ones are arranged.
  mutating func tableReplaced(_ old: TestTable) {
    if let selectedTest { selectAgain = TestName(selectedTest, in: old) }
    rows = RowMap(folded: rows.folded)
    marks = []
    rangeStart = nil
    isJudged = false
    knowsGoldens = false
    decided = DecidedTests()
  }

  /// The history has spoken: rows and texts that depend on it are asked for again.
  mutating func judged() {
    isJudged = true
    knowledge += 1
    switch wanted?.subject {
    case .message, .history, .comparedOutput, .cause: wanted = nil
    case .stack, .output, .files, .file, .commit, nil: break
    }
  }

  /// Something new was learned of the tests: they are arranged again, and what is said of a cause is read again.
  mutating func learned() {
    knowledge += 1
    if case .cause = wanted?.subject { wanted = nil }
  }

  /// The golden changes are known: tests that have one can stand together.
  mutating func goldensFound() {
    guard !knowsGoldens else { return }
    knowsGoldens = true
    knowledge += 1
  }

  mutating func resize(to size: Size) {
    self.size = size
    moveCursor(to: cursor.index)
    if let document { pane.move(to: pane.line, in: document.lines, size: layout.textSize) }
  }

  mutating func moveCursor(to row: Int) {
    let before = selectedTest
    cursor.move(to: row, count: rows.count, height: layout.list.height)
    if before != selectedTest {
      openedFile = nil
      openedCommit = nil
    }
  }
}

extension AppState {
  /// What must be fetched so that the screen shows what it should; each thing is asked for once.
  mutating func wants() -> [Effect] {
    guard let current = currentRun else { return [] }
    triage.hasWords = triage.selectedTest.map { current.table.hasWords($0) } ?? false
    let question = triage.question(run: run, revision: runs.revision)
    return [question, text(of: current)].compactMap(\.self) + wantsOfGoldens() + wantsOfHistory()
  }

  /// The question for the text of the detail pane; nil when it was asked already.
  private mutating func text(of current: Run) -> Effect? {
    // Until the rows of a new table are there, the text of the old one is better than none.
    if triage.selectAgain != nil { return nil }
    let subject: DocumentRequest.Subject? =
      if let file = triage.openedFile {
        .file(file)
      } else if let commit = triage.openedCommit {
        .commit(commit)
      } else if let test = triage.selectedTest {
        switch triage.shownTab {
        case .message, .golden: .message(test)
        case .stack: .stack(test)
        case .output: .output(test)
        case .compare: .comparedOutput(test)
        case .history: .history(test, window)
        case .files: .files(test)
        }
      } else if let cause = triage.selectedCause {
        .cause(cause)
      } else if triage.tab == .files {
        .files(nil)
      } else if let log = triage.logToShow(of: current) {
        .file(log)
      } else {
        nil
      }
    let request = subject.map { DocumentRequest(run: run, revision: runs.revision, subject: $0) }
    guard request != triage.wanted else { return nil }
    if triage.document?.request.subject != request?.subject || triage.document?.request.run != run {
      triage.document = nil
    }
    triage.wanted = request
    return request.map { .read($0) }
  }
}

extension TriageState {
  /// The key of the cause whose line the cursor is on.
  var selectedCause: String? {
    guard query.grouping == .cause, case .group(let place) = rows.row(at: cursor.index) else { return nil }
    let group = rows.arrangement.groups[place]
    return group.key == group.title ? nil : group.key
  }

  /// The console log of a run that cannot be believed and has nothing else to show; it opens at its end.
  func logToShow(of run: Run) -> FileLink? {
    guard !run.info.completeness.isComplete, rows.count == 0, !awaitsAnswer else { return nil }
    return run.info.files.first { $0.kind == .log }.map { FileLink($0) }
  }
}
