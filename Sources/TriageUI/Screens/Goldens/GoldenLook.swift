import TerminalKit
import TriageModel

extension GoldenState {
  /// The sign in the list.
  var glyph: Character {
    switch self {
    case .pending: "●"
    case .withinTolerance, .setAside: "≈"
    case .new: "+"
    case .deleted: "-"
    case .approved: "✓"
    case .rejected: "✗"
    case .stale: "◷"
    case .nonDeterministic: "‼"
    }
  }

  /// The role that colours it; the sign says the same without colour.
  var role: Role {
    switch self {
    case .pending: .title
    case .withinTolerance, .setAside: .dim
    case .new: .plus
    case .deleted: .minus
    case .approved: .pass
    case .rejected: .fail
    case .stale, .nonDeterministic: .warning
    }
  }

  /// What it means for a person who looks at it.
  var reason: String {
    switch self {
    case .pending: "waits for a decision"
    case .withinTolerance: "the bytes differ, and the test accepts that"
    case .setAside: "differs only in what .assay/config.yaml sets aside; approving writes these bytes all the same"
    case .new: "there was no golden when the run compared"
    case .deleted: "the run says that this golden is not used any more"
    case .approved: "the golden has these bytes by now"
    case .rejected: "this very actual was refused"
    case .stale: "the golden changed since the run; S shows all three sides, and it cannot be approved"
    case .nonDeterministic: "runs or attempts of one commit disagree; it cannot be approved"
    }
  }
}

extension Drift.Kind {
  /// The role that colours it: what breaks, what says something else, what is calm.
  var role: Role {
    switch self {
    case .nanBorn, .shape: .danger
    case .real, .oneSided, .unknown: .warning
    case .clipping, .factor, .offset, .remap, .shift, .permutation: .info
    case .noise, .format, .setAside: .dim
    }
  }
}

extension GoldenRecovery {
  /// What a row says when the bytes themselves do not lie in the artifacts; nil when they do.
  var badge: String? {
    switch self {
    case .exact: nil
    case .replayed: "replayed"
    case .partial: "partial"
    case .statistics: "statistics"
    case .nothing: "not there"
    }
  }
}
