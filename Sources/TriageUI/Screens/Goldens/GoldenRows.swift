import TestQueries
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

  struct Group: Equatable {
    var title: String
    /// The changes by their places in the list of all, those to look at first in front.
    var changes: [Int]
    /// How many of the first deserve a look of their own: the largest change, and those unlike the others.
    var notable: Int
    /// Worst first, when groups are compared.
    fileprivate var rank: Int
    /// Whether its rest may read as one line.
    fileprivate var isCalm: Bool

    /// The changes behind those that deserve a look of their own.
    var rest: ArraySlice<Int> { changes.dropFirst(notable) }
  }

  /// A rest of fewer changes is listed.
  private static let smallestRest = 4

  private(set) var groups: [Group] = []
  private(set) var rows: [Row] = []
  private(set) var folded: Set<String> = []
  /// Titles of the groups whose rest is listed.
  private var opened: Set<String> = []
  private(set) var isGrouped = true

  var count: Int { rows.count }

  /// All changes that are shown or folded away.
  var changes: [Int] { groups.flatMap(\.changes) }

  func row(at index: Int) -> Row? { rows.indices.contains(index) ? rows[index] : nil }

  func change(at index: Int) -> Int? {
    if case .change(let change, _) = row(at: index) { change } else { nil }
  }

  /// The changes that a row stands for: its own, its group's, or the rest's.
  func changes(at index: Int) -> [Int] {
    switch row(at: index) {
    case .change(let change, _): [change]
    case .group(let group): groups[group].changes
    case .rest(_, let group): Array(groups[group].rest)
    case nil: []
    }
  }

  func row(of change: Int) -> Int? {
    rows.firstIndex { if case .change(change, _) = $0 { true } else { false } }
  }

  func isFolded(_ group: Int) -> Bool { isGrouped && folded.contains(groups[group].title) }

  /// Lists the rest of a group.
  mutating func openRest(of group: Int) {
    opened.insert(groups[group].title)
    layOut()
  }

  mutating func toggle(_ group: Int) {
    let title = groups[group].title
    if folded.remove(title) == nil { folded.insert(title) }
    layOut()
  }

  mutating func toggleAll() {
    let titles = Set(groups.map(\.title))
    folded = titles.isSubset(of: folded) ? [] : titles
    layOut()
  }

  /// Arranges changes anew; what is folded stays folded.
  mutating func arrange(_ changes: [GoldenChange], by query: GoldenQuery) {
    // What is no filter selects nothing: what is marked and approved must be what was asked for.
    let filter = try? GoldenFilter(parsing: query.filter)
    let showsDecided = query.showsAll || filter?.asksForState ?? false
    let shown = changes.indices.filter {
      (showsDecided || changes[$0].state.isOpen) && filter?.accepts(changes[$0]) ?? false
    }
    isGrouped = query.grouping != .none
    groups = Dictionary(grouping: shown) { Self.heading(of: changes[$0], by: query.grouping) }.map { heading, places in
      let sorted = GoldenOrder.sorted(places, of: changes, by: query.order)
      return Group(
        title: heading.title, changes: sorted.places, notable: sorted.notable, rank: heading.rank,
        isCalm: query.filter.isEmpty && heading.isCalm)
    }
    groups.sort { ($0.rank, $0.title) < ($1.rank, $1.title) }
    layOut()
  }

  private struct Heading: Hashable {
    var title: String
    var rank: Int
    var isCalm = false
  }

  private static func heading(of change: GoldenChange, by grouping: GoldenQuery.Grouping) -> Heading {
    switch grouping {
    case .drift:
      let kind = change.drift?.kind
      return Heading(
        title: kind?.title ?? "not compared", rank: kind?.rank ?? 99, isCalm: kind?.isRegular ?? false)
    case .state:
      return Heading(
        title: change.state.rawValue, rank: GoldenState.allCases.firstIndex(of: change.state) ?? 0)
    case .kind: return Heading(title: change.kind.isEmpty ? "kind not known" : change.kind, rank: 0)
    case .folder:
      let parts = change.place.path.split(separator: "/").dropLast()
      return Heading(title: parts.isEmpty ? "." : parts.joined(separator: "/"), rank: 0)
    case .none: return Heading(title: "", rank: 0)
    }
  }

  private mutating func layOut() {
    rows = []
    for group in groups.indices {
      if isGrouped { rows.append(.group(group)) }
      if isFolded(group) { continue }
      let isWhole =
        !groups[group].isCalm || groups[group].notable == 0 || opened.contains(groups[group].title)
        || groups[group].rest.count < Self.smallestRest
      let listed = isWhole ? groups[group].changes[...] : groups[group].changes.prefix(groups[group].notable)
      rows += listed.map { .change($0, group: group) }
      if !isWhole { rows.append(.rest(groups[group].rest.count, group: group)) }
    }
  }
}

extension Drift.Kind {
  /// Whether one proof speaks for all of the group, so that its rest may read as one line.
  fileprivate var isRegular: Bool {
    switch self {
    case .nanBorn, .shape, .real, .oneSided, .unknown: false
    case .clipping, .factor, .offset, .remap, .shift, .permutation, .noise, .setAside, .format: true
    }
  }

  /// What a person should see first: broken numbers and shapes, then real changes, then the calm ones.
  fileprivate var rank: Int {
    switch self {
    case .nanBorn: 0
    case .shape: 1
    case .real: 2
    case .oneSided: 3
    case .unknown: 4
    case .clipping: 5
    case .factor: 6
    case .offset: 7
    case .remap: 8
    case .shift: 9
    case .permutation: 10
    case .noise: 11
    case .setAside: 12
    case .format: 13
    }
  }
}
