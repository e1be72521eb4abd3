internal import SafeText
package import TriageModel

/// The actuals become the goldens: the very bytes that were reviewed, of changes that are wholly known.
package struct Approve: GoldenAction {
  /// What it is called and what it asks for.
  package static let description = ActionDescription(
    id: "approve", title: "Approve", verb: "approves", past: "approved", key: "a",
    help: "approve: the marked, else this one or its group", hint: "approve", inputs: [.reason, .ticket],
    includes: [.nanBorn, .shape, .secrets],
    abstract: "Approve golden changes: the very bytes that the run produced become the goldens.",
    discussion: """
      Nothing is run again. Refused are goldens that changed since the run, actuals that are not wholly known, and runs \
      that disagree; --all and --filter also leave out NaN-born and shape changes, and everything that looks like a \
      secret is held, until --include names it. Each decision is one entry of the journal (assay undo) and a line of \
      .assay/approvals.jsonl.
      """)
  /// The actuals become the goldens.
  package static let changesGoldens = true

  /// An approval.
  package init() {}

  /// Why a golden cannot be approved, whatever the reason for it.
  package func refusal(of change: GoldenChange) -> String? {
    if change.state == .stale {
      return "stale: the golden changed since the run; S shows all three, a new run decides"
    }
    if change.state == .nonDeterministic {
      return "non-deterministic: runs of one commit disagree, so none is approved"
    }
    if !change.recovery.isApprovable {
      return "recovered only as “\(change.recovery.name)”: run the test again so that its output is kept"
    }
    return nil
  }

  /// What it would do.
  package func headline(goldens: Int, files: Int) -> String {
    "\(CountText.of(files, "file")) would be written, \(CountText.of(goldens, "golden")): the very bytes of the run"
  }

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
    return Plan(title: facts.title(Self.description.past, lines), writes: files.writes, lines: lines, held: held)
  }

  /// The first thing that stands in the way; what never yields comes first.
  private func obstacle(_ candidate: Candidate, _ facts: DecisionFacts) -> HeldBack? {
    let change = candidate.change
    func held(_ obstacle: Obstacle, _ reason: String) -> HeldBack {
      HeldBack(location: change.location, obstacle: obstacle, reason: reason)
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
