package import TriageModel

/// What a decision on goldens is made with: who, when and why, of which run, and what was named.
package struct DecisionFacts: Sendable, Equatable {
  /// Who decides: `Name <mail>`.
  package var who: String
  /// When.
  package var time: Timestamp
  /// Why.
  package var reason = ""
  /// The ticket.
  package var ticket: String?
  /// What people call the run.
  package var run = ""
  /// The run's commit.
  package var commit: String?
  /// Obstacles that the person has named.
  package var named: Set<Obstacle> = []
  /// Whether many were chosen at once, by a mark or a filter.
  package var isBulk = false

  /// A decision of somebody.
  package init(who: String, time: Timestamp) {
    self.who = who
    self.time = time
  }

  /// The ledger's line on a golden.
  func line(_ decision: ApprovalLine.Decision, _ candidate: Candidate) -> ApprovalLine {
    let change = candidate.change
    var line = ApprovalLine(
      decision, change.location, convention: change.convention, old: change.currentHash, new: candidate.actual,
      time: time, who: who, reason: reason, run: run)
    line.commit = commit
    line.ticket = ticket
    line.drift = change.drift?.kind.word
    line.recovery = change.recovery.word
    return line
  }

  /// The journal's line: `approved a.csv: "meant"`.
  func title(_ verb: String, _ lines: [ApprovalLine]) -> String {
    let what = lines.count == 1 ? "\(lines[0].location)" : "\(lines.count) goldens"
    return "\(verb) \(what): \"\(reason)\""
  }
}

/// The repository's files with the goldens that are put into them: a file of several goldens is written once.
package protocol GoldenFiles {
  /// Puts the actual of a golden into its file; why it cannot be written, when it cannot.
  mutating func put(_ candidate: Candidate) -> HeldBack?
  /// The files, in the order they came.
  var writes: [FileWrite] { get }
}
