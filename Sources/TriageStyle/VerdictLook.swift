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

extension Outcome {
  /// The role that colours it; the glyph and the letter say the same without colour.
  package var role: Role {
    switch self {
    case .passed: .pass
    case .passedOnRetry: .flaky
    case .failed: .fail
    case .errored: .error
    case .timedOut: .timeout
    case .skipped, .expectedFailure: .skip
    case .unexpectedPass: .warning
    }
  }

  /// A sign that can be told from the others at a glance.
  package var glyph: Character {
    switch self {
    case .passed: "✓"
    case .passedOnRetry: "↻"
    case .failed: "✗"
    case .errored: "‼"
    case .timedOut: "◷"
    case .skipped: "○"
    case .expectedFailure: "◌"
    case .unexpectedPass: "◉"
    }
  }
}
