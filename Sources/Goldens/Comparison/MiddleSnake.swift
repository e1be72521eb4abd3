/// Myers' linear-space search (1986, §4b): the shortest edit script of two short sequences, under a limit of steps.
struct MiddleSnake {
  private let expected: [UInt32]
  private let actual: [UInt32]
  /// Pairs of places that are the same, in no order.
  private(set) var matches: [(expected: Int, actual: Int)] = []
  /// Steps that are left.
  private(set) var steps: Int
  /// Whether the steps ran out; what was not reached stands as replaced.
  private(set) var isLimited = false
  private var forward: [Int]
  private var backward: [Int]
  private var work: [AlignmentFinder.Region] = []

  /// Two sequences, and how many steps may be spent.
  init(_ expected: [UInt32], _ actual: [UInt32], steps: Int) {
    self.expected = expected
    self.actual = actual
    self.steps = steps
    let width = expected.count + actual.count + 3
    forward = Array(repeating: 0, count: width * 2)
    backward = forward
  }

  /// Finds the matches.
  mutating func find() {
    work = [AlignmentFinder.Region(expected: expected.indices, actual: actual.indices)]
    while let region = work.popLast() {
      let inner = trim(region)
      if inner.expected.isEmpty || inner.actual.isEmpty { continue }
      guard let point = middle(inner) else { continue }
      let first = AlignmentFinder.Region(
        expected: inner.expected.lowerBound..<point.expected, actual: inner.actual.lowerBound..<point.actual)
      let second = AlignmentFinder.Region(
        expected: point.expected..<inner.expected.upperBound, actual: point.actual..<inner.actual.upperBound)
      // A point at a corner would be the same region again.
      if first.expected.isEmpty && first.actual.isEmpty || second.expected.isEmpty && second.actual.isEmpty { continue }
      work.append(first)
      work.append(second)
    }
  }

  private mutating func trim(_ region: AlignmentFinder.Region) -> AlignmentFinder.Region {
    var inner = region
    while let left = inner.expected.first, let right = inner.actual.first, expected[left] == actual[right] {
      matches.append((left, right))
      inner.expected = left + 1..<inner.expected.upperBound
      inner.actual = right + 1..<inner.actual.upperBound
    }
    while let left = inner.expected.last, let right = inner.actual.last, expected[left] == actual[right] {
      matches.append((left, right))
      inner.expected = inner.expected.lowerBound..<left
      inner.actual = inner.actual.lowerBound..<right
    }
    return inner
  }

  /// A point in the middle of a shortest script; nil when the steps ran out.
  private mutating func middle(_ region: AlignmentFinder.Region) -> (expected: Int, actual: Int)? {
    let width = region.expected.count
    let height = region.actual.count
    let delta = width - height
    let origin = width + height + 1
    forward[origin + 1] = 0
    backward[origin + 1] = 0
    for depth in 0...(width + height + 1) / 2 {
      if steps < 2 * depth + 2 {
        steps = 0
        isLimited = true
        return nil
      }
      steps -= 2 * depth + 2
      for diagonal in stride(from: -depth, through: depth, by: 2) {
        let x = reach(&forward, origin, diagonal, depth)
        var end = x
        while end < width, end - diagonal < height, end - diagonal >= 0,
          expected[region.expected.lowerBound + end] == actual[region.actual.lowerBound + end - diagonal]
        {
          end += 1
        }
        steps -= end - x
        forward[origin + diagonal] = end
        let mirrored = delta - diagonal
        if delta % 2 != 0, abs(mirrored) <= depth - 1, end + backward[origin + mirrored] >= width {
          return point(region, end, diagonal)
        }
      }
      for diagonal in stride(from: -depth, through: depth, by: 2) {
        let x = reach(&backward, origin, diagonal, depth)
        var end = x
        while end < width, end - diagonal < height, end - diagonal >= 0,
          expected[region.expected.upperBound - end - 1] == actual[region.actual.upperBound - (end - diagonal) - 1]
        {
          end += 1
        }
        steps -= end - x
        backward[origin + diagonal] = end
        let mirrored = delta - diagonal
        if delta % 2 == 0, abs(mirrored) <= depth, end + forward[origin + mirrored] >= width {
          return point(region, width - end, delta - diagonal)
        }
      }
    }
    return nil
  }

  /// The furthest start on a diagonal from its neighbours of the last depth.
  private func reach(_ furthest: inout [Int], _ origin: Int, _ diagonal: Int, _ depth: Int) -> Int {
    if diagonal == -depth { return furthest[origin + diagonal + 1] }
    if diagonal == depth { return furthest[origin + diagonal - 1] + 1 }
    return max(furthest[origin + diagonal + 1], furthest[origin + diagonal - 1] + 1)
  }

  private func point(_ region: AlignmentFinder.Region, _ x: Int, _ diagonal: Int) -> (expected: Int, actual: Int) {
    let x = max(0, min(x, region.expected.count))
    let y = max(0, min(x - diagonal, region.actual.count))
    return (region.expected.lowerBound + x, region.actual.lowerBound + y)
  }
}
