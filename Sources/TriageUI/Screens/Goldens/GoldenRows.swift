import ItemQueries
import TriageModel

/// The rows of the list of goldens: groups and, where they are not folded, their changes.
struct GoldenRows: Equatable {
  enum Row: Equatable {
    case group(Int)
    /// A change by its place in the list of all.
    case change(Int, group: Int)
    /// The calm rest of a group, which reads as one line until a person opens it: how many.
    case rest(Int, group: Int)
  }

  /// A rest of fewer changes is listed.
  private static let smallestRest = 4

  private var arrangement = GoldenArrangement()
  private var rows = FoldedRows<String>()
  /// Titles of the groups whose rest is listed.
  private var opened: Set<String> = []
  private(set) var isGrouped = true

  var groups: [GoldenArrangement.Group] { arrangement.groups }

  var count: Int { rows.count }

  /// All changes that are shown or folded away.
  var changes: [Int] { groups.flatMap(\.indices) }

  func row(at index: Int) -> Row? {
    switch rows.row(at: index) {
    case .heading(let group): .group(group)
    case .item(let place, let group): .change(groups[group].indices[place], group: group)
    case .rest(let group): .rest(groups[group].rest.count, group: group)
    case nil: nil
    }
  }

  func change(at index: Int) -> Int? {
    if case .change(let change, _) = row(at: index) { change } else { nil }
  }

  /// The changes that a row stands for: its own, its group's, or the rest's.
  func changes(at index: Int) -> [Int] {
    switch row(at: index) {
    case .change(let change, _): [change]
    case .group(let group): groups[group].indices
    case .rest(_, let group): Array(groups[group].rest)
    case nil: []
    }
  }

  func row(of change: Int) -> Int? {
    for (group, places) in groups.map(\.indices).enumerated() {
      if let place = places.firstIndex(of: change) { return rows.row(of: place, in: group) }
    }
    return nil
  }

  func isFolded(_ group: Int) -> Bool { rows.isFolded(group) }

  /// Shows a change that is folded away or one of a rest; false where it is in no group.
  mutating func reveal(_ change: Int) -> Bool {
    guard let group = groups.firstIndex(where: { $0.indices.contains(change) }) else { return false }
    if rows.isFolded(group) { rows.toggle(group) }
    if row(of: change) == nil { openRest(of: group) }
    return true
  }

  /// Lists the rest of a group.
  mutating func openRest(of group: Int) {
    opened.insert(groups[group].title)
    layOut()
  }

  mutating func toggle(_ group: Int) { rows.toggle(group) }

  mutating func toggleAll() { rows.toggleAll() }

  /// Arranges changes anew; what is folded stays folded.
  mutating func arrange(_ changes: [GoldenChange], by query: GoldenQuery) {
    isGrouped = query.grouping != .none
    arrangement = GoldenArrangement(changes, by: query)
    layOut()
  }

  private mutating func layOut() {
    rows.set(
      groups.map { group in
        let isWhole =
          !group.isCalm || group.notable == 0 || opened.contains(group.title) || group.rest.count < Self.smallestRest
        return FoldedRows.Group(
          key: group.title, count: group.indices.count, hasHeading: isGrouped, listed: isWhole ? nil : group.notable)
      })
  }
}

extension GoldenArrangement.Group {
  /// The changes behind those that deserve a look of their own.
  var rest: ArraySlice<Int> { indices.dropFirst(notable) }
}
