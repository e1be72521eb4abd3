package import TerminalKit

/// The screens, in the order of their numbers.
package enum Screen: String, Sendable, CaseIterable {
  case triage = "Triage"
  case goldens = "Goldens"
  case flakes = "Flakes"
  case runs = "Runs"

  /// The number a person presses.
  var number: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }

  /// The key that leads to it.
  package var key: Key { .character(Character("\(number)")) }
}
