internal import GRDB
package import TriageModel

extension HistoryStore {
  /// Compares two runs by test and leg; each list is in the order of the tests' names.
  package func compare(_ before: Int64, _ after: Int64) throws(HistoryError) -> RunComparison {
    try read { database in
      let reader = try ResultReader(database)
      let earlier = try reader.stored(run: before)
      let later = try reader.stored(run: after)
      let items = Self.ofNote(earlier, later)
      let names = try Self.names(of: items.compactMap { ($0.before ?? $0.after)?.test }, in: database)
      return Self.sorted(
        items.map { item in
          RunComparison.Item(
            test: (item.before ?? item.after).flatMap { names[$0.test] } ?? "",
            before: item.before.map { reader.record(before, $0) }, after: item.after.map { reader.record(after, $0) })
        })
    }
  }

  /// Walks both runs side by side, as both are in order of test and leg; what ended well in both is left out.
  private static func ofNote(
    _ earlier: [StoredResult], _ later: [StoredResult]
  ) -> [(before: StoredResult?, after: StoredResult?)] {
    var items: [(before: StoredResult?, after: StoredResult?)] = []
    var (left, right) = (0, 0)
    while left < earlier.count || right < later.count {
      let before = left < earlier.count ? earlier[left] : nil
      let after = right < later.count ? later[right] : nil
      let order = order(before, after)
      if order <= 0 { left += 1 }
      if order >= 0 { right += 1 }
      if order == 0, let before, let after, !isOfNote(before, after) { continue }
      items.append((order <= 0 ? before : nil, order >= 0 ? after : nil))
    }
    return items
  }

  private static func order(_ left: StoredResult?, _ right: StoredResult?) -> Int {
    guard let left else { return 1 }
    guard let right else { return -1 }
    if (left.test, left.leg) == (right.test, right.leg) { return 0 }
    return (left.test, left.leg) < (right.test, right.leg) ? -1 : 1
  }

  private static func isOfNote(_ before: StoredResult, _ after: StoredResult) -> Bool {
    if before.outcome.isFailing || after.outcome.isFailing { return true }
    guard let old = before.duration, let new = after.duration else { return false }
    return new >= old &* 2 && new - old >= 5000
  }

  private static func isSlower(_ before: ResultRecord, _ after: ResultRecord) -> Bool {
    guard let old = before.duration, let new = after.duration else { return false }
    return new >= old * 2 && new - old >= 0.5
  }

  private static func sorted(_ items: [RunComparison.Item]) -> RunComparison {
    var comparison = RunComparison()
    for item in items.sorted(by: { ($0.test, $0.after?.leg ?? "") < ($1.test, $1.after?.leg ?? "") }) {
      let failed = item.before?.outcome.isFailing ?? false
      let fails = item.after?.outcome.isFailing ?? false
      if item.before == nil { comparison.added.append(item) }
      if item.after == nil { comparison.vanished.append(item) }
      if fails { if failed { comparison.stillFailing.append(item) } else { comparison.newlyFailing.append(item) } }
      if failed, !fails, item.after != nil { comparison.fixed.append(item) }
      if let before = item.before, let after = item.after, isSlower(before, after) { comparison.slower.append(item) }
    }
    func gain(_ item: RunComparison.Item) -> Double { (item.after?.duration ?? 0) - (item.before?.duration ?? 0) }
    comparison.slower.sort { gain($0) > gain($1) }
    return comparison
  }
}
