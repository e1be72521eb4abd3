import Goldens
import SafeText
import TerminalKit
import TriageMessages
import TriageModel

/// The two sides of a golden that is looked at, in whichever screen: the comparison, the view, and the place in it.
struct PairState: Equatable, Sendable {
  /// What the runtime was asked to compare; nil while no golden is looked at.
  var wanted: ComparisonRequest?
  /// What it found.
  var answer: ComparisonAnswer?
  /// Which two of a stale golden's three are compared.
  var sides = ComparisonRequest.Sides.expectedActual
  /// Whether a picture of the difference is shown instead of the sides.
  var showsDifference = false
  /// Whether text was chosen where the kind has a view of its own.
  var prefersText = false
  /// The array of an archive that is shown.
  var part = 0
  /// Unchanged lines that stay around each difference.
  var context = 3
  /// Whether unchanged rows and columns are left out altogether.
  var showsOnlyChanged = false
  /// Folds that a person has opened, by their first row.
  var opened: Set<Int> = []
  /// The rows of text and tables.
  var rows = PairRows()
  /// The row that keys act on.
  var index = 0
  /// The first row that is seen.
  var offset = 0
  /// Columns scrolled away: characters of a text, columns of a table.
  var column = 0
  /// Whether long lines go on in the next row.
  var wraps = false
  /// What `n` and `N` look for.
  var search = ""
  /// The search that is being typed.
  var prompt: Prompt?
  /// Goldens whose comparison was on the screen, each with the actual that was seen.
  private(set) var displayed: Set<Seen> = []
  /// Where it is drawn.
  var size = Size(width: 80, height: 10)

  /// An actual that was on the screen: a new one has to be looked at again.
  struct Seen: Hashable, Sendable {
    var location: GoldenLocation
    var actual: ContentHash?
  }

  /// From this many columns on the sides stand beside one another.
  static let sideBySideWidth = 118

  /// Whether the sides are shown below one another.
  var isUnified: Bool { size.width < Self.sideBySideWidth }

  /// The comparison that is shown; nil while it is made, and where a side could not be read.
  var comparison: Comparison? { answer?.comparison }

  /// What a person should know of how a golden was compared.
  func remarks(of change: GoldenChange) -> [String] {
    wanted?.golden == change.location ? comparison?.remarks ?? [] : []
  }

  /// The body that the view draws from.
  var body: Comparison.Body { comparison?.body ?? .none }

  /// How the view is called, and the others there are.
  var viewNames: (shown: String, others: [String]) {
    switch body {
    case .text: ("text", prefersText ? ["its own"] : [])
    case .tables: ("table", ["text"])
    case .tree: ("tree", ["text"])
    case .image: showsDifference ? ("difference", ["image"]) : ("image", ["difference"])
    case .bytes: ("bytes", [])
    case .none: ("", [])
    }
  }

  /// The table that is shown.
  var table: TableComparison? {
    guard case .tables(let tables) = body, tables.indices.contains(part) else { return nil }
    return tables[part]
  }

  /// The alignment of what is shown: lines of a text, rows of a table.
  var alignment: Alignment? {
    if case .text(let text) = body { return text.alignment }
    return table?.alignment
  }

  /// The number of rows of what is shown.
  var count: Int {
    switch body {
    case .text, .tables: rows.count
    case .tree(let tree): tree.count
    case .bytes(let bytes): BytesView.rowCount(of: bytes)
    case .image, .none: 0
    }
  }

  /// The rows of the pane that rows of the pair are drawn on.
  var height: Int { max(1, size.height - headRows) }

  /// Rows above: the sides' names, and a table's columns.
  var headRows: Int { table == nil ? 1 : 2 }
}

extension PairState {
  /// Keeps in mind that a comparison was on the screen.
  mutating func remember(_ golden: GoldenChange) {
    guard sides == .expectedActual, answer?.request == wanted, wanted?.golden == golden.location, comparison != nil
    else {
      return
    }
    displayed.insert(Seen(location: golden.location, actual: golden.actualHash))
  }

  /// Whether a change's comparison was on the screen.
  func wasDisplayed(_ change: GoldenChange) -> Bool {
    displayed.contains(Seen(location: change.location, actual: change.actualHash))
  }

  /// The line of a golden that the editor would open.
  func location(of change: GoldenChange) -> SourceLocation {
    SourceLocation(file: change.location.path, line: sourceLine)
  }

  /// The text to copy of the golden that is looked at, made harmless, and what to call it; nil when there is nothing of
  /// the kind.
  func copy(_ subject: CopySubject, of change: GoldenChange) -> (text: String, what: String)? {
    switch subject {
    case .id: return (Sanitizer.line(change.id, limit: .max), "golden id")
    case .location: return (Sanitizer.line(change.location.path, limit: .max), "path")
    case .left, .right, .patch: break
    case .message, .pane, .commit, .handover: return nil
    }
    guard case .text(let text) = body else { return nil }
    func side(_ lines: TextLines) -> String { Sanitizer.output(String(decoding: lines.bytes, as: UTF8.self)) }
    if subject == .left { return (side(text.expected), "expected text") }
    if subject == .right { return (side(text.actual), "actual text") }
    return (Sanitizer.output(PatchText.of(text, path: change.location.path)), "patch")
  }
}
