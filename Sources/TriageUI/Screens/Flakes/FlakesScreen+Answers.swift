import SafeText
import TerminalKit
import TriageMessages
import TriageModel

extension FlakesScreen {
  /// What must be asked: the tests of a window, and the attempt under the cursor; each thing once.
  ///
  /// - Parameters:
  ///   - reading: The reading of the open runs that is in the history by now; 0 for none yet.
  ///   - isLookedAt: Whether the screen is the one that is looked at; else only the count in the header is wanted.
  mutating func questions(_ window: HistoryWindow, reading: Int, isLookedAt: Bool) -> [Effect] {
    var effects: [Effect] = []
    var request = FlakesRequest(generation: asked?.generation ?? 0, window: window, isAll: isAll)
    let isDue = reading > askedAt && (isLookedAt || asked == nil)
    if isDue || (isLookedAt && request != asked) {
      request.generation += 1
      asked = request
      askedAt = reading
      effects.append(.findFlakes(request))
    }
    if isLookedAt, !layout.detail.isEmpty, let question = attemptQuestion() { effects.append(question) }
    return effects
  }

  private mutating func attemptQuestion() -> Effect? {
    guard let selected, let run = selectedRun, selectedOutcome != nil else { return nil }
    let request = AttemptRequest(test: selected.flake.test, run: run.number)
    guard request != askedAttempt else { return nil }
    askedAttempt = request
    return .describe(request)
  }

  /// Whether an answer is still to come.
  var isLooking: Bool { list?.request != asked }

  /// Takes an answer, unless a newer one was asked for; stays on the test and the run.
  mutating func take(_ list: FlakeList) {
    guard list.request == asked else { return }
    let test = selected?.flake.test
    let run = selectedRun?.number
    self.list = list
    marks.formIntersection(list.rows.map(\.flake.test))
    hasOwners = list.rows.contains { $0.flake.owner != nil }
    askedAttempt = nil
    arrange(keeping: test)
    if selected?.flake.test == test, let place = list.runs.firstIndex(where: { $0.number == run }) {
      moveColumn(to: place)
    } else {
      goToNewestFailure()
    }
  }

  /// Goes to the newest run in which the chosen test had a failing attempt: that one is what a person asks about.
  private mutating func goToNewestFailure() {
    guard let selected else { return }
    let place = selected.cells.firstIndex { $0.map { $0.isFailing || $0 == .passedOnRetry } ?? false }
    moveColumn(to: place ?? 0)
  }

  /// Takes what an attempt did, unless another one is looked at by now.
  mutating func take(_ answer: AttemptAnswer) {
    guard answer.request == askedAttempt else { return }
    attempt = answer
    said = answer.text.map { Sanitizer.lines($0).map { Line("  " + $0) } } ?? []
  }

  /// Whether what is known of an attempt is about the one under the cursor.
  var isAttemptKnown: Bool {
    attempt.map { $0.request.test == selected?.flake.test && $0.request.run == selectedRun?.number } ?? false
  }

  /// Chooses the rows anew and stays on a test, else near it.
  mutating func arrange(keeping test: String?) {
    // A filter that is half typed leaves what the last whole one selected.
    if query.problem != nil, prompt?.purpose == .filter { return }
    let all = list?.rows ?? []
    rows = query.places(in: all)
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

  mutating func resize(to size: Size) {
    self.size = size
    moveCursor(to: cursor.index)
    moveColumn(to: column.index)
  }

  mutating func moveCursor(to row: Int) {
    let before = selected?.flake.test
    cursor.move(to: row, count: rows.count, height: layout.list.height)
    guard before != selected?.flake.test else { return }
    pane = TextPane(wraps: pane.wraps)
    goToNewestFailure()
  }

  mutating func moveColumn(to column: Int) {
    let before = self.column.index
    self.column.move(to: column, count: list?.runs.count ?? 0, height: columns.grid.width)
    if before != self.column.index { pane = TextPane(wraps: pane.wraps) }
  }
}
