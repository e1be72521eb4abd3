package import TriageModel

/// A filter of golden changes.
package typealias GoldenFilter = ItemFilter<GoldenFields>

/// What can be asked of golden changes.
package enum GoldenFields: FilteredKind {
  /// A change.
  package typealias Item = GoldenChange
  package static let title = "golden changes"
  package static let use = "`assay goldens --filter`, `/` on the Goldens screen"

  package static let words = FilterField<Self>.text("", "the golden's or the test's name has it") { [$0.id, $0.test] }

  package static let fields: [FilterField<Self>] = [
    .choice("drift", "it changed so, or so among others", of: Drift.Kind.self) { change, wanted in
      change.drift?.kinds.contains(where: wanted.contains) ?? false
    },
    .choice("state", "it stands so; `open` waits for a person", states) { $1.contains($0.state) },
    .word("kind", "the golden is of such a kind", among: GoldenWords.kinds) { $0.kind },
    .choice("recovery", "its actual is known so surely", of: GoldenRecovery.self) { $1.contains($0.recovery) },
    .word("convention", "the tool keeps its goldens so", among: GoldenWords.conventions) { $0.convention },
    .text("test", "the test's name has it") { [$0.test] },
    .text("file", "the golden's path has it") { [$0.location.path] },
    .text("warning", "a warning on it has it") { $0.warnings },
  ]

  private static var states: [(FilterChoice, [GoldenState])] {
    FilterField<Self>.words(of: GoldenState.self)
      + [(FilterChoice(word: "open"), GoldenState.allCases.filter(\.isOpen))]
  }
}

extension ItemFilter<GoldenFields> {
  /// Whether it says which states are wanted, so that decided changes may be meant.
  var asksForState: Bool { asks(for: "state") }
}
