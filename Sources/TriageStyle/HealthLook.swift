package import TerminalKit
package import TriageModel

extension HealthFigure.State {
  /// The role that colours it; the word says the same without colour.
  package var role: Role {
    switch self {
    case .missed: .fail
    case .unknown: .warning
    case .met: .pass
    case .untargeted: .dim
    }
  }

  /// A sign that can be told from the others at a glance.
  package var glyph: Character {
    switch self {
    case .missed: "✗"
    case .unknown: "?"
    case .met: "✓"
    case .untargeted: "·"
    }
  }

  /// What people read in a narrow column.
  package var label: String { self == .untargeted ? "no target" : rawValue }
}
