import Goldens
import Testing

@testable import TriageUI

@Suite struct PairRowsTests {
  /// A generator with a fixed seed, so that a failure can be seen again.
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64 = 11

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 29
    }
  }

  private func alignment(_ numbers: inout Numbers) -> Alignment {
    var runs: [AlignedRun] = []
    var left = 0
    var right = 0
    for _ in 0..<Int.random(in: 0...12, using: &numbers) {
      let count = Int.random(in: 1...20, using: &numbers)
      let kind = [AlignedRun.Kind.equal, .equal, .changed, .removed, .added, .tolerated].randomElement(using: &numbers)
      let expected = left..<left + (kind == .added ? 0 : count)
      let actual = right..<right + (kind == .removed ? 0 : count)
      runs.append(AlignedRun(kind ?? .equal, expected: expected, actual: actual))
      left = expected.upperBound
      right = actual.upperBound
    }
    return Alignment(runs)
  }

  @Test func showsEachRowOfTheAlignmentOnceOrFoldsIt() {
    var numbers = Numbers()
    for _ in 0..<300 {
      let alignment = alignment(&numbers)
      let isUnified = Bool.random(using: &numbers)
      let context = Int.random(in: 0...4, using: &numbers)
      let rows = PairRows(alignment, context: context, isUnified: isUnified, opened: [])
      var covered: [Int] = []
      for index in 0..<rows.count {
        switch rows.row(at: index) {
        case .aligned(let row, .both), .aligned(let row, .expected):
          covered.append(row)
          #expect(rows.index(of: row) == index)
        case .aligned(let row, .actual): #expect(covered.last == row)
        case .fold(let range):
          covered += range
          #expect(range.count > 1)
          #expect(range.allSatisfy { alignment.row(at: $0)?.kind.isQuiet == true })
        case nil: Issue.record("row \(index) of \(rows.count) is missing")
        }
      }
      #expect(covered == Array(0..<alignment.count))
    }
  }

  @Test func goesThroughAllDifferencesBothWays() {
    var numbers = Numbers()
    for _ in 0..<300 {
      let alignment = alignment(&numbers)
      guard alignment.count > 0 else { continue }
      let starts = (0..<alignment.count).filter { row in
        let isQuiet = alignment.row(at: row)?.kind.isQuiet ?? true
        return !isQuiet && (row == 0 || alignment.row(at: row - 1)?.kind.isQuiet == true)
      }
      var forward: [Int] = starts.first == 0 ? [0] : []
      var place = 0
      while let next = alignment.difference(from: place, forward: true) {
        forward.append(next)
        place = next
      }
      #expect(forward == starts)
      var backward: [Int] = []
      place = alignment.count
      while let next = alignment.difference(from: place, forward: false) {
        backward.append(next)
        place = next
      }
      #expect(backward == starts.reversed())
    }
  }

  @Test func opensAFold() {
    let alignment = Alignment([
      AlignedRun(.equal, expected: 0..<100, actual: 0..<100),
      AlignedRun(.changed, expected: 100..<101, actual: 100..<101),
    ])
    let folded = PairRows(alignment, context: 3, isUnified: true, opened: [])
    #expect(folded.count == 1 + 3 + 2)
    #expect(folded.row(at: 0) == .fold(0..<97))
    #expect(PairRows(alignment, context: 3, isUnified: true, opened: [0]).count == 102)
  }
}
