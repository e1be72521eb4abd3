import TriageModel

/// Which row of a list shows what: headings of groups, and the items of those that are not folded.
///
/// Rows are worked out when asked for, so that a list of a million items costs a few bytes a group.
struct FoldedRows<Key: Hashable & Sendable>: Equatable, Sendable {
  /// What one row shows; groups and their items by their places.
  enum Row: Equatable {
    case heading(Int)
    case item(Int, group: Int)
    /// Items that read as one line until a person opens it.
    case rest(group: Int)
  }

  /// A group with so many items.
  struct Group: Equatable, Sendable {
    let key: Key
    let count: Int
    /// Whether it has a line of its own; without one it cannot be folded.
    var hasHeading = true
    /// Items that are listed before the rest reads as one line; nil for all.
    var listed: Int?

    /// Rows below the heading.
    fileprivate var length: Int { listed.map { $0 + 1 } ?? count }
  }

  private(set) var groups: [Group] = []
  /// Keys of the groups whose items are hidden.
  private(set) var folded: Set<Key> = []
  /// The first row of each group, and the number of rows at the end.
  private var starts: [Int] = [0]

  init(_ groups: [Group] = [], folded: Set<Key> = []) {
    self.folded = folded
    set(groups)
  }

  /// Shows other groups; what is folded stays folded.
  mutating func set(_ groups: [Group]) {
    self.groups = groups
    layOut()
  }

  /// The number of rows.
  var count: Int { starts[starts.count - 1] }

  /// What a row shows; nil beyond the end.
  func row(at index: Int) -> Row? {
    guard index >= 0, index < count else { return nil }
    let group = self.group(at: index)
    let place = index - starts[group] - headingRows(group)
    if place < 0 { return .heading(group) }
    return place == groups[group].listed ? .rest(group: group) : .item(place, group: group)
  }

  /// The row of a group's heading, or of its first item.
  func row(ofGroup group: Int) -> Int { starts[group] }

  /// The row of an item of a group; nil when it is hidden.
  func row(of item: Int, in group: Int) -> Int? {
    if isFolded(group) || groups[group].listed.map({ item >= $0 }) ?? false { return nil }
    return starts[group] + headingRows(group) + item
  }

  /// Whether a group's items are hidden.
  func isFolded(_ group: Int) -> Bool { groups[group].hasHeading && folded.contains(groups[group].key) }

  /// Folds a group, or unfolds it.
  mutating func toggle(_ group: Int) {
    folded.formSymmetricDifference([groups[group].key])
    layOut()
  }

  /// Folds all groups; unfolds them when all are folded.
  mutating func toggleAll() {
    let keys = Set(groups.map(\.key))
    folded = keys.isSubset(of: folded) ? [] : keys
    layOut()
  }

  private func headingRows(_ group: Int) -> Int { groups[group].hasHeading ? 1 : 0 }

  private mutating func layOut() {
    starts = [0]
    starts.reserveCapacity(groups.count + 1)
    for group in groups.indices {
      starts.append(starts[group] + headingRows(group) + (isFolded(group) ? 0 : groups[group].length))
    }
  }

  /// The group that a row belongs to, by bisection.
  private func group(at row: Int) -> Int { starts.stretch(holding: row) }
}
