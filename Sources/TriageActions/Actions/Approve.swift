internal import TriageModel

/// The actuals become the goldens: the very bytes that were reviewed, of changes that are wholly known.
package struct Approve: Sendable {
  /// An approval.
  package init() {}

  /// What it does with changes.
  package func plan(_ candidates: [Candidate], _ facts: DecisionFacts, in files: some GoldenFiles) -> Plan {
    var files = files
    var lines: [ApprovalLine] = []
    var held: [HeldBack] = []
    for candidate in candidates {
      if let obstacle = obstacle(candidate, facts) ?? files.put(candidate) {
        held.append(obstacle)
      } else {
        lines.append(facts.line(.approve, candidate))
      }
    }
    return Plan(title: facts.title("approved", lines), writes: files.writes, lines: lines, held: held)
  }

  /// The first thing that stands in the way; what never yields comes first.
  private func obstacle(_ candidate: Candidate, _ facts: DecisionFacts) -> HeldBack? {
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
    if facts.isBulk, !facts.named.contains(.nanBorn), change.isNaNBorn {
      return held(.nanBorn, "numbers are lost: \(change.drift?.proof ?? "")")
    }
    if facts.isBulk, !facts.named.contains(.shape), change.isReshaped {
      return held(.shape, "its shape changed: \(change.summary?.structure.first ?? change.drift?.proof ?? "")")
    }
    if !facts.named.contains(.secrets), !candidate.secrets.isEmpty {
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
