/// How the two sides of a golden change were recovered from what the run left; worst last.
package enum GoldenRecovery: Int, MachineWord, Comparable {
  /// The very bytes lie in the artifacts.
  case exact
  /// Rebuilt from the failure's text, and the text made again from the result was the same.
  case replayed
  /// Rebuilt with gaps, or not proven.
  case partial
  /// Only counts and sizes of the difference are known.
  case statistics
  /// Only that it differs.
  case nothing

  package var word: String { "\(self)" }

  /// How people name it.
  package var name: String {
    switch self {
    case .exact: "exact bytes"
    case .replayed: "replayed and checked"
    case .partial: "partial"
    case .statistics: "statistics only"
    case .nothing: "nothing"
    }
  }

  /// Whether what was recovered may be written as the new golden.
  package var isApprovable: Bool { self <= .replayed }

  package static func < (left: GoldenRecovery, right: GoldenRecovery) -> Bool { left.rawValue < right.rawValue }
}
