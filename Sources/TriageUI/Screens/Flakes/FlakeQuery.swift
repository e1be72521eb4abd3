import ItemQueries
import TriageMessages
import TriageModel

/// Which of the flaky tests are shown, and in what order.
struct FlakeQuery: Equatable, Sendable {
  /// What they are sorted by.
  enum Order: String, Sendable, CaseIterable {
    case cost
    case rate
    case failures
    case lastSeen = "last seen"
    case name

    /// How the menu names it.
    var title: String {
      switch self {
      case .cost: "cost, the most first"
      case .rate: "rate, the highest first"
      case .failures: "failures, the most first"
      case .lastSeen: "last seen, the newest first"
      case .name: "name"
      }
    }
  }

  /// Words and `field:text` terms; empty shows all.
  var filter = ""
  /// What they are sorted by.
  var order = Order.cost

  /// All of them, the costliest first.
  init() {}

  /// The places of the rows that are shown, in order; what is no filter selects nothing.
  func places(in rows: [FlakeList.Row]) -> [Int] {
    guard let filter = try? FlakeFilter(parsing: filter) else { return [] }
    let places = rows.indices.filter { filter.accepts(rows[$0].flake) }
    // The rows come by cost: those that are alike stay so.
    switch order {
    case .cost: return places
    case .rate: return places.ranked { -rows[$0].flake.shownRate.share }
    case .failures: return places.ranked { -rows[$0].flake.statistics.failures }
    case .lastSeen: return places.ranked { -(rows[$0].lastSeen?.startedAt?.milliseconds ?? .min + 1) }
    case .name: return places.ranked { rows[$0].flake.test }
    }
  }

  /// What is wrong with the filter, as a sentence; nil when nothing is.
  var problem: String? { FilterError.of { () throws(FilterError) in try FlakeFilter(parsing: filter) } }
}
