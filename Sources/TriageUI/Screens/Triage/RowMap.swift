import ItemQueries
import TriageModel

/// The rows of the list of tests: group lines, and the tests of groups that are not folded.
struct RowMap: Equatable, Sendable {
  /// What one row shows.
  enum Row: Equatable, Sendable {
    case group(Int)
    case test(TestIndex, group: Int)
  }

  /// The tests in their groups.
  let arrangement: Arrangement
  /// Whether groups have a line of their own.
  let isGrouped: Bool
  private var rows: FoldedRows<String>

  /// The rows of an arrangement.
  ///
  /// - Parameter collapsesSingles: Whether a group of one test is that test's row alone.
  init(
    _ arrangement: Arrangement = Arrangement(), isGrouped: Bool = true, collapsesSingles: Bool = false,
    folded: Set<String> = []
  ) {
    self.arrangement = arrangement
    self.isGrouped = isGrouped
    let groups = arrangement.groups.map { group in
      FoldedRows.Group(
        key: group.key, count: group.range.count,
        hasHeading: isGrouped && !(collapsesSingles && group.range.count == 1))
    }
    rows = FoldedRows(groups, folded: folded)
  }

  /// Keys of the groups whose tests are hidden.
  var folded: Set<String> { rows.folded }

  /// The number of rows.
  var count: Int { rows.count }

  /// What a row shows; nil beyond the end.
  func row(at index: Int) -> Row? {
    switch rows.row(at: index) {
    case .heading(let group): .group(group)
    case .item(let place, let group):
      .test(arrangement.tests[arrangement.groups[group].range.lowerBound + place], group: group)
    case .rest, nil: nil
    }
  }

  /// The test that a row shows.
  func test(at index: Int) -> TestIndex? {
    if case .test(let test, _) = row(at: index) { test } else { nil }
  }

  /// The row that shows a test; nil when it is hidden.
  func row(of test: TestIndex) -> Int? {
    place(of: test).flatMap { rows.row(of: $0.item, in: $0.group) }
  }

  private func place(of test: TestIndex) -> (item: Int, group: Int)? {
    guard let place = arrangement.tests.firstIndex(of: test),
      let group = arrangement.groups.firstIndex(where: { $0.range.contains(place) })
    else { return nil }
    return (place - arrangement.groups[group].range.lowerBound, group)
  }

  /// The first row that shows a test, from a row on.
  func firstTest(from start: Int) -> Int? { (start..<max(start, count)).first { test(at: $0) != nil } }

  /// Folds a group, or unfolds it.
  mutating func toggle(group: Int) { rows.toggle(group) }

  /// Unfolds the group that hides a test.
  mutating func reveal(_ test: TestIndex) {
    if let group = place(of: test)?.group, rows.isFolded(group) { rows.toggle(group) }
  }

  /// Folds all groups; unfolds them when all are folded.
  mutating func toggleAll() { rows.toggleAll() }

  /// Whether a group's tests are hidden.
  func isFolded(group: Int) -> Bool { rows.isFolded(group) }

  /// Whether a group is one test, shown without a line above it.
  func isSingle(_ group: Int) -> Bool { isGrouped && !rows.groups[group].hasHeading }
}
