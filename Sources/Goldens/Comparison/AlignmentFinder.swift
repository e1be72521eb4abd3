/// Finds which items of one sequence stand beside which of another: items are lines or rows, as numbers of equal content.
///
/// All items that are unique on both sides anchor at once (patience), then those that are equally rare, then Myers' way
/// on what is left. A histogram of the whole region for every single split, as git's `--histogram` makes one, costs the
/// region's size times the number of changes; here each level of splits costs the region's size once.
struct AlignmentFinder {
  /// Items of both sides that are the same, one for one.
  struct Match: Equatable {
    var expected: Int
    var actual: Int
    var count: Int
  }

  let expected: [UInt32]
  let actual: [UInt32]
  /// The matches found so far; sorted when all are found.
  private(set) var matches: [Match] = []
  /// Whether the limit of steps was reached: then some that are the same stand as replaced.
  private(set) var isLimited = false
  private var steps: Int
  private var tally: ItemTally
  private var work: [Region] = []

  /// What is still to be aligned.
  struct Region {
    var expected: Range<Int>
    var actual: Range<Int>
  }

  /// Two sequences of items below `kinds`, and how many steps may be spent.
  init(expected: [UInt32], actual: [UInt32], kinds: Int, steps: Int) {
    self.expected = expected
    self.actual = actual
    self.steps = steps
    tally = ItemTally(kinds: kinds)
  }

  /// Finds all matches, and says how many steps are left.
  static func matches(
    expected: [UInt32], actual: [UInt32], kinds: Int, steps: Int
  ) -> (matches: [Match], isLimited: Bool, steps: Int) {
    var finder = AlignmentFinder(expected: expected, actual: actual, kinds: kinds, steps: steps)
    finder.find()
    return (finder.matches, finder.isLimited, finder.steps)
  }

  private mutating func find() {
    work = [Region(expected: expected.indices, actual: actual.indices)]
    while let region = work.popLast() { align(region) }
    matches.sort { ($0.expected, $0.actual) < ($1.expected, $1.actual) }
  }

  private mutating func align(_ region: Region) {
    let inner = trim(region)
    guard !inner.expected.isEmpty, !inner.actual.isEmpty else { return }
    let size = inner.expected.count + inner.actual.count
    if steps < size {
      isLimited = true
      return
    }
    steps -= size
    let anchors = tally.anchors(expected, actual, inner)
    if !anchors.isEmpty { return split(inner, at: anchors) }
    meet(inner)
  }

  /// Matches what both ends of the region have in common, and gives back what is between.
  private mutating func trim(_ region: Region) -> Region {
    var inner = region
    let room = min(region.expected.count, region.actual.count)
    var front = 0
    while front < room, expected[region.expected.lowerBound + front] == actual[region.actual.lowerBound + front] {
      front += 1
    }
    add(region.expected.lowerBound, region.actual.lowerBound, front)
    var back = 0
    while back < room - front,
      expected[region.expected.upperBound - back - 1] == actual[region.actual.upperBound - back - 1]
    {
      back += 1
    }
    add(region.expected.upperBound - back, region.actual.upperBound - back, back)
    inner.expected = region.expected.lowerBound + front..<region.expected.upperBound - back
    inner.actual = region.actual.lowerBound + front..<region.actual.upperBound - back
    return inner
  }

  private mutating func split(_ region: Region, at anchors: [(expected: Int, actual: Int)]) {
    var left = (expected: region.expected.lowerBound, actual: region.actual.lowerBound)
    for anchor in anchors {
      // Trimming the region in front of an earlier anchor's tail has matched this one already.
      if anchor.expected < left.expected || anchor.actual < left.actual { continue }
      push(left.expected..<anchor.expected, left.actual..<anchor.actual)
      var count = 1
      while anchor.expected + count < region.expected.upperBound, anchor.actual + count < region.actual.upperBound,
        expected[anchor.expected + count] == actual[anchor.actual + count]
      {
        count += 1
      }
      add(anchor.expected, anchor.actual, count)
      left = (anchor.expected + count, anchor.actual + count)
    }
    push(left.expected..<region.expected.upperBound, left.actual..<region.actual.upperBound)
  }

  private mutating func push(_ left: Range<Int>, _ right: Range<Int>) {
    if !left.isEmpty, !right.isEmpty { work.append(Region(expected: left, actual: right)) }
  }

  /// Myers' way on the items that both sides of the region have.
  private mutating func meet(_ region: Region) {
    let common = tally.common(expected, actual, region)
    if common.expected.isEmpty || common.actual.isEmpty { return }
    var search = MiddleSnake(
      common.expected.map { expected[$0] }, common.actual.map { actual[$0] }, steps: steps)
    search.find()
    steps = search.steps
    if search.isLimited { isLimited = true }
    for match in search.matches { add(common.expected[match.expected], common.actual[match.actual], 1) }
  }

  private mutating func add(_ left: Int, _ right: Int, _ count: Int) {
    if count > 0 { matches.append(Match(expected: left, actual: right, count: count)) }
  }
}

/// Counts how often each item stands in a region of two sequences, and finds items to anchor on.
struct ItemTally {
  /// Items that stand more often than this on a side are no anchors: git's limit of a chain.
  static let rarity: UInt32 = 64

  private var expectedCount: [UInt32]
  private var actualCount: [UInt32]
  private var expectedIndex: [UInt32]

  /// A tally of items below `kinds`.
  init(kinds: Int) {
    expectedCount = Array(repeating: 0, count: kinds)
    actualCount = expectedCount
    expectedIndex = expectedCount
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
      if actualCount[item] == 1, expectedCount[item] == 1 { pairs.append((Int(expectedIndex[item]), place)) }
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
      expectedIndex[Int(expected[place])] = UInt32(truncatingIfNeeded: place)
    }
    for place in region.actual { actualCount[Int(actual[place])] &+= 1 }
  }

  private mutating func clear(_ expected: [UInt32], _ actual: [UInt32], _ region: AlignmentFinder.Region) {
    for place in region.expected { expectedCount[Int(expected[place])] = 0 }
    for place in region.actual { actualCount[Int(actual[place])] = 0 }
  }
}

/// The longest part of a list of pairs in which both places rise.
enum LongestRise {
  /// Of pairs whose actual places rise already, those whose expected places rise too.
  static func of(_ pairs: [(expected: Int, actual: Int)]) -> [(expected: Int, actual: Int)] {
    indices(pairs.map(\.expected)).map { pairs[$0] }
  }

  /// The places of a longest rising part of the values; n log n steps, n when they rise already.
  static func indices(_ values: [Int]) -> [Int] {
    var tails: [Int] = []
    var before = Array(repeating: -1, count: values.count)
    for (index, value) in values.enumerated() {
      if let last = tails.last, values[last] < value {
        before[index] = last
        tails.append(index)
        continue
      }
      var low = 0
      var high = tails.count
      while low < high {
        let middle = (low + high) / 2
        if values[tails[middle]] < value { low = middle + 1 } else { high = middle }
      }
      if low > 0 { before[index] = tails[low - 1] }
      if low < tails.count { tails[low] = index } else { tails.append(index) }
    }
    var chain: [Int] = []
    var place = tails.last ?? -1
    while place >= 0 {
      chain.append(place)
      place = before[place]
    }
    return chain.reversed()
  }
}
