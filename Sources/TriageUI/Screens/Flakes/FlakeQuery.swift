import TestQueries
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
    func sorted<Key: Comparable>(_ key: (FlakeList.Row) -> Key) -> [Int] {
      places.map { (key(rows[$0]), $0) }.sorted { $0.0 == $1.0 ? $0.1 < $1.1 : $0.0 > $1.0 }.map(\.1)
    }
    switch order {
    case .cost: return places
    case .rate: return sorted(\.flake.shownRate.share)
    case .failures: return sorted(\.flake.statistics.failures)
    case .lastSeen: return sorted { $0.lastSeen?.startedAt?.milliseconds ?? .min }
    case .name: return places.sorted { rows[$0].flake.test < rows[$1].flake.test }
    }
  }

  /// What is wrong with the filter, as a sentence; nil when nothing is.
  var problem: String? { FilterError.of { () throws(FilterError) in try FlakeFilter(parsing: filter) } }
}
