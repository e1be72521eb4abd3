/// The edit distance of texts, as far as it matters: Myers' bit vectors in Ukkonen's band, 64 rows a step.
///
/// The blocks are Hyyrö's (2003). What leaves the band is taken to be as far as it can be: such cells are more than the
/// limit away, and no way within the limit goes through them. It keeps its scratch memory between texts.
struct EditDistance {
  /// Columns between two looks at whether the limit is lost already.
  private static let stretch = 64

  /// The work done so far, in steps of about a nanosecond.
  var steps = 0
  /// For each byte of the left text, the rows it stands in: `words` words from `rows[byte]` on.
  private var rows = [Int](repeating: -1, count: 256)
  private var masks: [UInt64] = []
  private var blocks: [Block] = []

  /// 64 rows of one column: where it rises and falls, and the distance at its last row.
  private struct Block {
    var rises: UInt64 = .max
    var falls: UInt64 = 0
    var distance = 0

    /// Goes one column on; takes and gives the change along the row above and the last row.
    mutating func advance(_ equal: UInt64, _ above: Int) -> Int {
      let carry: UInt64 = above < 0 ? 1 : 0
      let equalOrFalls = equal | falls
      let equal = equal | carry
      let zero = (((equal & rises) &+ rises) ^ rises) | equal
      var up = falls | ~(zero | rises)
      var down = rises & zero
      let change = Int(up >> 63) - Int(down >> 63)
      up = up << 1 | (above > 0 ? 1 : 0)
      down = down << 1 | carry
      rises = down | ~(equalOrFalls | up)
      falls = up & equalOrFalls
      distance += change
      return change
    }

    /// The least distance in its first `count` rows.
    func least(of count: Int) -> Int {
      var value = distance
      var least = count == 64 ? value : Int.max
      for row in stride(from: 63, to: 0, by: -1) {
        value += Int(falls >> UInt64(row) & 1) - Int(rises >> UInt64(row) & 1)
        if row <= count { least = min(least, value) }
      }
      return least
    }
  }

  /// The number of insertions, deletions and substitutions if it is at most `limit`, else nil.
  mutating func bounded(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int? {
    guard limit >= 0, abs(left.count - right.count) <= limit else { return nil }
    var start = 0
    var leftEnd = left.count
    var rightEnd = right.count
    while start < leftEnd, start < rightEnd, left[start] == right[start] { start += 1 }
    while leftEnd > start, rightEnd > start, left[leftEnd - 1] == right[rightEnd - 1] {
      leftEnd -= 1
      rightEnd -= 1
    }
    steps += start + left.count - leftEnd + 64
    if leftEnd == start || rightEnd == start {
      let distance = max(leftEnd, rightEnd) - start
      return distance <= limit ? distance : nil
    }
    return left[start..<leftEnd].withUnsafeBufferPointer { left in
      right[start..<rightEnd].withUnsafeBufferPointer { right in banded(left, right, limit) }
    }
  }

  private mutating func banded(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>, _ limit: Int
  ) -> Int? {
    let words = (left.count + 63) / 64
    prepare(left, words)
    defer { for byte in left { rows[Int(byte)] = -1 } }
    if blocks.count < words { blocks = Array(repeating: Block(), count: words) }
    var work = 0
    defer { steps += work }
    return rows.withUnsafeBufferPointer { rows in
      masks.withUnsafeBufferPointer { masks in
        blocks.withUnsafeMutableBufferPointer { blocks in
          Band(left: left.count, limit: limit, rows: rows, masks: masks, blocks: blocks).distance(to: right, &work)
        }
      }
    }
  }

  /// Fills the rows in which each byte of the left text stands.
  private mutating func prepare(_ left: UnsafeBufferPointer<UInt8>, _ words: Int) {
    masks.removeAll(keepingCapacity: true)
    for (row, byte) in left.enumerated() {
      if rows[Int(byte)] < 0 {
        rows[Int(byte)] = masks.count
        masks.append(contentsOf: repeatElement(0, count: words))
      }
      masks[rows[Int(byte)] + row >> 6] |= 1 << UInt64(row & 63)
    }
    steps += left.count + masks.count / 8
  }

  /// The blocks around the diagonal, as they go over the columns.
  private struct Band {
    let left: Int
    let limit: Int
    let rows: UnsafeBufferPointer<Int>
    let masks: UnsafeBufferPointer<UInt64>
    let blocks: UnsafeMutableBufferPointer<Block>

    func distance(to right: UnsafeBufferPointer<UInt8>, _ work: inout Int) -> Int? {
      let final = (left - 1) >> 6
      var first = 0
      var last = min(final, limit >> 6)
      for word in 0...last { blocks[word] = Block(distance: (word + 1) * 64) }
      for column in 1...right.count {
        while last < final, (last + 1) * 64 < column + limit {
          blocks[last + 1] = Block(distance: blocks[last].distance + 64)
          last += 1
        }
        while (first + 1) * 64 < column - limit { first += 1 }
        if first > last { return nil }
        let row = rows[Int(right[column - 1])]
        var change = 1
        for word in first...last { change = blocks[word].advance(row < 0 ? 0 : masks[row + word], change) }
        work += 3 * (last - first + 1)
        if column & (EditDistance.stretch - 1) == 0, column > limit, isLost(first...last) { return nil }
      }
      guard last == final else { return nil }
      let distance = blocks[last].distance - surplus
      return distance <= limit ? distance : nil
    }

    /// Whether every way through this column is too long.
    private func isLost(_ band: ClosedRange<Int>) -> Bool {
      band.allSatisfy { blocks[$0].least(of: min(64, left - $0 * 64)) > limit }
    }

    /// How much the distance grows below the last row that is the text's own.
    private var surplus: Int {
      let used = (left - 1) & 63 + 1
      guard used < 64 else { return 0 }
      let block = blocks[(left - 1) >> 6]
      let below = UInt64.max << UInt64(used)
      return (block.rises & below).nonzeroBitCount - (block.falls & below).nonzeroBitCount
    }
  }
}
