internal import TerminalKit
internal import TriageModel

extension Verdict.Label {
  /// The role that colours it.
  var role: Role {
    switch self {
    case .new: .new
    case .broken, .massFailure: .fail
    case .flaky: .flaky
    case .infra: .warning
    case .fixed, .passing: .pass
    case .muted: .muted
    case .unknown: .dim
    }
  }
}
