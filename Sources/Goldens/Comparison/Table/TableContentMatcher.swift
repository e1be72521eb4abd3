internal import TriageModel

/// Matches rows by what they say: the same rows first, then rows whose numbers are near, then what is left in order.
struct TableContentMatcher<Sides: TableSides>: Sendable {
  let sides: Sides
  /// The column that only counts rows; it does not tell them apart.
  let counter: Int?
  /// Steps that one alignment takes at most.
  let allowance: Int
  /// Steps that are left for all.
  private(set) var steps: Int

  /// A matcher of two sides; one alignment takes a quarter of the steps at most.
  init(sides: Sides, counter: Int?, steps: Int) {
    self.sides = sides
    self.counter = counter
    self.steps = steps
    allowance = steps / 4
  }

  /// The columns of both sides that tell rows apart.
  private var columns: [(expected: Int, actual: Int)] {
    sides.columns.compared.filter { $0 != counter }.compactMap { column in
      guard let left = sides.columns.list[column].expected, let right = sides.columns.list[column].actual else {
        return nil
      }
      return (left, right)
    }
  }

  /// Matches all rows.
  mutating func match() -> TableMatching {
    let items = items(isCoarse: false)
    var pairs = RowPairs(expected: items.expected.count, actual: items.actual.count)
    let found = align(items.expected, items.actual, items.kinds)
    for match in found.matches { pairs.set(match) }
    var isLimited = found.isLimited
    let gaps = Self.gaps(found.matches, items.expected.count, items.actual.count)
    takeMoved(&pairs, items, gaps)
    isLimited = pairInGaps(gaps, &pairs) || isLimited
    var matching = TableMatching(partner: pairs.partner, expectedCount: items.expected.count)
    matching.counter = counter
    if isLimited { matching.noteLimit(allowance) }
    return matching
  }

  /// Matches rows whose place says something: as they stand, unless aligning them by content explains more by far.
  mutating func matchInPlace() -> (matching: TableMatching, isLimited: Bool) {
    let items = items(isCoarse: false)
    let (left, right) = (items.expected, items.actual)
    let isSquare = left.count == right.count
    let changed = isSquare ? left.indices.count { left[$0] != right[$0] } : .max
    let inPlace = TableMatching(
      partner: isSquare ? left.indices.map { Int32(truncatingIfNeeded: $0) } : [], expectedCount: left.count)
    if changed <= 2 { return (inPlace, false) }
    let permutation = isSquare ? Self.permutation(left, right, changed) : nil
    let found = align(left, right, items.kinds)
    let gaps = Self.gaps(found.matches, left.count, right.count)
    var matching = inPlace
    var isLimited = found.isLimited
    if !isSquare || changed > 2 * gaps.reduce(0, { $0 + max($1.expected.count, $1.actual.count) }) {
      var pairs = RowPairs(expected: left.count, actual: right.count)
      for match in found.matches { pairs.set(match) }
      isLimited = pairInGaps(gaps, &pairs) || isLimited
      matching = TableMatching(partner: pairs.partner, expectedCount: left.count)
      if isSquare, permutation == nil { matching.shift = Self.shift(found.matches, left.count) }
    }
    matching.permutation = permutation
    return (matching, isLimited)
  }

  private mutating func align(
    _ expected: [UInt32], _ actual: [UInt32], _ kinds: Int
  ) -> (matches: [AlignmentFinder.Match], isLimited: Bool) {
    let most = min(allowance, steps)
    let found = AlignmentFinder.matches(expected: expected, actual: actual, kinds: kinds, steps: most)
    steps -= most - found.steps
    return (found.matches, found.isLimited)
  }

  /// A clause for the same rows in another order; rows that repeat much prove nothing, since flipped labels look so too.
  private static func permutation(_ left: [UInt32], _ right: [UInt32], _ moved: Int) -> String? {
    guard Set(left).count * 2 > left.count, left.sorted() == right.sorted() else { return nil }
    return "the same \(CountText.of(left.count, "row")) in another order, \(CountText.of(moved)) of them elsewhere"
  }

  /// One distance for all rows but those at the ends.
  private static func shift(_ matches: [AlignmentFinder.Match], _ count: Int) -> Int? {
    guard let first = matches.first else { return nil }
    let shift = first.actual - first.expected
    let matched = matches.reduce(0) { $0 + $1.count }
    guard shift != 0, abs(shift) * 2 < count, matched == count - abs(shift) else { return nil }
    return matches.allSatisfy { $0.actual - $0.expected == shift } ? shift : nil
  }

  /// Pairs the rows of gaps: near ones first where a gap has more rows on one side; whether steps ran out.
  private mutating func pairInGaps(_ gaps: [AlignmentFinder.Region], _ pairs: inout RowPairs) -> Bool {
    let isUneven = gaps.contains { $0.expected.count != $0.actual.count && $0.expected.count * $0.actual.count > 1 }
    guard isUneven else {
      for gap in gaps { pairs.setInOrder(gap) }
      return false
    }
    let coarse = items(isCoarse: true)
    var isLimited = false
    for gap in gaps { isLimited = pair(gap, coarse, &pairs) || isLimited }
    return isLimited
  }

