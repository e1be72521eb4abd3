import Goldens
import TerminalKit
import TriageMessages
import TriageModel

extension PairState {
  /// Looks at a golden: what is asked of the runtime, unless it was asked already.
  mutating func look(at golden: GoldenLocation?, of run: RunRef) -> Effect? {
    if golden != wanted?.golden { begin() }
    let request = golden.map {
      ComparisonRequest(run: run, golden: $0, sides: sides, asText: prefersText)
    }
    guard request != wanted else { return nil }
    wanted = request
    return request.map { .compare($0) }
  }

  /// Another golden is looked at.
  private mutating func begin() {
    answer = nil
    sides = .expectedActual
    prefersText = false
    part = 0
    startOver()
  }

  private mutating func startOver() {
    opened = []
    column = 0
    index = 0
    offset = 0
    rows = PairRows()
  }

  /// Takes a comparison, unless another one is wanted by now.
  mutating func take(_ answer: ComparisonAnswer) {
    guard answer.request == wanted else { return }
    let isSame =
      self.answer?.request.golden == answer.request.golden && self.answer?.request.sides == answer.request.sides
      && self.answer?.request.asText == answer.request.asText
    self.answer = answer
    if isSame { return layOut() }
    startOver()
    part = firstDifferingTable ?? 0
    layOut()
    goToFirst()
  }

  private var firstDifferingTable: Int? {
    guard case .tables(let tables) = body else { return nil }
    return tables.firstIndex { table in
      table.alignment.firstDifference != nil || table.columns.contains { $0.expected == nil || $0.actual == nil }
    }
  }

  private mutating func goToFirst() {
    switch body {
    case .text, .tables: if let row = alignment?.firstDifference { show(aligned: row) }
    case .tree(let tree): if let row = tree.change(from: -1, forward: true) { move(to: row) }
    case .bytes(let bytes): move(to: bytes.firstDifference / BytesView.perRow)
    case .image, .none: break
    }
  }

  /// Makes the rows anew and stays at the same place.
  mutating func layOut() {
    guard let alignment else { return move(to: index) }
    let place = alignedRow
    let context = showsOnlyChanged ? 0 : self.context
    rows = PairRows(alignment, context: context, isUnified: isUnified, opened: opened)
    move(to: place.map { rows.index(of: $0) } ?? 0)
  }

  /// The row of the alignment under the cursor.
  var alignedRow: Int? {
    switch rows.row(at: index) {
    case .aligned(let row, _): row
    case .fold(let range): range.lowerBound
    case nil: nil
    }
  }

  mutating func resize(to size: Size) {
    guard size != self.size else { return }
    self.size = size
    layOut()
  }

  mutating func move(to row: Int) {
    index = max(0, min(row, count - 1))
    if index < offset { offset = index }
    if index >= offset + height { offset = index - height + 1 }
    offset = max(0, min(offset, count - height))
    if wraps { makeRoom() }
  }

  /// Scrolls so far that the cursor's row is seen where the rows before it take several of the screen.
  private mutating func makeRoom() {
    var first = index
    var room = height - rowsTaken(by: index)
    while first > offset {
      room -= rowsTaken(by: first - 1)
      if room < 0 { break }
      first -= 1
    }
    offset = max(offset, first)
  }

  /// The rows of the screen that a wrapped row takes, at most: a byte takes no more than a column.
  private func rowsTaken(by index: Int) -> Int {
    guard case .text(let text) = body, case .aligned(let place, _) = rows.row(at: index),
      let row = text.alignment.row(at: place)
    else { return 1 }
    let longest = max(
      row.expected.map { text.expected.range($0).count } ?? 0, row.actual.map { text.actual.range($0).count } ?? 0)
    let width = max(1, (isUnified ? size.width : size.width / 2) - 16)
    return min(height, 1 + min(longest, LineText.limit) / width)
  }

