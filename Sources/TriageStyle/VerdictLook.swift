package import TerminalKit
package import TriageModel

extension Verdict.Label {
  /// The role that colours it; the letter and the word say the same without colour.
  package var role: Role {
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
