import TestQueries
import TriageModel

/// Which row of the list shows what: group lines, and the tests of groups that are not folded.
///
/// Rows are worked out when asked for, so that a list of a million tests costs a few bytes a group.
struct RowMap: Equatable, Sendable {
  /// What one row shows.
  enum Row: Equatable, Sendable {
    case group(Int)
    case test(TestIndex, group: Int)
  }

  /// The tests in their groups.
  let arrangement: Arrangement
  /// Keys of the groups whose tests are hidden.
  private(set) var folded: Set<String>
  /// Whether groups have a line of their own.
  let isGrouped: Bool
  /// Whether a group of one test is that test's row alone.
  let collapsesSingles: Bool
  /// The first row of each group, and the number of rows at the end.
  private var starts: [Int] = [0]

  /// The rows of an arrangement.
  init(
    _ arrangement: Arrangement = Arrangement(), isGrouped: Bool = true, collapsesSingles: Bool = false,
    folded: Set<String> = []
  ) {
    self.collapsesSingles = collapsesSingles
    self.arrangement = arrangement
    self.isGrouped = isGrouped
    self.folded = folded
    layOut()
  }

  /// The number of rows.
  var count: Int { starts[starts.count - 1] }

  /// What a row shows; nil beyond the end.
  func row(at index: Int) -> Row? {
    guard index >= 0, index < count else { return nil }
    let group = self.group(at: index)
    let offset = index - starts[group]
    let head = hasHead(group) ? 1 : 0
    if offset < head { return .group(group) }
    return .test(arrangement.tests[arrangement.groups[group].range.lowerBound + offset - head], group: group)
  }

  /// The test that a row shows.
  func test(at index: Int) -> TestIndex? {
    if case .test(let test, _) = row(at: index) { test } else { nil }
  }

  /// The row that shows a test; nil when it is hidden.
  func row(of test: TestIndex) -> Int? {
    guard let place = arrangement.tests.firstIndex(of: test) else { return nil }
    guard let group = arrangement.groups.firstIndex(where: { $0.range.contains(place) }),
      !isFolded(group: group)
    else { return nil }
    return starts[group] + place - arrangement.groups[group].range.lowerBound + (hasHead(group) ? 1 : 0)
  }

  /// The first row that shows a test, from a row on.
  func firstTest(from start: Int) -> Int? {
    var row = start
    while row < count {
      if test(at: row) != nil { return row }
      row += 1
    }
    return nil
  }

  /// Folds a group, or unfolds it.
  mutating func toggle(group: Int) {
    let key = arrangement.groups[group].key
    if folded.remove(key) == nil { folded.insert(key) }
    layOut()
  }

  /// Unfolds the group that hides a test.
  mutating func reveal(_ test: TestIndex) {
    guard let place = arrangement.tests.firstIndex(of: test),
      let group = arrangement.groups.firstIndex(where: { $0.range.contains(place) }), isFolded(group: group)
    else { return }
    toggle(group: group)
  }

  /// Folds all groups; unfolds them when all are folded.
  mutating func toggleAll() {
    let keys = Set(arrangement.groups.map(\.key))
    folded = keys.isSubset(of: folded) ? [] : keys
    layOut()
  }

  /// Whether a group's tests are hidden.
  func isFolded(group: Int) -> Bool { hasHead(group) && folded.contains(arrangement.groups[group].key) }

  /// Whether a group has a line of its own.
  func hasHead(_ group: Int) -> Bool {
    isGrouped && !(collapsesSingles && arrangement.groups[group].range.count == 1)
  }

  /// Whether a group is one test, shown without a line above it.
  func isSingle(_ group: Int) -> Bool { isGrouped && !hasHead(group) }

  private mutating func layOut() {
    starts = [0]
    starts.reserveCapacity(arrangement.groups.count + 1)
    for group in arrangement.groups.indices {
      let tests = isFolded(group: group) ? 0 : arrangement.groups[group].range.count
      starts.append(starts[group] + tests + (hasHead(group) ? 1 : 0))
    }
  }

  /// The group that a row belongs to, by bisection.
  private func group(at row: Int) -> Int {
    var low = 0
    var high = arrangement.groups.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if starts[middle] <= row { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
