import SafeText
import TerminalKit

/// The pane of a screen that takes the keys.
enum PaneFocus: Equatable, Sendable {
  /// The list of rows.
  case list
  /// What is chosen in it.
  case detail
}

/// A person's place in a list screen: the row, the marks, what is typed and looked for, and which pane has the keys.
struct ListPane<ID: Hashable & Sendable>: Equatable, Sendable {
  /// The chosen row, and what is scrolled.
  var cursor = ListCursor()
  /// Whether the person has gone anywhere yet; until then what comes first is the chosen row.
  var isTouched = false
  /// What is marked.
  var marks: Set<ID> = []
  /// The row a range began at.
  var rangeStart: Int?
  /// Which pane takes the keys.
  var focus = PaneFocus.list
  /// Whether the pane with the keys has the screen to itself.
  var isZoomed = false
  /// The line that is being typed; nil when none is.
  var prompt: Prompt?
  /// What `n` and `N` look for in the list.
  var find = ""
  /// What `n` and `N` look for in the other pane.
  var textSearch = ""
  /// The screen, for how far a page goes.
  var size = Size(width: 80, height: 24)

  /// At the top of a list.
  init() {}

  /// Goes back to the top and forgets the marks; what was looked for and the panes stay.
  mutating func startOver() {
    cursor = ListCursor()
    isTouched = false
    unmark()
  }

  /// Takes all marks off, and a range that was begun.
  mutating func unmark() {
    marks = []
    rangeStart = nil
  }

  /// Marks all of these; unmarks them when all were marked; returns what there is to say.
  mutating func toggle(_ ids: [ID]) -> String {
    if ids.allSatisfy(marks.contains) { marks.subtract(ids) } else { marks.formUnion(ids) }
    return marks.isEmpty ? "nothing is marked" : "\(marks.count) marked"
  }

  /// Ends the range that was begun at the cursor's row; begins one and returns nil where none was.
  mutating func endRange() -> ClosedRange<Int>? {
    guard let start = rangeStart else {
      rangeStart = cursor.index
      return nil
    }
    rangeStart = nil
    return min(start, cursor.index)...max(start, cursor.index)
  }

  /// Opens the line for a filter, or for what is looked for.
  mutating func ask(_ purpose: Prompt.Purpose, filter: String) {
    switch purpose {
    case .filter: prompt = Prompt(purpose: purpose, editor: LineEditor(filter), before: filter)
    case .findInList: prompt = Prompt(purpose: purpose, editor: LineEditor(), before: find)
    case .searchText: prompt = Prompt(purpose: purpose, editor: LineEditor(), before: textSearch)
    }
  }
}

/// A way round a list of rows, for jumps.
enum Round {
  /// The next row that is wanted from a row on, around the end.
  ///
  /// - Parameter limit: Rows looked at, so that a key never waits.
  static func next(from row: Int, _ step: Int, count: Int, limit: Int = 200_000, where isWanted: (Int) -> Bool) -> Int?
  {
    var row = row
    for _ in 0..<min(count, limit) {
      row = (row + step + count) % count
      if isWanted(row) { return row }
    }
    return nil
  }
}

extension ByteSearch {
  /// Whether a text holds what is searched for.
  func matches(text: String) -> Bool {
    var text = text
    return text.withUTF8 { matches(UnsafeRawBufferPointer($0)) }
  }
}
