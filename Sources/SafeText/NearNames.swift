/// Names that look like one that was not found.
package enum NearNames {
  /// The edits (a letter added, left out, replaced, or two neighbours swapped) that lead from one word to another.
  ///
  /// Optimal string alignment distance over bytes; time and space grow with the product of the lengths.
  package static func distance(_ left: some StringProtocol, _ right: some StringProtocol) -> Int {
    let left = Array(left.utf8)
    let right = Array(right.utf8)
    var before: [Int] = []
    var previous = Array(0...right.count)
    for row in 0..<left.count {
      var current = [row + 1]
      current.reserveCapacity(right.count + 1)
      for column in 0..<right.count {
        var best = min(previous[column + 1], current[column]) + 1
        best = min(best, previous[column] + (left[row] == right[column] ? 0 : 1))
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, before[column - 1] + 1)
        }
        current.append(best)
      }
      before = previous
      previous = current
    }
    return previous[right.count]
  }

  /// The names nearest to a wanted one, nearest first; those that share less than half with it are left out.
  ///
  /// Longer names than 200 bytes, and a longer wanted one, are compared by their last 200.
  package static func nearest(to wanted: String, among names: some Sequence<String>, count: Int = 3) -> [String] {
    let wanted = String(decoding: wanted.lowercased().utf8.suffix(200), as: UTF8.self)
    var found: [(distance: Int, name: String)] = []
    for name in names {
      let candidate = String(decoding: name.lowercased().utf8.suffix(200), as: UTF8.self)
      let distance = distance(wanted, candidate)
      if distance * 2 <= max(wanted.utf8.count, candidate.utf8.count) { found.append((distance, name)) }
    }
    return found.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(count).map(\.name)
  }
}
