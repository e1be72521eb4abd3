import Goldens

extension TextComparison {
  /// What differs in a pair of lines: all between what they begin and what they end with alike.
  func refine(expectedLine: Int, actualLine: Int) -> Refinement {
    let left = Array(expected.line(expectedLine))
    let right = Array(actual.line(actualLine))
    let shorter = min(left.count, right.count)
    var start = 0
    while start < shorter, left[start] == right[start] { start += 1 }
    var end = 0
    while end < shorter - start, left[left.count - 1 - end] == right[right.count - 1 - end] { end += 1 }
    return Refinement(expected: [start..<left.count - end], actual: [start..<right.count - end])
  }
}
