import ItemQueries
import Testing
import TriageModel

@testable import TriageUI

@Suite struct RowMapTests {
  private func arrangement(_ sizes: [Int]) -> Arrangement {
    var arrangement = Arrangement()
    var first = 0
    for (place, size) in sizes.enumerated() {
      let range = first..<first + size
      arrangement.groups.append(Arrangement.Group(title: "g\(place)", range: range, counts: OutcomeCounts()))
      first += size
    }
    // Tests stand in another order than their indices, as after sorting.
    arrangement.tests = (0..<first).reversed().map { TestIndex($0) }
    return arrangement
  }

  @Test(arguments: [true, false])
  func everyTestHasOneRowUnlessItsGroupIsFolded(isGrouped: Bool) {
    for sizes in [[], [1], [3, 1, 4], [2, 2, 2, 2, 2, 2, 2], [100]] {
      var rows = RowMap(arrangement(sizes), isGrouped: isGrouped)
      if isGrouped, sizes.count > 1 { rows.toggle(group: 1) }
      let shown = (0..<rows.count).compactMap { rows.test(at: $0) }
      let hidden = isGrouped && sizes.count > 1 ? sizes[1] : 0
      #expect(shown.count == sizes.reduce(0, +) - hidden)
      #expect(Set(shown).count == shown.count)
      for test in rows.arrangement.tests {
        let row = rows.row(of: test)
        #expect(row.map { rows.test(at: $0) == test } ?? !shown.contains(test))
      }
      #expect(rows.row(at: rows.count) == nil)
      #expect(rows.row(at: -1) == nil)
    }
  }

  @Test func aGroupOfOneIsItsTestAlone() {
    var rows = RowMap(arrangement([3, 1, 4]), collapsesSingles: true)
    #expect(rows.count == 10)
    #expect(rows.row(at: 4) == .test(rows.arrangement.tests[3], group: 1))
    #expect(rows.row(of: rows.arrangement.tests[3]) == 4)
    #expect(rows.isSingle(1) && !rows.isSingle(0))
    rows.toggleAll()
    // There is no line to unfold it by, so it stays.
    #expect(rows.count == 3)
    #expect(rows.row(of: rows.arrangement.tests[3]) == 1)
  }

  @Test func foldsAllAndUnfoldsAll() {
    var rows = RowMap(arrangement([3, 1, 4]))
    rows.toggleAll()
    #expect(rows.count == 3)
    rows.toggleAll()
    #expect(rows.count == 11)
  }
}