  /// Rows that stand as many places further on, or in another order, where that explains nearly all; nil else.
  func shiftOrOrder() -> TableMatching? {
    guard mayStandElsewhere() else { return nil }
    let items = items(isCoarse: false)
    let count = items.expected.count
    guard count == items.actual.count, count > 2 else { return nil }
    var places = Array(repeating: -1, count: items.kinds)
    var isUnique = true
    for (row, item) in items.expected.enumerated() {
      if places[Int(item)] >= 0 { isUnique = false }
      places[Int(item)] = row
    }
    let kept = zip(items.expected, items.actual).reduce(0) { $0 + ($1.0 == $1.1 ? 1 : 0) }
    if kept * 2 > count { return nil }
    if let shift = shift(items, places), let matching = shifted(items, shift) { return matching }
    guard isUnique, items.actual.allSatisfy({ places[Int($0)] >= 0 }) else { return nil }
    var matching = TableMatching(
      partner: items.actual.map { Int32(truncatingIfNeeded: places[Int($0)]) }, expectedCount: count)
    matching.counter = counter
    return matching
  }

  /// Whether most of a sample of rows stand, without their number, anywhere on the other side, and not where they were.
  private func mayStandElsewhere() -> Bool {
    // The quick hash takes all that stands behind the counter.
    guard sides.columns.setAside.isEmpty else { return false }
    let columns = columns
    return sides.withRows { left, right in
      let count = min(left.count, right.count)
      var cells: [Sides.Rows.Cell] = []
      var sample: [UInt64: Int] = [:]
      for row in stride(from: 0, to: count, by: max(1, count / 64)) {
        sample[Self.hash(left, row, columns.map(\.expected), &cells)] = row
      }
      let kept = sample.count { Self.hash(right, $0.value, columns.map(\.actual), &cells) == $0.key }
      if kept * 2 > sample.count { return false }
      let places = columns.map(\.actual)
      var found: Set<UInt64> = []
      for row in 0..<right.count {
        let hash = Self.hash(right, row, places, &cells)
        if sample[hash] != nil { found.insert(hash) }
      }
      return found.count * 2 > sample.count
    }
  }

  private func shift(_ items: Items, _ places: [Int]) -> Int? {
    var votes: [Int: Int] = [:]
    for row in stride(from: 0, to: items.actual.count, by: max(1, items.actual.count / 64)) {
      let place = places[Int(items.actual[row])]
      if place >= 0 { votes[row - place, default: 0] += 1 }
    }
    let best = votes.max { ($0.value, -abs($0.key)) < ($1.value, -abs($1.key)) }
    return best?.key == 0 ? nil : best?.key
  }

  /// All rows that both sides have when the actual ones stand `shift` further down; nil when they are not the same.
  private func shifted(_ items: Items, _ shift: Int) -> TableMatching? {
    let count = items.expected.count
    guard abs(shift) * 2 < count else { return nil }
    var partner = Array(repeating: -1 as Int32, count: count)
    for row in max(0, shift)..<min(count, count + shift) {
      if items.expected[row - shift] != items.actual[row] { return nil }
      partner[row] = Int32(truncatingIfNeeded: row - shift)
    }
    var matching = TableMatching(partner: partner, expectedCount: count)
    matching.counter = counter
    matching.shift = shift
    return matching
  }

  /// Rows as numbers of equal content.
  private struct Items: Sendable {
    var expected: [UInt32]
    var actual: [UInt32]
    var kinds: Int
  }

  /// Numbers the rows by content; coarsely: with numbers rounded to eight bits, so that noise is alike.
  private func items(isCoarse: Bool) -> Items {
    let isWhole = sides.haveSameRows && counter == nil && sides.columns.setAside.isEmpty && !isCoarse
    let hashes = Parallel.map(2) { side in
      sides.withRows { left, right in
        let rows = side == 0 ? left : right
        if isWhole { return (0..<rows.count).map(rows.hash(row:)) }
        return Self.cellHashes(rows, columns.map { side == 0 ? $0.expected : $0.actual }, isCoarse: isCoarse)
      }
    }
    var table = LineTable(capacity: min(hashes[0].count + hashes[1].count, 1 << 24))
    let left = hashes[0].map { table.number(of: $0) }
    let right = hashes[1].map { table.number(of: $0) }
    return Items(expected: left, actual: right, kinds: table.count)
  }

  /// The hash of some cells of a row.
  private static func hash(
    _ rows: Sides.Rows, _ row: Int, _ columns: [Int], _ cells: inout [Sides.Rows.Cell]
  ) -> UInt64 {
    // Behind a counter in the first column the rest of the row is hashed as it stands.
    if let first = columns.first, let last = columns.last, last - first == columns.count - 1,
      let hash = rows.hash(row: row, from: first)
    {
      return hash
    }
    rows.split(row, into: &cells)
    return columns.reduce(0) { hash, column in
      column < cells.count ? rows.hash(cells[column], behind: hash) : hash &+ 1
    }
  }

