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
