package import TriageModel

/// A filter of flaky tests.
package typealias FlakeFilter = ItemFilter<FlakeFields>

/// What can be asked of flaky tests.
package enum FlakeFields: FilteredKind {
  /// A test with its figures.
  package typealias Item = FlakyTest
  package static let title = "flaky tests"
  package static let use = "`/` on the Flakes screen"

  package static let words = FilterField<Self>.text("", "the test's name or its owner has it") { [$0.test, $0.owner] }

  package static let fields: [FilterField<Self>] = [
    .choice("verdict", "the history says so of it", of: Verdict.Label.self) { $2.contains($0.verdict.label) },
    .text("test", "the test's name has it") { [$0.test] },
    .optional("owner", "its owner's name has it; `owner:none` for tests nobody owns") { test, _ in test.owner },
  ]
}
