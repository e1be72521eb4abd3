/// What a repository says of its health: the targets, and the error budget.
package struct HealthSettings: Sendable, Equatable {
  /// The error budget of the main stream's runs.
  package struct Budget: Sendable, Equatable {
    /// The share of runs that are to be green, below 1.
    package var objective = 0.99
    /// Days back from the newest run that the budget is for.
    package var days = 28
    /// Days of the long window of the burn rate.
    package var longDays = 7
    /// Days of the short one: an alert that is over ends with it.
    package var shortDays = 1
    /// The burn rate in both windows that is an alert: at 3 × a budget of four weeks lasts nine days.
    package var alert = 3.0

    /// The starting values.
    package init() {}
  }

  /// The targets by the names of their figures; nil takes the starting target away.
  package var targets: [String: Double?] = [:]
  /// The budget.
  package var budget = Budget()

  /// The starting values.
  package init() {}

  /// The target of a figure; nil where there is none.
  package func target(of kind: HealthKind) -> HealthTarget? {
    guard let set = targets[kind.name] else { return kind.standardTarget }
    return set.map { HealthTarget(kind.bound, $0) }
  }
}
