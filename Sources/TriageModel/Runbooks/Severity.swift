/// How urgently a failure wants a person, as a runbook says it.
package enum Severity: String, MachineWord, Sendable, Comparable {
  /// Wake somebody.
  case page
  /// Write it down, and go on.
  case ticket
  /// It need not be looked at.
  case ignore

  package static func < (left: Severity, right: Severity) -> Bool { left.strictness < right.strictness }

  private var strictness: Int {
    switch self {
    case .ignore: 0
    case .ticket: 1
    case .page: 2
    }
  }
}
