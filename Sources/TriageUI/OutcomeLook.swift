import TerminalKit
import TriageModel

extension Outcome {
  /// The role that colours it; the glyph and the letter say the same without colour.
  var role: Role {
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
  var glyph: Character {
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

/// Seconds as a person reads them: `4 ms`, `0.31 s`, `12 s`, `3 min 5 s`.
func durationText(_ seconds: Double) -> String {
  switch seconds {
  case ..<0.0005: return "0 ms"
  case ..<0.1: return "\(Int((seconds * 1000).rounded())) ms"
  case ..<9.95:
    let hundredths = Int((seconds * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) s"
  case ..<100: return "\(Int(seconds.rounded())) s"
  case ..<360_000: return "\(Int(seconds) / 60) min \(Int(seconds) % 60) s"
  default: return "\(Int(min(seconds, 1e9)) / 3600) h"
  }
}

/// A count with its thousands apart: `1,000,000`.
func countText(_ count: Int) -> String {
  var digits = Array(String(abs(count)))
  var place = digits.count - 3
  while place > 0 {
    digits.insert(",", at: place)
    place -= 3
  }
  return (count < 0 ? "-" : "") + String(digits)
}
