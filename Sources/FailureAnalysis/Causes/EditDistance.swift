/// The edit distance of two texts, as far as it matters.
enum EditDistance {
  /// The number of insertions, deletions and substitutions if it is at most `limit`, else nil; `steps` counts the work.
  ///
  /// Ukkonen's band around the diagonal, after what both begin and end with is taken off.
  static func bounded(_ left: [UInt8], _ right: [UInt8], limit: Int, steps: inout Int) -> Int? {
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
      right[start..<rightEnd].withUnsafeBufferPointer { right in banded(left, right, limit, &steps) }
    }
  }

  private static func banded(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>, _ limit: Int, _ steps: inout Int
  ) -> Int? {
    let far = limit + 1
    var row = [Int](repeating: far, count: right.count + 1)
    for column in 0...min(limit, right.count) { row[column] = column }
    for line in 1...left.count {
      let first = max(1, line - limit)
      let last = min(right.count, line + limit)
      if first > last { return nil }
      steps += last - first + 1
      var diagonal = row[first - 1]
      row[first - 1] = first == 1 && line <= limit ? line : far
      var best = row[first - 1]
      for column in first...last {
        let above = row[column]
        let same = left[line - 1] == right[column - 1]
        let value = min(diagonal + (same ? 0 : 1), min(row[column - 1], above) + 1, far)
        diagonal = above
        row[column] = value
        best = min(best, value)
      }
      if last < right.count { row[last + 1] = far }
      if best > limit { return nil }
    }
    return row[right.count] <= limit ? row[right.count] : nil
  }
}
