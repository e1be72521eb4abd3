package import TriageModel

/// Golden changes in groups, worst first; in each the exemplar and the outliers stand first, so that sixty changes after a
/// library's upgrade read as a few. The screen and the command show this one arrangement.
package struct GoldenArrangement: Sendable, Equatable {
  /// Changes that stand together under a title.
  package struct Group: Sendable, Equatable {
    /// What people read: `float noise`; empty when nothing is grouped.
    package var title: String
    /// Places in the list of changes, those to look at first in front.
    package var indices: [Int]
    /// How many of the first deserve a look of their own: the largest change, and those unlike the others.
    package var notable: Int
    /// Whether one proof speaks for all of the group, so that its rest may read as one line.
    package var isCalm: Bool
  }

  /// The groups, worst first where they can be compared, else by title.
  package let groups: [Group]

  /// The number of changes in all groups.
  package var count: Int { groups.reduce(0) { $0 + $1.indices.count } }

  /// Arranges changes; what is no filter selects nothing: what is marked and approved must be what was asked for.
  package init(_ changes: [GoldenChange] = [], by query: GoldenQuery = GoldenQuery()) {
    guard let filter = try? GoldenFilter(parsing: query.filter) else {
      groups = []
      return
    }
    var builder = GroupBuilder<Int>()
    var headings: [String: Heading] = [:]
    for place in filter.positions(in: changes, scope: query.scope) {
      let heading = Heading(of: changes[place], by: query.grouping)
      headings[heading.title] = heading
      builder.add(place, key: heading.title, title: heading.title)
    }
    let ordered = builder.groups.sorted { left, right in
      (headings[left.key]?.rank ?? 0, left.title) < (headings[right.key]?.rank ?? 0, right.title)
    }
    groups = ordered.map { group in
      let sorted = Self.sorted(group.items, of: changes, by: query.order)
      let isCalm = query.filter.isEmpty && headings[group.key]?.isCalm ?? false
      return Group(title: group.title, indices: sorted.places, notable: sorted.notable, isCalm: isCalm)
    }
  }
}

// MARK: - Groups

/// The title that a change stands under, and where among others.
private struct Heading {
  var title: String
  var rank = 0
  var isCalm = false

  init(of change: GoldenChange, by grouping: GoldenQuery.Grouping) {
    switch grouping {
    case .drift:
      let kind = change.drift?.kind
      title = kind?.title ?? "not compared"
      rank = kind?.rank ?? 99
      isCalm = kind?.isRegular ?? false
    case .state:
      title = change.state.rawValue
      rank = GoldenState.allCases.firstIndex(of: change.state) ?? 0
    case .kind: title = change.kind.isEmpty ? "kind not known" : change.kind
    case .folder:
      let parts = change.location.path.split(separator: "/").dropLast()
      title = parts.isEmpty ? "." : parts.joined(separator: "/")
    case .none: title = ""
    }
  }
}

extension Drift.Kind {
  /// Whether one proof speaks for all of the group.
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

// MARK: - The order inside a group

extension GoldenArrangement {
  /// A change this many times as large as the middle one stands out.
  private static let outlierFactor = 10.0
  /// Groups below this size have no middle to stand out from.
  private static let smallestGroup = 4

  /// The sorted places, and how many of the first deserve a look of their own.
  private static func sorted(
    _ places: [Int], of changes: [GoldenChange], by order: GoldenQuery.Order
  ) -> (places: [Int], notable: Int) {
    switch order {
    case .path: (places.ranked { changes[$0].location }, 0)
    case .test: (places.ranked { changes[$0].test }, 0)
    case .size: bySize(places, of: changes)
    }
  }

  private static func bySize(_ places: [Int], of changes: [GoldenChange]) -> (places: [Int], notable: Int) {
    let sorted = places.ranked { -size(of: changes[$0]) }
    guard sorted.count >= smallestGroup else { return (sorted, min(1, sorted.count)) }
    let middle = size(of: changes[sorted[sorted.count / 2]])
    let outliers = sorted.prefix { size(of: changes[$0]) > middle * outlierFactor }.count
    let notable = max(1, min(8, outliers))
    return (sorted.prefix(notable) + sorted.dropFirst(notable).ranked { changes[$0].location }, notable)
  }

  /// How large a change is among those of its kind: the largest relative difference, else the share that changed.
  private static func size(of change: GoldenChange) -> Double {
    guard let summary = change.summary else { return -1 }
    let share = Double(summary.changed + summary.added + summary.removed) / Double(max(1, summary.total))
    guard let relative = summary.maxRelative?.value, !relative.isNaN else { return share }
    return min(relative, 1e300)
  }
}
