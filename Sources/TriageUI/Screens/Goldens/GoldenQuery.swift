/// Which golden changes are shown, and how.
struct GoldenQuery: Equatable, Sendable {
  /// What they are grouped by.
  enum Grouping: String, Sendable, CaseIterable {
    case drift
    case state
    case kind
    case folder
    case none
  }

  /// What they are sorted by inside a group.
  enum Order: String, Sendable, CaseIterable {
    /// The largest change first, then those that stand out, then the rest by path.
    case size
    case path
    case test
  }

  /// Whether decided ones are shown too.
  var showsAll = false
  /// Words and `field:text` terms; empty shows all.
  var filter = ""
  /// What they are grouped by.
  var grouping = Grouping.drift
  /// What they are sorted by inside a group.
  var order = Order.size

  /// The open ones, by drift.
  init() {}
}