  /// Goes to a row of the alignment, with a few rows before it in view.
  mutating func show(aligned row: Int) {
    show(rows.index(of: row))
  }

  /// Goes to a row, with a few rows before it in view.
  mutating func show(_ row: Int) {
    if row < offset || row >= offset + height - 1 { offset = max(0, row - min(3, height / 3)) }
    move(to: row)
  }

  /// Carries out a command of the pane; what there is to say when it cannot.
  mutating func perform(_ command: ScreenCommand) -> String? {
    switch command {
    case .move(let motion): move(to: index + motion.distance(page: height))
    case .open: return openFold()
    case .search: prompt = Prompt(purpose: .searchText, editor: LineEditor(), before: search)
    case .nextMatch: return findNext(1)
    case .previousMatch: return findNext(-1)
    case .wrap:
      wraps.toggle()
      column = 0
      move(to: index)
    case .scrollLeft: column = max(0, column - (table == nil ? 8 : 1))
    case .scrollRight: scrollRight()
    case .nextProblem, .previousProblem, .nextPane, .back, .nextTab, .previousTab, .filter, .toggleScope, .foldAll,
      .zoom, .mark, .markRange, .markAll:
      return "this belongs to the list: tab goes there"
    }
    return nil
  }

  private mutating func scrollRight() {
    if let table {
      column = min(column + 1, max(0, TableView.columns(of: table, onlyChanged: showsOnlyChanged).count - 1))
    } else if !wraps {
      column += 8
    }
  }

  /// Whether the row under the cursor stands for rows that are folded away.
  var isOnFold: Bool { if case .fold = rows.row(at: index) { true } else { false } }

  /// The line of the golden under the cursor, as editors count; nil where lines mean nothing.
  var sourceLine: Int? {
    guard case .text(let text) = body, let place = alignedRow else { return nil }
    return text.alignment.row(at: place)?.expected.map { $0 + 1 }
  }

  private mutating func openFold() -> String? {
    guard case .fold(let range) = rows.row(at: index) else { return "nothing is folded here" }
    opened.insert(range.lowerBound)
    let place = index
    layOut()
    move(to: place)
    return nil
  }

  /// Carries out a command about the pair.
  mutating func perform(_ command: PairCommand, of change: GoldenChange?) -> String? {
    switch command {
    case .nextView: return nextView()
    case .nextChange: return goToDifference(forward: true)
    case .previousChange: return goToDifference(forward: false)
    case .worst: return goToWorst()
    case .nextPart: return nextPart()
    case .onlyChanged:
      showsOnlyChanged.toggle()
      column = 0
      layOut()
      return showsOnlyChanged ? "only what changed" : "what changed, and what is around it"
    case .moreContext: return setContext(context + (context < 10 ? 1 : 10))
    case .lessContext: return setContext(context - (context <= 10 ? 1 : 10))
    case .nextSides: return nextSides(of: change)
    }
  }

  private mutating func setContext(_ lines: Int) -> String? {
    context = max(0, min(lines, 1000))
    opened = []
    layOut()
    return "\(context) unchanged rows around each difference"
  }

  private mutating func nextView() -> String? {
    switch body {
    case .image: showsDifference.toggle()
    case .tables, .tree: prefersText = true
    case .text, .bytes, .none:
      guard prefersText else { return "there is no other view of this kind" }
      prefersText = false
    }
    return nil
  }

  private mutating func nextPart() -> String? {
    guard case .tables(let tables) = body, tables.count > 1 else { return "there is only one" }
    part = (part + 1) % tables.count
    startOver()
    layOut()
    goToFirst()
    return nil
  }

  private mutating func nextSides(of change: GoldenChange?) -> String? {
    guard change?.state == .stale else { return "the golden is still the one that the run compared with" }
    let all = ComparisonRequest.Sides.allCases
    sides = all[((all.firstIndex(of: sides) ?? 0) + 1) % all.count]
    return nil
  }
}
