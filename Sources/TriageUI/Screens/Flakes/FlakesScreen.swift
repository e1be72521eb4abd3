package import TerminalKit
package import TriageMessages
import TriageModel

/// The Flakes screen: unsteady tests by what they cost, what each did in each run, and the attempt under the cursor.
package struct FlakesScreen: Equatable, Sendable {
  /// The pane that takes the keys.
  package enum Focus: Equatable, Sendable {
    case list
    case attempt
  }

  // What is shown.
  /// What is known of the window.
  package internal(set) var list: FlakeList?
  /// The newest question.
  var asked: FlakesRequest?
  /// The reading of the open runs that was in the history when it was asked.
  var askedAt = 0
  /// Whether all tests that failed or were retried are shown.
  package internal(set) var isAll = false
  /// Which of them are shown, and in what order.
  package internal(set) var query = FlakeQuery()
  /// The rows that are shown, by their places in the list of all.
  var rows: [Int] = []
  /// What decides about the columns.
  var nameWidths = FlakeColumns.NameWidths()
  var hasOwners = false
  // Where the person is.
  /// The chosen row, and what is scrolled.
  package internal(set) var cursor = ListCursor()
  /// The chosen run, by its place in the list's runs, and what is scrolled to the side.
  package internal(set) var column = ListCursor()
  /// Which pane takes the keys.
  package internal(set) var focus = Focus.list
  /// Whether the pane with the keys has the screen to itself.
  package internal(set) var isZoomed = false
  /// The line that is being typed; nil when none is.
  package internal(set) var prompt: Prompt?
  /// What `n` and `N` look for in the list.
  package internal(set) var find = ""
  // Marks.
  /// The names of the marked tests.
  package internal(set) var marks: Set<String> = []
  /// The row a range began at.
  package internal(set) var rangeStart: Int?
  // The attempt under the cursor.
  /// The newest question for an attempt.
  var askedAttempt: AttemptRequest?
  /// What the history says of the attempt under the cursor.
  package internal(set) var attempt: AttemptAnswer?
  /// What it said, ready to draw.
  var said: [Line] = []
  /// How its text is scrolled.
  package internal(set) var pane = TextPane()
  /// What `n` and `N` look for in the text.
  package internal(set) var textSearch = ""
  // The screen, for how far a page goes.
  var size = Size(width: 80, height: 24)

  /// The screen before anything is known.
  package init() {}

  /// The row under the cursor; nil when none is shown.
  var selected: FlakeList.Row? { row(at: cursor.index) }

  /// The run under the cursor; nil when there is none.
  var selectedRun: RunRecord? {
    guard let runs = list?.runs, runs.indices.contains(column.index) else { return nil }
    return runs[column.index]
  }

  /// How the chosen test ended in the chosen run; nil when it was not part of it.
  var selectedOutcome: Outcome? { selected.flatMap { Self.cell($0, column.index) } }

  /// Where the chosen test lies, with the line that the attempt under the cursor names in that file.
  var location: SourceLocation? {
    guard let location = selected?.flake.location else { return nil }
    guard isAttemptKnown, let text = attempt?.text, let place = text.ranges(of: location.file + ":").last else {
      return location
    }
    return SourceLocation(file: location.file, line: Int(text[place.upperBound...].prefix(while: \.isNumber)))
  }

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
