package import TriageModel

/// Golden changes in groups of one kind of drift, worst first; in each the exemplar and the outliers stand first, so that
/// sixty changes after a library's upgrade read as a few.
package struct GoldenArrangement: Sendable, Equatable {
  /// Changes of one kind of drift.
  package struct Group: Sendable, Equatable {
    /// The kind; nil for those that are not compared yet.
    package var kind: Drift.Kind?
    /// What people read: `float noise`.
    package var title: String
    /// Places in the list of changes, the largest change first.
    package var places: [Int]
  }

  /// The groups, worst first.
  package let groups: [Group]

  /// The number of changes in all groups.
  package var count: Int { groups.reduce(0) { $0 + $1.places.count } }

  /// Arranges changes.
  ///
  /// - Parameter isOpenOnly: Whether those that are decided are left out; a filter for a state asks for them all the same.
  package init(changes: [GoldenChange], filter: GoldenFilter = .all, isOpenOnly: Bool = false) {
    let leavesOut = isOpenOnly && !filter.asksForState
    let places = changes.indices.filter {
      (!leavesOut || changes[$0].state.isOpen) && filter.accepts(changes[$0])
    }
    let kinds = Dictionary(grouping: places) { changes[$0].drift?.kind }
    groups = kinds.sorted { Self.rank($0.key) < Self.rank($1.key) }.map { kind, places in
      Group(
        kind: kind, title: kind?.title ?? "not compared",
        places: places.sorted { Self.isBefore(changes[$0], changes[$1]) })
    }
  }

  /// The worst first; what is not compared yet at the end.
  private static func rank(_ kind: Drift.Kind?) -> Int {
    guard let kind, let place = Drift.Kind.allCases.firstIndex(of: kind) else { return .max }
    return kind == .unknown ? -1 : Drift.Kind.allCases.count - place
  }

  /// Whether a change is the larger one: by its largest relative difference, then by the share that changed.
  private static func isBefore(_ left: GoldenChange, _ right: GoldenChange) -> Bool {
    let sizes = (left.size, right.size)
    if sizes.0 != sizes.1 { return sizes.0 > sizes.1 }
    return left.place < right.place
  }
}

extension GoldenChange {
  /// How large the change is, to be compared with others of its kind of drift only.
  fileprivate var size: Double {
    guard let summary else { return 0 }
    let share = summary.total == 0 ? 0 : Double(summary.changed) / Double(summary.total)
    let extreme = summary.maxRelative?.value ?? 0
    return (extreme.isNaN ? 0 : extreme) + share * 1e-6
  }
}
