package import TerminalKit
import TestQueries
package import TriageMessages
package import TriageModel

/// The Goldens screen: changes in groups on one side, the chosen one's two sides on the other.
package struct GoldensScreen: Equatable, Sendable {
  /// The pane that takes the keys.
  package enum Focus: Equatable, Sendable {
    case list
    case pair
  }

  /// The golden changes of the run that is looked at; nil until the first are known.
  package internal(set) var list: GoldenList?
  /// The run and the revision that were asked about.
  var asked: Effect?
  /// Which changes are shown, and how.
  package var query = GoldenQuery()
  /// The rows of the list.
  var rows = GoldenRows()
  /// What is wrong with the filter.
  package internal(set) var filterProblem: String?
  /// The chosen row, and what is scrolled.
  package internal(set) var cursor = ListCursor()
  /// Whether the person has been in the list; until then the cursor stays on what comes first.
  var isTouched = false
  /// Which pane takes the keys.
  package internal(set) var focus = Focus.list
  /// Whether the pane with the keys has the screen to itself.
  package internal(set) var isZoomed = false
  /// The line that is being typed; nil when none is.
  package internal(set) var prompt: Prompt?
  /// What `n` and `N` look for in the list.
  package internal(set) var find = ""
  /// The marked goldens.
  package internal(set) var marks: Set<GoldenPlace> = []
  /// The row a range began at.
  package internal(set) var rangeStart: Int?
  /// Goldens whose comparison was on the screen, each with the actual that was seen.
  package internal(set) var displayed: Set<Seen> = []
  var size = Size(width: 80, height: 24)

  /// An actual that was on the screen: a new one has to be looked at again.
  package struct Seen: Hashable, Sendable {
    var place: GoldenPlace
    var actual: ContentHash?
  }

  /// The screen before anything is known.
  package init() {}

  /// All changes, those that are decided too.
  package var changes: [GoldenChange] { list?.changes ?? [] }

  /// The change under the cursor; nil on a group's line or an empty list.
  package var selected: GoldenChange? { rows.change(at: cursor.index).map { changes[$0] } }

  /// How many wait for a person.
  package var openCount: Int { changes.count { $0.state.isOpen } }

  /// Whether a change's comparison was on the screen.
  func wasDisplayed(_ change: GoldenChange) -> Bool {
    displayed.contains(Seen(place: change.place, actual: change.actualHash))
  }
}

extension GoldensScreen {
  /// Takes the changes of the run that is looked at.
  mutating func take(_ list: GoldenList) {
    let selected = isTouched ? self.selected?.place : nil
    if !isTouched { cursor = ListCursor() }
    self.list = list
    let known = Set(list.changes.map(\.place))
    marks.formIntersection(known)
    arrange(keeping: selected)
  }

  /// Arranges the list anew and stays on a golden, else near it.
  mutating func arrange(keeping place: GoldenPlace?) {
    let row = cursor.index
    filterProblem = Self.problem(of: query.filter)
    // A filter that is half typed leaves what the last whole one selected.
    if filterProblem != nil, prompt?.purpose == .filter { return }
    rows.arrange(changes, by: query)
    let again = place.flatMap { place in changes.firstIndex { $0.place == place } }.flatMap { rows.row(of: $0) }
    moveCursor(to: again ?? firstChange(from: row) ?? row)
  }

  /// Another run is looked at: nothing of the old one stays but the query.
  mutating func runChanged() {
    list = nil
    asked = nil
    rows.arrange([], by: query)
    cursor = ListCursor()
    isTouched = false
    marks = []
    rangeStart = nil
  }

  mutating func resize(to size: Size) {
    self.size = size
    moveCursor(to: cursor.index)
  }

  mutating func moveCursor(to row: Int) {
    cursor.move(to: row, count: rows.count, height: layout.list.height)
  }

  /// Goes to a golden, showing all when it is hidden.
  mutating func select(_ place: GoldenPlace) {
    isTouched = true
    guard let change = changes.firstIndex(where: { $0.place == place }) else { return }
    if let group = rows.groups.firstIndex(where: { $0.changes.contains(change) }), rows.isFolded(group) {
      rows.toggle(group)
    }
    if rows.row(of: change) == nil, let group = rows.groups.firstIndex(where: { $0.changes.contains(change) }) {
      rows.openRest(of: group)
    }
    if rows.row(of: change) == nil {
      query.showsAll = true
      query.filter = ""
      rows.arrange(changes, by: query)
    }
    if let row = rows.row(of: change) { moveCursor(to: row) }
  }

  /// How many of the goldens stand out in their group, or stand for it, and were never on the screen.
  func unseenOutliers(among places: Set<GoldenPlace>) -> Int {
    guard places.count > 1 else { return 0 }
    return rows.groups.flatMap { $0.changes.prefix($0.notable) }.count { change in
      places.contains(changes[change].place) && !wasDisplayed(changes[change])
    }
  }

  /// Goes to the next golden that is still to be decided, before those that were decided leave the list.
  mutating func moveOn(past done: Set<GoldenPlace>) {
    guard let selected, done.contains(selected.place) else { return }
    let rows = Array(cursor.index..<self.rows.count) + (0..<cursor.index).reversed()
    let next = rows.first { row in self.rows.change(at: row).map { !done.contains(changes[$0].place) } ?? false }
    if let next { moveCursor(to: next) }
  }

  private func firstChange(from start: Int) -> Int? {
    let start = min(max(0, start), max(0, rows.count - 1))
    return (start..<max(start, rows.count)).first { rows.change(at: $0) != nil }
      ?? (0..<start).reversed().first { rows.change(at: $0) != nil }
  }

  /// What a decision is about: the marked, else the row, else its group.
  var subjects: [GoldenChange] {
    if !marks.isEmpty { return changes.filter { marks.contains($0.place) } }
    return rows.changes(at: cursor.index).map { changes[$0] }
  }

  /// What is wrong with a filter, as a sentence; nil when nothing is.
  private static func problem(of filter: String) -> String? {
    do throws(FilterError) {
      _ = try GoldenFilter(parsing: filter)
      return nil
    } catch {
      return "\(error)"
    }
  }
}
