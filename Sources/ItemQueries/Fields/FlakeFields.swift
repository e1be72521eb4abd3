package import TriageModel

/// A filter of flaky tests.
package typealias FlakeFilter = ItemFilter<FlakeFields>

/// Which flaky tests are shown, and in what order.
package typealias FlakeQuery = ItemQuery<FlakeOrder>

/// What can be asked of flaky tests.
package enum FlakeFields: FilteredKind {
  /// A test with its figures.
  package typealias Item = FlakeTable.Row
  package static let title = "flaky tests"
  package static let use = "`assay flaky --filter`, `/` on the Flakes screen"

  package static let words = FilterField<Self>.text("", "the test's name or its owner has it") {
    [$0.flake.test, $0.flake.owner]
  }

  package static let fields: [FilterField<Self>] = [
    .choice("verdict", "the history says so of it", of: Verdict.Label.self) { $1.contains($0.flake.verdict.label) },
    .text("test", "the test's name has it") { [$0.flake.test] },
    .optional("owner", "its owner's name has it; `owner:none` for tests nobody owns") { row, _ in row.flake.owner },
  ]
}

/// What flaky tests are sorted by; they come by cost.
package enum FlakeOrder: String, ItemOrder {
  /// Flaky tests.
  package typealias Kind = FlakeFields
  case cost
  case rate
  case failures
  case lastSeen = "last seen"
  case name

  /// What a menu calls it.
  package var title: String {
    switch self {
    case .cost: "cost, the most first"
    case .rate: "rate, the highest first"
    case .failures: "failures, the most first"
    case .lastSeen: "last seen, the newest first"
    case .name: "name"
    }
  }

  /// Sorts positions of rows.
  package func sorted(_ positions: [Int], of rows: [FlakeTable.Row]) -> [Int] {
    switch self {
    case .cost: positions
    case .rate: positions.ranked { -rows[$0].flake.shownRate.share }
    case .failures: positions.ranked { -rows[$0].flake.statistics.failures }
    case .lastSeen: positions.ranked { -(rows[$0].lastSeen?.startedAt?.milliseconds ?? .min + 1) }
    case .name: positions.ranked { rows[$0].flake.test }
    }
  }
}
