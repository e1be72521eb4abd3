internal import TriageModel

extension RateTrend {
  /// The p below which halves are called unlike.
  private static let significance = 0.05

  /// The trend over some results in the order of time, true for those that failed; the newer half is the larger by one.
  init(_ failed: [Bool]) {
    let middle = failed.count / 2
    let (older, newer) = (failed[..<middle], failed[middle...])
    let before = Wilson.rate(older.count { $0 }, of: older.count)
    let after = Wilson.rate(newer.count { $0 }, of: newer.count)
    let p = FisherTest.twoSided((before.count, before.of), (after.count, after.of))
    let isMore = after.count * before.of > before.count * after.of
    self.init(
      direction: p < Self.significance ? isMore ? .rising : .falling : .steady, before: before, after: after, p: p)
  }
}