  private static func cellHashes(_ rows: Sides.Rows, _ columns: [Int], isCoarse: Bool) -> [UInt64] {
    var cells: [Sides.Rows.Cell] = []
    return (0..<rows.count).map { row in
      rows.split(row, into: &cells)
      return columns.reduce(0) { hash, column in
        guard column < cells.count else { return hash &* 31 &+ 1 }
        return isCoarse ? rows.coarseHash(cells[column], behind: hash) : rows.hash(cells[column], behind: hash)
      }
    }
  }

  private static func gaps(
    _ matches: [AlignmentFinder.Match], _ left: Int, _ right: Int
  ) -> [AlignmentFinder.Region] {
    var gaps: [AlignmentFinder.Region] = []
    var next = (expected: 0, actual: 0)
    for match in matches + [AlignmentFinder.Match(expected: left, actual: right, count: 0)] {
      let gap = AlignmentFinder.Region(
        expected: next.expected..<match.expected, actual: next.actual..<match.actual)
      if !gap.expected.isEmpty || !gap.actual.isEmpty { gaps.append(gap) }
      next = (match.expected + match.count, match.actual + match.count)
    }
    return gaps
  }

  /// Rows of the same content that stand in different gaps have moved; those of one content go by their order.
  private func takeMoved(_ pairs: inout RowPairs, _ items: Items, _ gaps: [AlignmentFinder.Region]) {
    var free: [UInt32: [Int]] = [:]
    for gap in gaps { for row in gap.expected { free[items.expected[row], default: []].append(row) } }
    if free.isEmpty { return }
    for key in free.keys { free[key]?.reverse() }
    for gap in gaps {
      for row in gap.actual {
        if let place = free[items.actual[row]]?.popLast() { pairs.set(place, row) }
      }
    }
  }

  /// Pairs a gap by rows that are nearly the same, and what is left in order; whether steps ran out.
  private mutating func pair(_ gap: AlignmentFinder.Region, _ coarse: Items, _ pairs: inout RowPairs) -> Bool {
    if gap.expected.count == gap.actual.count || gap.expected.isEmpty || gap.actual.isEmpty {
      pairs.setInOrder(gap)
      return false
    }
    var table = LineTable(capacity: gap.expected.count + gap.actual.count)
    let left = gap.expected.map { table.number(of: UInt64(coarse.expected[$0])) }
    let right = gap.actual.map { table.number(of: UInt64(coarse.actual[$0])) }
    let found = align(left, right, table.count)
    let base = (gap.expected.lowerBound, gap.actual.lowerBound)
    for match in found.matches {
      pairs.set(
        AlignmentFinder.Match(expected: base.0 + match.expected, actual: base.1 + match.actual, count: match.count))
    }
    for inner in Self.gaps(found.matches, left.count, right.count) {
      let rest = AlignmentFinder.Region(
        expected: base.0 + inner.expected.lowerBound..<base.0 + inner.expected.upperBound,
        actual: base.1 + inner.actual.lowerBound..<base.1 + inner.actual.upperBound)
      if !pairByLikeness(rest, &pairs) { pairs.setInOrder(rest) }
    }
    return found.isLimited
  }

  /// Cells that are compared at most to pair the rows of one gap by likeness.
  private static var likenessLimit: Int { 1 << 20 }

  /// Pairs the rows of a gap so that as many cells as can be are the same; false when the gap is too large for that.
  private func pairByLikeness(_ gap: AlignmentFinder.Region, _ pairs: inout RowPairs) -> Bool {
    let (height, width) = (gap.expected.count, gap.actual.count)
    if height == width || height == 0 || width == 0 { return false }
    let columns = columns
    guard height < 1 << 10, width < 1 << 10, height * width * columns.count <= Self.likenessLimit else { return false }
    let cells = sides.withRows { left, right in
      (
        gap.expected.map { Self.hashes(left, $0, columns.map(\.expected)) },
        gap.actual.map { Self.hashes(right, $0, columns.map(\.actual)) }
      )
    }
    // The best sum of likenesses of the first rows of both sides.
    var best = Array(repeating: 0, count: (height + 1) * (width + 1))
    func likeness(_ row: Int, _ other: Int) -> Int {
      zip(cells.0[row], cells.1[other]).reduce(0) { $0 + ($1.0 == $1.1 ? 2 : 0) }
    }
    for row in 1...height {
      for other in 1...width {
        let place = row * (width + 1) + other
        let paired = best[place - width - 2] + likeness(row - 1, other - 1) + 1
        best[place] = max(paired, best[place - 1], best[place - width - 1])
      }
    }
    var (row, other) = (height, width)
    while row > 0, other > 0 {
      let place = row * (width + 1) + other
      if best[place] == best[place - 1] {
        other -= 1
      } else if best[place] == best[place - width - 1] {
        row -= 1
      } else {
        row -= 1
        other -= 1
        pairs.set(gap.expected.lowerBound + row, gap.actual.lowerBound + other)
      }
    }
    return true
  }

  private static func hashes(_ rows: Sides.Rows, _ row: Int, _ columns: [Int]) -> [UInt64] {
    columns.map { column in rows.cell(row, column).map { rows.hash($0, behind: 1) } ?? 0 }
  }
}
