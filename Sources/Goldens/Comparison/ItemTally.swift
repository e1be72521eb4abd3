/// Counts how often each item stands in a region of two sequences, and finds items to anchor on.
struct ItemTally {
  /// Items that stand more often than this on a side are no anchors: git's limit of a chain.
  static let rarity: UInt32 = 64

  private var expectedCount: [UInt32]
  private var actualCount: [UInt32]
  private var expectedPlace: [UInt32]

  /// A tally of items below `kinds`.
  init(kinds: Int) {
    expectedCount = Array(repeating: 0, count: kinds)
    actualCount = expectedCount
    expectedPlace = expectedCount
  }

  /// Items that stand once on each side of the region, or else equally often, in the order of both sides.
  mutating func anchors(
    _ expected: [UInt32], _ actual: [UInt32], _ region: AlignmentFinder.Region
  ) -> [(expected: Int, actual: Int)] {
    count(expected, actual, region)
    defer { clear(expected, actual, region) }
    var pairs: [(expected: Int, actual: Int)] = []
    for place in region.actual {
      let item = Int(actual[place])
      if actualCount[item] == 1, expectedCount[item] == 1 { pairs.append((Int(expectedPlace[item]), place)) }
    }
    if pairs.isEmpty { pairs = rarePairs(expected, actual, region) }
    return LongestRise.of(pairs)
  }

  /// The places of items that both sides of the region have.
  mutating func common(
    _ expected: [UInt32], _ actual: [UInt32], _ region: AlignmentFinder.Region
  ) -> (expected: [Int], actual: [Int]) {
    count(expected, actual, region)
    defer { clear(expected, actual, region) }
    return (
      region.expected.filter { actualCount[Int(expected[$0])] > 0 },
      region.actual.filter { expectedCount[Int(actual[$0])] > 0 }
    )
  }

  /// Items that stand equally often on both sides, the first of the one beside the first of the other and so on.
  private func rarePairs(
    _ expected: [UInt32], _ actual: [UInt32], _ region: AlignmentFinder.Region
  ) -> [(expected: Int, actual: Int)] {
    var places: [UInt32: [Int]] = [:]
    for place in region.expected {
      let item = Int(expected[place])
      if expectedCount[item] == actualCount[item], expectedCount[item] <= Self.rarity {
        places[expected[place], default: []].append(place)
      }
    }
    var taken: [UInt32: Int] = [:]
    return region.actual.compactMap { place in
      guard let candidates = places[actual[place]] else { return nil }
      let turn = taken[actual[place], default: 0]
      taken[actual[place]] = turn + 1
      return turn < candidates.count ? (candidates[turn], place) : nil
    }
  }

  private mutating func count(_ expected: [UInt32], _ actual: [UInt32], _ region: AlignmentFinder.Region) {
    for place in region.expected {
      expectedCount[Int(expected[place])] &+= 1
      expectedPlace[Int(expected[place])] = UInt32(truncatingIfNeeded: place)
    }
    for place in region.actual { actualCount[Int(actual[place])] &+= 1 }
  }

  private mutating func clear(_ expected: [UInt32], _ actual: [UInt32], _ region: AlignmentFinder.Region) {
    for place in region.expected { expectedCount[Int(expected[place])] = 0 }
    for place in region.actual { actualCount[Int(actual[place])] = 0 }
  }
}
