/// Where a golden change stands.
package enum GoldenState: String, MachineWord {
  /// It waits for a decision.
  case pending
  /// The bytes differ, and the test accepts that.
  case withinTolerance = "within tolerance"
  /// The bytes differ only in what the repository's rules set aside.
  case setAside = "set aside"
  /// There was no golden when the run compared.
  case new
  /// The run says that the golden is not used any more.
  case deleted
  /// The golden has the actual's bytes by now.
  case approved
  /// A person has refused this very actual.
  case rejected
  /// The golden is no longer the one the run compared with.
  case stale
  /// Runs or attempts of one commit with the same labels disagree.
  case nonDeterministic = "non-deterministic"

  /// Whether a person has still to decide.
  package var isOpen: Bool {
    switch self {
    case .pending, .new, .deleted, .stale, .nonDeterministic: true
    case .withinTolerance, .setAside, .approved, .rejected: false
    }
  }

  /// Whether a person or the repository has settled it.
  package var isDecided: Bool {
    switch self {
    case .approved, .rejected: true
    case .pending, .new, .deleted, .stale, .nonDeterministic, .withinTolerance, .setAside: false
    }
  }
}
