internal import TriageModel

/// The actuals become the goldens: the very bytes that were reviewed, of changes that are wholly known.
package struct Approve: Sendable, Equatable {
  /// Obstacles that the person has named.
  package var named: Set<Obstacle>
  /// Whether many were chosen at once, by a mark or a filter.
  package var isBulk: Bool

  /// An approval.
  package init(named: Set<Obstacle> = [], isBulk: Bool) {
    self.named = named
    self.isBulk = isBulk
  }

  /// What it does with changes.
  package func plan(_ candidates: [Candidate]) -> Plan {
    var plan = Plan()
    for candidate in candidates {
      if let held = obstacle(candidate) { plan.held.append(held) } else { plan.steps += steps(candidate) }
    }
    return plan
  }

  private func steps(_ candidate: Candidate) -> [Step] {
    let place = candidate.change.place
    if let actual = candidate.actual {
      return [.replace(place, expected: candidate.change.currentHash, actual: actual)]
    }
    return candidate.change.currentHash.map { [.remove(place, expected: $0)] } ?? []
  }

  /// The first thing that stands in the way; what never yields comes first.
  private func obstacle(_ candidate: Candidate) -> HeldBack? {
    let change = candidate.change
    func held(_ obstacle: Obstacle, _ reason: String) -> HeldBack {
      HeldBack(place: change.place, obstacle: obstacle, reason: reason)
    }
    if let held = stateObstacle(change).map({ held($0, $1) }) ?? candidate.refusal { return held }
    if candidate.actual == nil, !candidate.isDeletion { return held(.partial, "the run left no actual") }
    if let reviewed = candidate.reviewed, reviewed != candidate.actual {
      return held(.bytes, "the actual is not the one that was reviewed (\(reviewed.short))")
    }
    if candidate.actual != change.actualHash { return held(.bytes, "the actual's bytes changed since it was found") }
    if candidate.actual == change.currentHash { return held(.done, "the golden has these bytes already") }
    if isBulk, !named.contains(.nanBorn), change.isNaNBorn {
      return held(.nanBorn, "numbers are lost: \(change.drift?.proof ?? "")")
    }
    if isBulk, !named.contains(.shape), change.isReshaped {
      return held(.shape, "its shape changed: \(change.summary?.structure.first ?? change.drift?.proof ?? "")")
    }
    if !named.contains(.secrets), !candidate.secrets.isEmpty {
      return held(.secrets, SecretFinding.words(candidate.secrets))
    }
    return nil
  }

  private func stateObstacle(_ change: GoldenChange) -> (Obstacle, String)? {
    switch change.state {
    case .stale: (.stale, "the golden is no longer the one the run compared with")
    case .nonDeterministic: (.nonDeterministic, "runs or attempts of one commit disagree")
    case .approved: (.done, "the golden has these bytes already")
    case .pending, .withinTolerance, .setAside, .new, .deleted, .rejected:
      change.recovery.isApprovable ? nil : (.partial, "the actual is not wholly known (\(change.recovery.name))")
    }
  }
}

extension GoldenChange {
  /// Whether numbers became NaN, infinite or missing, or stand where such values stood.
  fileprivate var isNaNBorn: Bool {
    drift?.kinds.contains(.nanBorn) ?? false || (summary?.nanBorn ?? 0) > 0 || (summary?.regained ?? 0) > 0
  }

  /// Whether its shape, columns or types changed: clauses of structure alone may speak of line ends and spaces too.
  fileprivate var isReshaped: Bool { drift?.kind == .shape }
}
