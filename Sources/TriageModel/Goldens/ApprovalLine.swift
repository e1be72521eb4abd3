/// One line of the ledger: a decision on a golden.
package struct ApprovalLine: Sendable, Equatable {
  /// What was decided.
  package enum Decision: String, Sendable, CaseIterable {
    /// The actual became the golden.
    case approve
    /// This very actual was refused.
    case reject
    /// An earlier line was taken back.
    case undo
  }

  /// A word of its own: two decisions that are alike in all else, in one second, are still two lines.
  package var id: String
  /// What was decided.
  package var decision: Decision
  /// The golden.
  package var location: GoldenLocation
  /// The id of the convention, which knows how to find an entry in its file.
  package var convention: String
  /// The golden before; nil when there was none.
  package var old: ContentHash?
  /// The golden after an approval, the actual that was refused, what an undo left; nil for a deletion.
  package var new: ContentHash?
  /// When.
  package var time: Timestamp
  /// Who: `Name <mail>`.
  package var who: String
  /// Why.
  package var reason: String
  /// The ticket.
  package var ticket: String?
  /// What people call the run.
  package var run: String
  /// The run's commit.
  package var commit: String?
  /// The kind of change (`noise`).
  package var drift: String?
  /// How the actual was recovered (`exact bytes`).
  package var recovery: String?
  /// The hash of the line that an undo takes back.
  package var undoes: ContentHash?

  /// A decision.
  package init(
    _ decision: Decision, _ location: GoldenLocation, convention: String, old: ContentHash?, new: ContentHash?,
    time: Timestamp, who: String, reason: String, run: String
  ) {
    id = Self.freshID
    self.decision = decision
    self.location = location
    self.convention = convention
    self.old = old
    self.new = new
    self.time = time
    self.who = who
    self.reason = reason
    self.run = run
  }

  /// A word that no other line has.
  package static var freshID: String { String(UInt64.random(in: .min ... .max), radix: 36) }
}
