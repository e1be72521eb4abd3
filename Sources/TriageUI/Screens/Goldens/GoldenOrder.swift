import TriageModel

/// Sorts the changes of a group so that a person who looks at the first few knows the group.
enum GoldenOrder {
  /// A change this many times as large as the middle one stands out.
  private static let outlierFactor = 10.0
  /// Groups below this size have no middle to stand out from.
  private static let smallestGroup = 4

  /// The sorted places, and how many of the first deserve a look of their own.
  static func sorted(
    _ places: [Int], of changes: [GoldenChange], by order: GoldenQuery.Order
  ) -> (places: [Int], notable: Int) {
    switch order {
    case .path: return (places.sorted { changes[$0].place < changes[$1].place }, 0)
    case .test: return (places.sorted { (changes[$0].test, $0) < (changes[$1].test, $1) }, 0)
    case .size: return bySize(places, of: changes)
    }
  }

  private static func bySize(_ places: [Int], of changes: [GoldenChange]) -> (places: [Int], notable: Int) {
    let sized = places.map { (place: $0, size: size(of: changes[$0])) }.sorted {
      ($1.size, $0.place) < ($0.size, $1.place)
    }
    guard sized.count >= smallestGroup else { return (sized.map(\.place), min(1, sized.count)) }
    let middle = sized[sized.count / 2].size
    let notable = max(1, min(8, sized.prefix { $0.size > middle * outlierFactor }.count))
    let rest = sized.dropFirst(notable).map(\.place).sorted { changes[$0].place < changes[$1].place }
    return (sized.prefix(notable).map(\.place) + rest, notable)
  }

  /// How large a change is among those of its kind: the largest relative difference, else the share that changed.
  private static func size(of change: GoldenChange) -> Double {
    guard let summary = change.summary else { return -1 }
    let share = Double(summary.changed + summary.added + summary.removed) / Double(max(1, summary.total))
    guard let relative = summary.maxRelative?.value, !relative.isNaN else { return share }
    return min(relative, 1e300)
  }
}
