package import TriageModel

/// Which golden changes are shown, and how.
package struct GoldenQuery: Equatable, Sendable {
  /// What they are grouped by.
  package enum Grouping: String, Sendable, CaseIterable {
    case drift
    case state
    case kind
    case folder
    case none
  }

  /// What they are sorted by inside a group.
  package enum Order: String, Sendable, CaseIterable {
    /// The largest change first, then those that stand out, then the rest by path.
    case size
    case path
    case test
  }

  /// Which of them are looked at; a filter for a state looks at all.
  package enum Scope: Sendable {
    /// Those that wait for a person.
    case open
    /// Those that neither a person nor the repository has settled.
    case undecided
    case all
  }

  /// Which of them are looked at.
  package var scope = Scope.open
  /// Words and `field:text` terms; empty shows all.
  package var filter = ""
  /// What they are grouped by.
  package var grouping = Grouping.drift
  /// What they are sorted by inside a group.
  package var order = Order.size

  /// The open ones, by drift.
  package init(scope: Scope = .open, filter: String = "") {
    self.scope = scope
    self.filter = filter
  }
}

extension GoldenFilter {
  /// The positions of the changes that are looked at and satisfy the filter; one that asks for a state looks at all.
  package func positions(in changes: [GoldenChange], scope: GoldenQuery.Scope) -> [Int] {
    let positions = positions(in: changes)
    return asksForState ? positions : positions.filter { scope.holds(changes[$0].state) }
  }
}

extension GoldenQuery.Scope {
  fileprivate func holds(_ state: GoldenState) -> Bool {
    switch self {
    case .open: state.isOpen
    case .undecided: !state.isDecided
    case .all: true
    }
  }
}
