/// What stands in the way of an action on a golden change; its description says which of it yields when it is named.
package enum Obstacle: String, Sendable, CaseIterable {
  /// What the run produced is not wholly known.
  case partial
  /// The golden is no longer the one the run compared with.
  case stale
  /// Runs or attempts of one commit disagree.
  case nonDeterministic = "non-deterministic"
  /// The golden's place is not one that may be written.
  case place
  /// The bytes are not those that were reviewed.
  case bytes
  /// Nothing is left to decide: the golden has these bytes.
  case done
  /// Numbers became NaN; in bulk only.
  case nanBorn = "nan"
  /// The shape, the columns or the type changed; in bulk only.
  case shape
  /// Added lines look like secrets or personal data.
  case secrets
}
