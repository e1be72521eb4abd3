internal import TriageModel

/// These very actuals are refused: nothing is written but the note of it, and another actual comes back for review.
package struct Reject: GoldenAction {
  /// What it is called and what it asks for.
  package static let description = ActionDescription(
    id: "reject", title: "Reject", verb: "rejects", past: "rejected", key: "x",
    help: "reject: the marked, else this one or its group", hint: "reject", inputs: [.reason, .ticket],
    abstract: "Reject golden changes: these very actuals are refused; another one comes back for review.",
    discussion: "No golden is changed and nothing is deleted: the refusal is a line of .assay/approvals.jsonl.")

  /// A refusal.
  package init() {}

  /// What it would do.
  package func headline(goldens: Int, files: Int) -> String {
    "\(CountText.of(goldens, "golden")) would be refused with these actuals; no golden is changed"
  }

  /// What it does with changes.
  package func plan(_ candidates: [Candidate], _ facts: DecisionFacts, in files: some GoldenFiles) -> Plan {
    var lines: [ApprovalLine] = []
    var held: [HeldBack] = []
    for candidate in candidates {
      if let obstacle = obstacle(candidate) {
        held.append(obstacle)
      } else {
        lines.append(facts.line(.reject, candidate))
      }
    }
    return Plan(title: facts.title(Self.description.past, lines), writes: [], lines: lines, held: held)
  }

  private func obstacle(_ candidate: Candidate) -> HeldBack? {
    let change = candidate.change
    func held(_ obstacle: Obstacle, _ reason: String) -> HeldBack {
      HeldBack(location: change.location, obstacle: obstacle, reason: reason)
    }
    if change.state == .approved { return held(.done, "the golden has these bytes already") }
    if change.state == .rejected { return held(.done, "this actual was refused before") }
    if candidate.actual == nil, !candidate.isDeletion {
      return held(.partial, "the run left no actual that a refusal could be bound to")
    }
    if let reviewed = candidate.reviewed, reviewed != candidate.actual {
      return held(.bytes, "the actual is not the one that was reviewed (\(reviewed.short))")
    }
    return nil
  }
}
