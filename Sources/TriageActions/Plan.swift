package import TriageModel

/// What an action would do, and what it leaves out.
package struct Plan: Sendable, Equatable {
  /// What is done, in the order of the candidates.
  package var steps: [Step] = []
  /// What is left out.
  package var held: [HeldBack] = []

  /// Nothing.
  package init() {}

  /// The goldens it is carried out on.
  package var places: [GoldenPlace] { steps.map(\.place) }
}
